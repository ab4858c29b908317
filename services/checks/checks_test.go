package checks_test

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
	"shangda/services/checks"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

func TestFactsAreCheckedBeforeEditing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	free := o.report()
	if err := h.edit(o.editor, free, problem+"改。"); err != nil {
		t.Fatalf("as shipped nothing is asked for: %v", err)
	}
	o.rules(func(r *checks.Rules) { r.Facts = "editing" })
	id := o.report()
	err := h.edit(o.editor, id, problem+"改。")
	h.refused(errs.Conflict, err)
	if !strings.Contains(err.Error(), "编辑前须先核实") || !strings.Contains(err.Error(), "可由编辑或核稿人登记") {
		t.Errorf("the refusal says %v", err)
	}
	h.refused(errs.Conflict, h.review(o.editor, id)) // nor is it sent on without an edit
	for _, result := range []string{"untrue", "unclear"} {
		if err := h.record(o.editor, id, checks.MatterFacts, result); err != nil {
			t.Fatal(err)
		}
		h.refused(errs.Conflict, h.edit(o.editor, id, problem+"改。"))
	}
	if err := h.record(o.reviewer, id, checks.MatterFacts, "partly"); err != nil {
		t.Fatal(err)
	}
	if err := h.edit(o.editor, id, problem+"改。"); err != nil {
		t.Fatalf("after the last check carries it: %v", err)
	}
	if s := h.sheet(o.editor, id); len(s.Checks) != 3 || s.Checks[2].Checker != o.reviewer.Name || s.Checks[2].Result != "partly" || !s.Checks[2].Changed {
		t.Fatalf("%+v", s.Checks)
	}
}

func TestAnAuthorsOwnWorkNeedsNoCheck(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	o.rules(func(r *checks.Rules) { r.Facts = "editing" })
	id := o.report()
	h.done(h.reports.Return(o.editor.Context(), id, reports.Why{Code: "no_data"}))
	if err := h.edit(o.member, id, problem+"补充。"); err != nil {
		t.Fatal(err)
	}
	h.done(h.reports.Submit(o.member.Context(), id))
	h.done(h.reports.TakeUp(o.editor.Context(), id))
	h.refused(errs.Conflict, h.edit(o.editor, id, problem))
}

func TestRulesBindWhatTheyName(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	o.rules(func(r *checks.Rules) { r.Facts, r.Important, r.Categories = "editing", true, []string{"交通运输"} })
	id := o.report()
	if err := h.edit(o.editor, id, problem+"改。"); err != nil {
		t.Fatalf("an ordinary report: %v", err)
	}
	important := o.report()
	h.as(`update reports set class = 'important' where tenant_id = $1 and id = $2`, o.ID, important)
	h.refused(errs.Conflict, h.edit(o.editor, important, problem+"改。"))
	h.as(`update reports set category = '民政' where tenant_id = $1 and id = $2`, o.ID, important)
	if err := h.edit(o.editor, important, problem+"改。"); err != nil {
		t.Fatalf("another category: %v", err)
	}
}

func TestFiguresAreVerifiedByASecondPerson(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	o.rules(func(r *checks.Rules) { r.Figures = "approval" })
	id := o.report()
	h.refused(errs.Conflict, h.review(o.editor, id))
	if err := h.record(o.editor, id, checks.MatterFacts, "true"); err != nil {
		t.Fatal(err)
	}
	h.refused(errs.Invalid, h.record(o.editor, id, checks.MatterFigures, "true")) // the first is no second
	if err := h.record(o.other, id, checks.MatterFigures, "true"); err != nil {
		t.Fatal(err)
	}
	// The second person checks the facts too: now both are one again.
	if err := h.record(o.other, id, checks.MatterFacts, "true"); err != nil {
		t.Fatal(err)
	}
	err := h.review(o.editor, id)
	h.refused(errs.Conflict, err)
	if !strings.Contains(err.Error(), "是同一人") {
		t.Errorf("the refusal says %v", err)
	}
	if err := h.record(o.reviewer, id, checks.MatterFigures, "true"); err != nil {
		t.Fatal(err)
	}
	if err := h.review(o.editor, id); err != nil {
		t.Fatal(err)
	}
}

