package consultations_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/consultations"
	"shangda/services/experts"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

func TestAJointReviewCollectsAllOpinionsOnOneSheet(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	report := o.report()
	known := h.done(h.experts.Add(o.editor.Context(), experts.Entry{MembershipID: &o.expert.Membership, Fields: []string{"交通运输"}}))
	id := h.done(h.consultations.Start(o.editor.Context(), report, consultations.Opening{Kind: "joint", Question: "请把好三关", Participants: []consultations.Participant{
		{UnitID: &o.unit}, {ExpertID: &known}, {Department: "市交通局"}}}))
	if told := h.unread(o.expert); len(told) != 1 || !strings.Contains(told[0], "联审会审：请您就《公交站台破损》提出意见，11月9日前答复") {
		t.Errorf("told %v", told)
	}
	// The invited read the text, and nothing else of the report.
	if text, err := h.reports.Text(o.expert.Context(), report); err != nil || text.Problem == "" {
		t.Fatalf("%+v, %v", text, err)
	}
	_, err := h.reports.Get(o.expert.Context(), report)
	h.refused(errs.NotFound, err)
	if listed, _, err := h.reports.List(o.expert.Context(), reports.Filter{Box: reports.BoxAll, Limit: 10}); err != nil || len(listed) != 0 {
		t.Fatalf("listed %v, %v", listed, err)
	}
	opinions := h.sheet(o.editor, id).Opinions
	unit, expert, department := opinions[0].ID, opinions[1].ID, opinions[2].ID
	if opinions[1].Kind != "expert" || opinions[1].Name != o.expert.Name || !opinions[2].Outside {
		t.Fatalf("%+v", opinions)
	}
	h.refused(errs.Forbidden, h.answer(o.editor, unit, "agree"))
	h.refused(errs.NotFound, h.answer(o.member, unit, "agree"))
	h.done(h.consultations.Answer(o.a.Context(), unit, consultations.NewOpinion{Verdict: "change", Opinion: "建议部分写得更具体。", Dimensions: []consultations.Dimension{
		{Name: "politics", Passed: true}, {Name: "policy", Passed: true}, {Name: "content", Remark: "缺数据来源"}}}))
	h.refused(errs.Conflict, h.answer(o.b, unit, "agree"))
	// In a joint review nobody sees what the others say.
	if mine := h.sheet(o.expert, id); len(mine.Opinions) != 1 || mine.Opinions[0].ID != expert || !slices.Equal(mine.Opinions[0].Can, []string{"answer"}) || len(mine.Can) != 0 {
		t.Fatalf("%+v", mine)
	}
	if err := h.answer(o.expert, expert, "agree"); err != nil {
		t.Fatal(err)
	}
	h.refused(errs.Forbidden, h.answer(o.expert, department, "agree"))
	h.done(h.consultations.Answer(o.reviewer.Context(), department, consultations.NewOpinion{Verdict: "against", Opinion: "情况已经变化。", Giver: "王科长"}))
	sheet := h.sheet(o.editor, id)
	if d := sheet.Opinions[2]; d.Giver != "王科长" || d.Recorder != o.reviewer.Name || sheet.Opinions[0].Dimensions[2].Remark != "缺数据来源" {
		t.Fatalf("%+v", sheet.Opinions)
	}
	closing := consultations.Closing{Conclusion: "修改后送审。", Resulting: ptr(1)}
	_, err = h.consultations.Close(o.editor.Context(), id, sheet.Version+1, closing)
	h.refused(errs.Stale, err)
	_, err = h.consultations.Close(o.editor.Context(), id, sheet.Version, consultations.Closing{Conclusion: "好", Resulting: ptr(99)})
	h.refused(errs.Invalid, err)
	h.done(h.consultations.Close(o.editor.Context(), id, sheet.Version, closing))
	_, err = h.reports.Text(o.expert.Context(), report)
	h.refused(errs.NotFound, err) // the time is over
	h.refused(errs.Conflict, h.answer(o.expert, expert, "agree"))
	if sheet := h.sheet(o.editor, id); sheet.State != consultations.Closed || sheet.Closer != o.editor.Name || *sheet.Resulting != 1 {
		t.Fatalf("%+v", sheet)
	}
	if mine := h.sheet(o.expert, id); mine.Conclusion != "" {
		t.Errorf("the conclusion is the office's: %+v", mine)
	}
}

func ptr[T any](v T) *T { return &v }

