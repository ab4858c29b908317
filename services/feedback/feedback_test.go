package feedback_test

import (
	"strings"
	"testing"
	"time"

	"shangda/internal/docx/docxtest"
	"shangda/internal/errs"
	"shangda/services/feedback"
	"shangda/services/reports"
	"shangda/tenancy"
)

const day = 24 * time.Hour

func phoned(on string) feedback.NewRecord {
	return feedback.NewRecord{Way: feedback.Phone, Words: "电话告知已采用，作者表示感谢", On: on}
}

// TestWhatIsUntoldWaits: from the outcome until the author hears of it, by whichever way, and again from the next outcome.
func TestWhatIsUntoldWaits(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	first := o.adopted()
	h.Clock.Advance(2 * day)
	o.adopted()
	h.Clock.Advance(3 * day)
	list := o.untold()
	if list.Total != 2 || list.Items[0].ReportID != first || list.Items[0].Days != 5 || list.Items[1].Days != 3 || !list.Items[0].Online || !strings.Contains(list.Items[0].Latest, "采用（单篇）") {
		t.Fatalf("%+v", list)
	}
	if f := list.Figures; f.Outcomes != 2 || f.Untold != 2 || f.Median != 4 || f.Longest != 5 || !strings.Contains(f.Sentence, "中位 4 天，最长 5 天") {
		t.Errorf("%+v", f)
	}
	if s := o.sheet(first); s.Untold == nil || *s.Untold != 5 {
		t.Errorf("%+v", s)
	}
	// The clerk phones on the day after the adoption and writes it down today.
	if _, err := h.feedback.Record(o.editor.Context(), first, phoned("2026-11-03")); err != nil {
		t.Fatal(err)
	}
	s := o.sheet(first)
	if s.Untold != nil || len(s.Records) != 1 || s.Records[0].Recorder != o.editor.Name || s.Records[0].Reached != o.member.Name || s.Outcomes[0].Days != 1 {
		t.Errorf("%+v", s)
	}
	if f := o.untold().Figures; f.Untold != 1 || f.Median != 2 || f.Longest != 3 {
		t.Errorf("%+v", f)
	}
	if _, err := h.reports.CorrectAdoption(o.head.Context(), first, "误操作"); err != nil {
		t.Fatal(err)
	}
	if s = o.sheet(first); s.Untold == nil || *s.Untold != 0 || len(s.Outcomes) != 1 || s.Outcomes[0].Kind != reports.KindCorrected {
		t.Errorf("after the correction: %+v", s)
	}
}

// TestTheProgramSeesItself: that the author has the page before him, or has read the notice; nobody else's look counts.
func TestTheProgramSeesItself(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	seen, read := o.adopted(), o.adopted()
	for range 2 {
		if _, err := h.feedback.Seen(o.editor.Context(), seen); err != nil {
			t.Fatal(err)
		}
	}
	if s := o.sheet(seen); len(s.Records) != 0 || s.Untold == nil {
		t.Errorf("an editor's look counted: %+v", s)
	}
	for range 2 {
		if _, err := h.feedback.Seen(o.member.Context(), seen); err != nil {
			t.Fatal(err)
		}
	}
	if s := o.sheet(seen); len(s.Records) != 1 || s.Records[0].Way != feedback.Page || s.Records[0].Recorder != "" || s.Untold != nil {
		t.Errorf("%+v", s)
	}
	if err := h.notices.Read(o.member.Context(), nil, true); err != nil {
		t.Fatal(err)
	}
	if s := o.sheet(read); len(s.Records) != 1 || s.Records[0].Way != feedback.Notice {
		t.Errorf("%+v", s)
	}
	if l := o.untold(); l.Total != 0 || l.Figures.Untold != 0 {
		t.Errorf("%+v", l)
	}
}