func TestAnAuthorDoesNotVerifyHisFigures(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	id := h.done(h.reports.Create(o.editor.Context(), reports.NewReport{Submit: true, Input: reports.Input{
		Text: reports.Text{Title: "站台", Problem: problem}, Category: "交通运输"}}))
	h.refused(errs.Invalid, h.record(o.editor, id, checks.MatterFigures, "true"))
	_, err := h.checks.Ask(o.other.Context(), id, checks.NewRequest{Matter: checks.MatterFigures, MembershipID: &o.editor.Membership, Question: "请核实"})
	h.refused(errs.Invalid, err)
	// What a department outside found is its own, whoever writes it down.
	if _, err := h.checks.Record(o.editor.Context(), id, h.version(id), checks.NewCheck{Matter: checks.MatterFigures, Department: "市交通局", Finding: found("true")}); err != nil {
		t.Fatal(err)
	}
	if s := h.sheet(o.editor, id); s.Checks[0].Checker != "市交通局" || s.Checks[0].Recorder != o.editor.Name {
		t.Fatalf("%+v", s.Checks)
	}
}

func TestWhatIsChangedAfterwardsIsCheckedAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	o.rules(func(r *checks.Rules) { r.Figures = "approval" })
	id := o.report()
	if err := h.record(o.other, id, checks.MatterFigures, "true"); err != nil {
		t.Fatal(err)
	}
	if err := h.edit(o.editor, id, "全市有23处站台破损。群众反映十分强烈。"); err != nil {
		t.Fatal(err)
	}
	if s := h.sheet(o.editor, id); s.Checks[0].Changed || !s.Needs[0].Met {
		t.Fatalf("words without figures were changed: %+v", s)
	}
	if err := h.edit(o.editor, id, "全市有32处站台破损。群众反映十分强烈。"); err != nil {
		t.Fatal(err)
	}
	if s := h.sheet(o.editor, id); !s.Checks[0].Changed || s.Needs[0].Met || !strings.Contains(s.Needs[0].Text, "又有修改") {
		t.Fatalf("a figure was changed: %+v", s)
	}
	h.refused(errs.Conflict, h.review(o.editor, id))
	// Where the tenant does not ask for it again, the mark stays and the gate opens.
	r := checks.RuleSetting.Default(o.Tenant.Tenant)
	r.Figures, r.Again = "approval", false
	if err := checks.RuleSetting.Set(o.system.Context(), h.DB, 1, r); err != nil {
		t.Fatal(err)
	}
	if err := h.review(o.editor, id); err != nil {
		t.Fatal(err)
	}
}

// A leader's own words in a step are not refused; before the text leaves the house they are checked.
func TestALeadersChangeIsCheckedBeforeSending(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	o.rules(func(r *checks.Rules) { r.Facts, r.Proof = "approval", "signing" })
	id := o.report()
	if err := h.record(o.editor, id, checks.MatterFacts, "true"); err != nil {
		t.Fatal(err)
	}
	h.done(h.proofread(o.editor, id, nil))
	if err := h.review(o.editor, id); err != nil {
		t.Fatal(err)
	}
	h.as(`update reports set problem = '全市有25处站台破损。' where tenant_id = $1 and id = $2`, o.ID, id)
	if err := h.sign(o.signer, id); err != nil {
		t.Fatal(err)
	}
	err := h.send(o.editor, id)
	h.refused(errs.Conflict, err)
	if !strings.Contains(err.Error(), "核实后正文又有修改") || !strings.Contains(err.Error(), "校对后正文又有修改") {
		t.Errorf("the refusal says %v", err)
	}
	if err := h.record(o.editor, id, checks.MatterFacts, "true"); err != nil {
		t.Fatal(err)
	}
	h.done(h.proofread(o.editor, id, nil))
	if err := h.send(o.editor, id); err != nil {
		t.Fatal(err)
	}
}