func TestAWorkshopIsATalkOfAll(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	report := o.report()
	meets := h.Clock.Now().Add(48 * time.Hour)
	id := h.done(h.consultations.Start(o.reviewer.Context(), report, consultations.Opening{Kind: "workshop", Question: "怎样写深写透", MeetsAt: &meets, Place: "三楼会议室",
		Participants: []consultations.Participant{{MembershipID: &o.a.Membership}, {MembershipID: &o.b.Membership}}}))
	if told := h.unread(o.a); len(told) != 1 || !strings.Contains(told[0], "会议时间 11月4日 09:00 三楼会议室") {
		t.Errorf("told %v", told)
	}
	if err := h.answer(o.a, h.sheet(o.reviewer, id).Opinions[0].ID, "change"); err != nil {
		t.Fatal(err)
	}
	if seen := h.sheet(o.b, id); len(seen.Opinions) != 2 || seen.Opinions[0].Opinion == "" {
		t.Fatalf("each hears the others: %+v", seen)
	}
	if _, err := h.reports.Text(o.a.Context(), report); err != nil {
		t.Errorf("who has spoken still reads: %v", err)
	}
	version := h.sheet(o.reviewer, id).Version
	_, err := h.consultations.Close(o.reviewer.Context(), id, version, consultations.Closing{Conclusion: "按此修改"})
	h.refused(errs.Invalid, err) // a workshop has minutes
	_, err = h.consultations.Close(o.a.Context(), id, version, consultations.Closing{Conclusion: "好", Minutes: "记录"})
	h.refused(errs.Forbidden, err)
	h.done(h.consultations.Close(o.reviewer.Context(), id, version, consultations.Closing{Conclusion: "按此修改", Minutes: "与会人员认为应补充数据。", Resulting: ptr(1)}))
	if seen := h.sheet(o.a, id); seen.Minutes == "" || seen.Conclusion == "" {
		t.Fatalf("the minutes go to all: %+v", seen)
	}
}

func TestWhoIsAskedAgainSpeaksAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	id := o.joint(o.report())
	again := []consultations.Participant{{UnitID: &o.unit}}
	_, err := h.consultations.Ask(o.editor.Context(), id, again)
	h.refused(errs.Invalid, err) // it is waited for already
	if err := h.answer(o.a, h.sheet(o.editor, id).Opinions[0].ID, "change"); err != nil {
		t.Fatal(err)
	}
	h.done(h.consultations.Ask(o.editor.Context(), id, again))
	opinions := h.sheet(o.editor, id).Opinions
	if len(opinions) != 3 || opinions[0].Verdict != "change" || opinions[2].State != consultations.Asked {
		t.Fatalf("%+v", opinions)
	}
	h.done(h.consultations.Release(o.editor.Context(), opinions[2].ID))
	_, err = h.consultations.Release(o.editor.Context(), opinions[0].ID)
	h.refused(errs.Conflict, err)
	h.refused(errs.Conflict, h.answer(o.a, opinions[2].ID, "agree"))
	h.done(h.consultations.Cancel(o.editor.Context(), id, "已经解决"))
	_, err = h.consultations.Ask(o.editor.Context(), id, again)
	h.refused(errs.Conflict, err)
	if told := h.unread(o.b); !strings.Contains(told[0], "联审会审已撤销：《公交站台破损》，已经解决") {
		t.Errorf("told %v", told)
	}
}

// TestReminders: once before the date and once after it, on working days; what comes later is marked.
func TestReminders(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	id := o.joint(o.report()) // due on Monday, 2026-11-09
	tidy := func(days int) int {
		h.Clock.Set(time.Date(2026, 11, 2+days, 2, 0, 0, 0, time.UTC))
		if err := h.consultations.Tidy(tenancy.System(context.Background(), o.Tenant.Tenant, "clock", "upkeep", authz.Actors())); err != nil {
			t.Fatal(err)
		}
		return len(h.unread(o.a)) - 1
	}
	for _, step := range []struct{ day, want int }{{3, 0}, {4, 1}, {4, 1}, {5, 1}, {7, 1}, {8, 2}, {9, 2}} {
		if got := tidy(step.day); got != step.want {
			t.Fatalf("day %d: %d reminders, want %d", step.day, got, step.want)
		}
	}
	if told := h.unread(o.editor); len(told) != 1 || !strings.Contains(told[0], "还有意见没有收齐") {
		t.Errorf("the starter hears %v", told)
	}
	if !h.sheet(o.editor, id).Overdue {
		t.Error("it is overdue")
	}
	if err := h.answer(o.a, h.sheet(o.editor, id).Opinions[0].ID, "agree"); err != nil || !h.sheet(o.editor, id).Opinions[0].Late {
		t.Errorf("late: %v", err)
	}
}