func TestWhatIsRecordedMakesSense(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	id := o.adopted()
	for what, n := range map[string]feedback.NewRecord{
		"tomorrow":          phoned("2026-11-03"),
		"before the report": phoned("2026-10-01"),
		"no day":            phoned("x"),
		"nothing said":      {Way: feedback.Phone, On: "2026-11-02"},
		"the program's way": {Way: feedback.Page, Words: "看到了", On: "2026-11-02"},
		"a secrecy marking": {Way: feedback.Phone, Words: "机密★一年 已告知", On: "2026-11-02"},
	} {
		if _, err := h.feedback.Record(o.editor.Context(), id, n); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err := h.feedback.Record(o.member.Context(), id, phoned("2026-11-02"))
	h.refused(errs.Forbidden, err)
	_, err = h.feedback.Untold(o.member.Context())
	h.refused(errs.Forbidden, err)
}

// TestPapers say what became of the report, to whom, and carry the watermark.
func TestPapers(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	id := o.adopted()
	e, content, err := h.feedback.Paper(o.editor.Context(), id, feedback.PaperLetter)
	if err != nil || e.Name != "反馈函 公交站台破损" {
		t.Fatal(e, err)
	}
	text := document(t, content)
	for _, part := range []string{o.member.Name + "同志", "《公交站台破损》", "2026年11月2日，" + o.Tenant.Name + "采用（单篇）", "特此函告"} {
		if !strings.Contains(text, part) {
			t.Errorf("the letter does not say %s", part)
		}
	}
	if _, content, err = h.feedback.Paper(o.editor.Context(), id, feedback.PaperThanks); err != nil || !strings.Contains(document(t, content), "诚挚的感谢") {
		t.Error(err)
	}
	fresh := o.report()
	for _, paper := range []string{feedback.PaperLetter, feedback.PaperThanks} {
		_, _, err = h.feedback.Paper(o.editor.Context(), fresh, paper)
		h.refused(errs.Conflict, err)
	}
	_, _, err = h.feedback.Paper(o.editor.Context(), id, "poem")
	h.refused(errs.NotFound, err)
	_, _, err = h.feedback.Paper(o.member.Context(), id, feedback.PaperLetter)
	h.refused(errs.Forbidden, err)
}

// TestThePapersOpenInLibreOffice, with everything that is to be read on them.
func TestThePapersOpenInLibreOffice(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	id := o.adopted()
	for paper, want := range map[string]string{feedback.PaperLetter: "特此函告", feedback.PaperThanks: "诚挚的感谢"} {
		_, content, err := h.feedback.Paper(o.editor.Context(), id, paper)
		if err != nil {
			t.Fatal(err)
		}
		text := docxtest.Printed(t, paper, content)
		for _, part := range []string{want, "《公交站台破损》", o.Tenant.Name, "2026年11月2日"} {
			if !strings.Contains(text, part) {
				t.Errorf("%s does not show %s: %s", paper, part, text)
			}
		}
	}
}

// A meeting hears of a leader's instruction beside the adoptions; the figures of what authors have not heard do not change by it.
func TestAMeetingHearsOfInstructions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	report := o.adopted()
	before := o.untold().Figures
	err := h.DB.InTx(o.editor.Context(), func(tx *tenancy.Tx) error {
		_, err := h.reports.Begin(o.editor.Context(), tx, report, reports.FollowUp{Kind: reports.KindInstructed, Level: "province", At: tx.Now()})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	q, err := h.DB.Read(o.editor.Context())
	if err != nil {
		t.Fatal(err)
	}
	heard, err := h.feedback.Between(t.Context(), q, time.Time{}, h.Clock.Now().Add(time.Hour))
	if err != nil || len(heard) != 2 || heard[1].Words != "获领导批示（"+o.Tenant.Name+"）" {
		t.Fatalf("%+v, %v", heard, err)
	}
	if after := o.untold().Figures; after != before {
		t.Errorf("figures %+v, before %+v", after, before)
	}
}