// The printed issue is a release too; an express one passes the approval by and is held to all of it.
func TestNothingIsPrintedUnchecked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	o.rules(func(r *checks.Rules) { r.Facts, r.Proof = "approval", "sending" })
	express := func(id uuid.UUID) error { return h.issue(o.reviewer, id, true) }
	id := o.report()
	err := express(id)
	h.refused(errs.Conflict, err)
	if !strings.Contains(err.Error(), "编发前须先核实或校对《公交站台破损》") || !strings.Contains(err.Error(), "还没有核实情况") || !strings.Contains(err.Error(), "还没有校对") {
		t.Errorf("the refusal says %v", err)
	}
	if err := h.record(o.editor, id, checks.MatterFacts, "true"); err != nil {
		t.Fatal(err)
	}
	if err := h.review(o.editor, id); err != nil {
		t.Fatal(err)
	}
	if err := h.sign(o.signer, id); err != nil {
		t.Fatal(err)
	}
	h.refused(errs.Conflict, h.issue(o.reviewer, id, false))
	h.done(h.proofread(o.editor, id, nil))
	if err := h.issue(o.reviewer, id, false); err != nil {
		t.Fatal(err)
	}
}

func TestARequestLetsItsAddresseesReadMeanwhile(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	id := o.report()
	_, err := h.reports.Text(o.a.Context(), id)
	h.refused(errs.NotFound, err)
	asked := h.done(h.checks.Ask(o.editor.Context(), id, checks.NewRequest{Matter: checks.MatterFacts, UnitID: &o.unit, Question: "请到现场看看站台"}))
	text, err := h.reports.Text(o.a.Context(), id)
	if err != nil || text.Problem != problem {
		t.Fatalf("%+v, %v", text, err)
	}
	// The text and nothing else, and in no list.
	_, err = h.reports.Get(o.a.Context(), id)
	h.refused(errs.NotFound, err)
	_, err = h.reports.Timeline(o.a.Context(), id)
	h.refused(errs.NotFound, err)
	if listed, _, err := h.reports.List(o.a.Context(), reports.Filter{Box: reports.BoxAll, Limit: 10}); err != nil || len(listed) != 0 {
		t.Fatalf("listed %v, %v", listed, err)
	}
	if told := h.unread(o.b); len(told) != 1 || !strings.Contains(told[0], "请核实《公交站台破损》") {
		t.Errorf("told %v", told)
	}
	tasks, err := h.checks.Tasks(o.b.Context())
	if err != nil || len(tasks) != 1 || tasks[0].ID != asked || !slices.Equal(tasks[0].Can, []string{"answer"}) || tasks[0].DueOn != "2026-11-05" {
		t.Fatalf("%+v, %v", tasks, err)
	}
	_, err = h.checks.Answer(o.editor.Context(), asked, h.version(id), found("true"))
	h.refused(errs.Forbidden, err) // it was not asked of him
	h.done(h.checks.Answer(o.b.Context(), asked, h.version(id), found("partly")))
	_, err = h.checks.Answer(o.a.Context(), asked, h.version(id), found("true"))
	h.refused(errs.Conflict, err)
	_, err = h.reports.Text(o.a.Context(), id)
	h.refused(errs.NotFound, err) // the time is over
	if told := h.unread(o.editor); len(told) != 1 || !strings.Contains(told[0], "部分属实") {
		t.Errorf("told %v", told)
	}
	if s := h.sheet(o.editor, id); s.Checks[0].Checker != o.b.Name || s.Checks[0].To != "提案委" || s.Checks[0].State != checks.Done {
		t.Fatalf("%+v", s.Checks)
	}
}