func TestBadInputIsNamedByItsField(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	report, gone := o.report(), uuid.New()
	two := []consultations.Participant{{UnitID: &o.unit}, {Department: "市交通局"}}
	now := h.Clock.Now()
	fields := func(err error) string {
		var e *errs.Error
		if !errors.As(err, &e) || e.Kind != errs.Invalid {
			return "not refused"
		}
		names := []string{}
		for _, f := range e.Fields {
			names = append(names, f.Name)
		}
		return strings.Join(names, " ")
	}
	for _, c := range []struct {
		want string
		n    consultations.Opening
	}{
		{"kind", consultations.Opening{Question: "请", Participants: two}},
		{"question", consultations.Opening{Kind: "joint", Participants: two}},
		{"meets_at due_on", consultations.Opening{Kind: "joint", Question: "请", MeetsAt: &now, DueOn: "2026-11-01", Participants: two}},
		{"participants", consultations.Opening{Kind: "joint", Question: "请", Participants: two[:1]}},
		{"participants", consultations.Opening{Kind: "expert", Question: "请", Participants: two}},
		{"participants", consultations.Opening{Kind: "workshop", Question: "请", Participants: two[:1]}},
		{"participants", consultations.Opening{Kind: "joint", Question: "请", Participants: []consultations.Participant{{UnitID: &o.unit, Department: "局"}, two[1]}}},
		{"participants", consultations.Opening{Kind: "joint", Question: "请", Participants: []consultations.Participant{{ExpertID: &gone}, two[1]}}},
		{"participants", consultations.Opening{Kind: "joint", Question: "请", Participants: []consultations.Participant{{MembershipID: &gone}, two[1]}}},
		{"participants", consultations.Opening{Kind: "joint", Question: "请", Participants: []consultations.Participant{two[1], two[1]}}},
		{"question", consultations.Opening{Kind: "joint", Question: "机密★一年", Participants: two}},
	} {
		if _, err := h.consultations.Start(o.editor.Context(), report, c.n); fields(err) != c.want {
			t.Errorf("%q: %v", c.want, err)
		}
	}
	if all, err := h.consultations.Of(o.editor.Context(), report); err != nil || len(all) != 0 {
		t.Fatalf("something was stored: %v, %v", all, err)
	}
	opinion := h.sheet(o.editor, o.joint(report)).Opinions[0].ID
	for _, c := range []struct {
		want string
		n    consultations.NewOpinion
	}{
		{"verdict opinion", consultations.NewOpinion{}},
		{"opinion", consultations.NewOpinion{Verdict: "against"}},
		{"dimensions", consultations.NewOpinion{Verdict: "agree", Dimensions: []consultations.Dimension{{Name: "policy"}}}},
		{"dimensions", consultations.NewOpinion{Verdict: "agree", Dimensions: []consultations.Dimension{{Name: "taste", Passed: true}}}},
		{"opinion", consultations.NewOpinion{Verdict: "agree", Opinion: "秘密★一年"}},
	} {
		if _, err := h.consultations.Answer(o.a.Context(), opinion, c.n); fields(err) != c.want {
			t.Errorf("%q: %v", c.want, err)
		}
	}
}

// answerAtOnce has two of the unit give its opinion at the same moment and tells how many were told that theirs stands.
func (h *house) answerAtOnce(s *consultations.Service, o *office) int {
	h.t.Helper()
	opinion := h.sheet(o.editor, o.joint(o.report())).Opinions[0].ID
	results := make(chan error, 2)
	for p, verdict := range map[*tenancytest.Person]string{o.a: "agree", o.b: "against"} {
		go func() {
			_, err := s.Answer(p.Context(), opinion, consultations.NewOpinion{Verdict: verdict, Opinion: "请补充。"})
			results <- err
		}()
	}
	stand := 0
	for range 2 {
		switch err := <-results; {
		case err == nil:
			stand++
		case !errs.Is(err, errs.Conflict):
			h.t.Error(err)
		}
	}
	return stand
}

func TestOneOfTwoAnswersStands(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	for range 5 {
		if n := h.answerAtOnce(h.consultations, o); n != 1 {
			t.Fatalf("%d opinions stand", n)
		}
	}
	var together sync.WaitGroup
	together.Add(2)
	broken := consultations.Unlocked(h.consultations, func() { together.Done(); together.Wait() })
	if n := h.answerAtOnce(broken, o); n != 2 {
		t.Fatalf("without the lock %d stand: the test would not notice", n)
	}
}

// TestASheetIsClosedByWhoReadAllOfIt: an opinion that came in meanwhile is read first.
func TestASheetIsClosedByWhoReadAllOfIt(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	report := o.report()
	id := o.joint(report)
	read := h.sheet(o.editor, id)
	if err := h.answer(o.a, read.Opinions[0].ID, "against"); err != nil {
		t.Fatal(err)
	}
	_, err := h.consultations.Close(o.editor.Context(), id, read.Version, consultations.Closing{Conclusion: "都同意。"})
	h.refused(errs.Stale, err)
	// The sheet tells that the text is no longer what people were asked about.
	v, err := h.reports.Get(o.editor.Context(), report)
	if err != nil || h.sheet(o.editor, id).Changed {
		t.Fatalf("%+v, %v", h.sheet(o.editor, id), err)
	}
	h.done(h.reports.Edit(o.editor.Context(), report, v.Version, reports.Change{Problem: ptr("全市有32处站台破损。")}))
	if all, err := h.consultations.Of(o.editor.Context(), report); err != nil || !all[0].Changed || h.sheet(o.a, id).Changed {
		t.Fatalf("%+v, %v", all, err)
	}
	h.done(h.consultations.Close(o.editor.Context(), id, h.sheet(o.editor, id).Version, consultations.Closing{Conclusion: "修改后送审。"}))
}