func TestAWithdrawnReportIsItsAuthorsAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	id := h.done(h.reports.Create(o.member.Context(), reports.NewReport{Submit: true, Input: reports.Input{
		Text: reports.Text{Title: "站台", Problem: problem}, Category: "交通运输"}}))
	asked := h.done(h.checks.Ask(o.editor.Context(), id, checks.NewRequest{Matter: checks.MatterFacts, MembershipID: &o.a.Membership, Question: "请核实"}))
	h.done(h.reports.Withdraw(o.member.Context(), id))
	_, err := h.reports.Text(o.a.Context(), id)
	h.refused(errs.NotFound, err)
	_, err = h.checks.Answer(o.a.Context(), asked, h.version(id), found("true"))
	h.refused(errs.NotFound, err)
	_, err = h.checks.Record(o.member.Context(), id, h.version(id), checks.NewCheck{Matter: checks.MatterFacts, Finding: found("true")})
	h.refused(errs.Forbidden, err)
}

func TestADepartmentsAnswerIsWrittenDown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	id := o.report()
	asked := h.done(h.checks.Ask(o.editor.Context(), id, checks.NewRequest{Matter: checks.MatterFacts, Department: "市交通局", Question: "请核对站台数", DueOn: "2026-11-10"}))
	_, err := h.checks.Answer(o.a.Context(), asked, h.version(id), found("true"))
	h.refused(errs.NotFound, err)
	h.done(h.checks.Answer(o.other.Context(), asked, h.version(id), found("true")))
	if s := h.sheet(o.editor, id); s.Checks[0].Checker != "市交通局" || s.Checks[0].Recorder != o.other.Name || s.Checks[0].DueOn != "2026-11-10" {
		t.Fatalf("%+v", s.Checks)
	}
}

func TestARequestIsTakenBackWithAReason(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	id := o.report()
	asked := h.done(h.checks.Ask(o.editor.Context(), id, checks.NewRequest{Matter: checks.MatterFacts, MembershipID: &o.a.Membership, Question: "请核实"}))
	_, err := h.checks.Cancel(o.editor.Context(), asked, " ")
	h.refused(errs.Invalid, err)
	_, err = h.checks.Cancel(o.a.Context(), asked, "没有时间")
	h.refused(errs.Forbidden, err)
	h.done(h.checks.Cancel(o.other.Context(), asked, "已经解决"))
	_, err = h.reports.Text(o.a.Context(), id)
	h.refused(errs.NotFound, err)
	_, err = h.checks.Answer(o.a.Context(), asked, h.version(id), found("true"))
	h.refused(errs.Conflict, err)
	if told := h.unread(o.a); len(told) != 2 || !strings.Contains(told[0], "已撤销：已经解决") {
		t.Errorf("told %v", told)
	}
}

func TestBadInputIsNamedByItsField(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	id := o.report()
	long := strings.Repeat("长", 501)
	gone := uuid.New()
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
	for want, n := range map[string]checks.NewCheck{
		"matter":          {Finding: found("true")},
		"method":          {Matter: "facts", Finding: checks.Finding{Result: "true"}},
		"result":          {Matter: "facts", Finding: checks.Finding{Method: "site", Note: "好"}},
		"note":            {Matter: "facts", Finding: checks.Finding{Method: "site", Result: "untrue"}},
		"department note": {Matter: "facts", Department: long, Finding: checks.Finding{Method: "site", Result: "true", Note: long}},
		"attachments":     {Matter: "facts", Finding: checks.Finding{Method: "site", Result: "true", Attachments: []uuid.UUID{gone}}},
	} {
		if _, err := h.checks.Record(o.editor.Context(), id, h.version(id), n); fields(err) != want {
			t.Errorf("%q: %v", want, err)
		}
	}
	marked := checks.NewCheck{Matter: "facts", Finding: checks.Finding{Method: "site", Result: "true", Note: "机密★一年"}}
	if _, err := h.checks.Record(o.editor.Context(), id, h.version(id), marked); fields(err) != "note" || !strings.Contains(err.Error(), "纸质版") {
		t.Errorf("a secrecy marking: %v", err)
	}
	for want, n := range map[string]checks.NewRequest{
		"to":          {Matter: "facts", Question: "请核实"},
		"to question": {Matter: "facts", UnitID: &o.unit, Department: "市交通局"},
		"due_on":      {Matter: "facts", UnitID: &o.unit, Question: "请核实", DueOn: "2026-11-01"},
	} {
		if _, err := h.checks.Ask(o.editor.Context(), id, n); fields(err) != want {
			t.Errorf("%q: %v", want, err)
		}
	}
	for _, n := range []checks.NewRequest{{UnitID: &gone}, {MembershipID: &gone}, {MembershipID: &o.system.Membership}} {
		n.Matter, n.Question = "facts", "请核实"
		if _, err := h.checks.Ask(o.editor.Context(), id, n); fields(err) != "to" {
			t.Errorf("asked of nobody: %v", err)
		}
	}
	if len(h.sheet(o.editor, id).Checks) != 0 {
		t.Error("something was stored")
	}
}

// answerAtOnce has two clerks write down a department's answer at the same moment and tells how many were told that theirs stands.
func (h *house) answerAtOnce(s *checks.Service, o *office) int {
	h.t.Helper()
	id := o.report()
	asked := h.done(s.Ask(o.editor.Context(), id, checks.NewRequest{Matter: checks.MatterFacts, Department: "市交通局", Question: "请核实"}))
	version, results := h.version(id), make(chan error, 2)
	for p, result := range map[*tenancytest.Person]string{o.editor: "true", o.other: "untrue"} {
		go func() {
			_, err := s.Answer(p.Context(), asked, version, found(result))
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
		if n := h.answerAtOnce(h.checks, o); n != 1 {
			t.Fatalf("%d answers stand", n)
		}
	}
	var together sync.WaitGroup
	together.Add(2)
	broken := checks.Unlocked(h.checks, func() { together.Done(); together.Wait() })
	if n := h.answerAtOnce(broken, o); n != 2 {
		t.Fatalf("without the lock %d stand: the test would not notice", n)
	}
}

// TestNobodyAnswersForWordsHeHasNotSeen: what was changed between reading and writing down is read first.
func TestNobodyAnswersForWordsHeHasNotSeen(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	id := o.report()
	asked := h.done(h.checks.Ask(o.editor.Context(), id, checks.NewRequest{Matter: checks.MatterFacts, UnitID: &o.unit, Question: "请核实"}))
	read, err := h.reports.Text(o.a.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.edit(o.editor, id, "全市有32处站台破损。"); err != nil {
		t.Fatal(err)
	}
	_, err = h.checks.Answer(o.a.Context(), asked, read.Version, found("true"))
	h.refused(errs.Stale, err)
	_, err = h.checks.Record(o.other.Context(), id, read.Version, checks.NewCheck{Matter: checks.MatterFigures, Finding: found("true")})
	h.refused(errs.Stale, err)
	if err := h.answer(o.a, id, asked, "true"); err != nil {
		t.Fatal(err)
	}
}

// TestReminders: once before the date and once after it, on working days.
func TestReminders(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	h.done(h.checks.Ask(o.editor.Context(), o.report(), checks.NewRequest{Matter: checks.MatterFacts, UnitID: &o.unit, Question: "请核实", DueOn: "2026-11-09"}))
	for _, step := range []struct{ day, want int }{{3, 0}, {4, 1}, {4, 1}, {5, 1}, {7, 1}, {8, 2}, {9, 2}} {
		h.Clock.Set(time.Date(2026, 11, 2+step.day, 2, 0, 0, 0, time.UTC))
		if err := h.checks.Tidy(tenancy.System(context.Background(), o.Tenant.Tenant, "clock", "upkeep", authz.Actors())); err != nil {
			t.Fatal(err)
		}
		if got := len(h.unread(o.a)) - 1; got != step.want {
			t.Fatalf("day %d: %d reminders, want %d", step.day, got, step.want)
		}
	}
	if told := h.unread(o.editor); len(told) != 1 || !strings.Contains(told[0], "已超过期限") {
		t.Errorf("who asked hears %v", told)
	}
}
