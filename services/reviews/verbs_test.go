package reviews_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/reviews"
	"shangda/services/reviews/flow"
	"shangda/tenancy/tenancytest"
)

// flow sets up one flow for every kind of report.
func (o *office) flow(steps ...reviews.Step) {
	o.t.Helper()
	if _, err := o.reviews.CreateChain(o.admin.Context(), reviews.NewChain{Name: "流程", AppliesTo: flow.Routes, Green: []string{"vice_chair"}, Steps: steps}); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) get(p *tenancytest.Person, id uuid.UUID) reviews.Review {
	o.t.Helper()
	r, err := o.reviews.Get(p.Context(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

func (o *office) can(p *tenancytest.Person, id uuid.UUID, verb string, want bool) {
	o.t.Helper()
	if got := o.get(p, id).Can; slices.Contains(got, verb) != want {
		o.t.Fatalf("%s may %v; %s should be %t", p.Post, got, verb, want)
	}
}

func TestAllSignInAnyOrder(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.flow(reviews.Step{Title: "会签", Mode: flow.All, People: []uuid.UUID{o.head.Membership, o.secretary.Membership, o.vice.Membership}})
	report := o.paper("ordinary")
	id := o.start(report)
	for _, p := range []*tenancytest.Person{o.vice, o.head} {
		o.want(o.approve(p, id), "", p.Post)
		o.want(o.approve(p, id), errs.Conflict, "twice")
	}
	if o.papers[report].state == "signed" || o.notice(o.secretary) == "" {
		t.Fatal("two of three are not all")
	}
	o.want(o.approve(o.chair, id), errs.Forbidden, "who was not asked")
	o.want(o.approve(o.secretary, id), "", "the third")
	o.expect(id, "signed a", nil)
}

func TestOneAfterAnother(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.flow(reviews.Step{Title: "依次签", Mode: flow.Turn, People: []uuid.UUID{o.vice.Membership, o.head.Membership}})
	id := o.start(o.paper("ordinary"))
	o.expect(id, "running c", o.vice)
	o.want(o.approve(o.head, id), errs.Forbidden, "before his turn")
	o.want(o.approve(o.vice, id), "", "first")
	o.expect(id, "running c", o.head)
	o.want(o.approve(o.head, id), "", "second")
	o.expect(id, "signed a", nil)
}

func TestAVote(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.flow(reviews.Step{Title: "表决", Mode: flow.Vote, Ratio: 60, People: []uuid.UUID{o.head.Membership, o.secretary.Membership, o.vice.Membership}})
	reject := func(p *tenancytest.Person, id uuid.UUID, why string) error {
		_, err := o.reviews.Reject(p.Context(), id, why)
		return err
	}
	passes := o.start(o.paper("ordinary"))
	o.want(reject(o.head, passes, ""), errs.Invalid, "a no without a reason")
	o.want(reject(o.head, passes, "依据不足"), "", "no")
	o.want(o.approve(o.vice, passes), "", "yes")
	o.expect(passes, "running c", o.secretary)
	o.want(o.approve(o.secretary, passes), "", "yes")
	o.expect(passes, "signed a", nil)

	report := o.paper("ordinary")
	fails := o.start(report)
	o.want(reject(o.head, fails, "依据不足"), "", "no")
	o.want(reject(o.vice, fails, "再核"), "", "no: the yes cannot reach 60 per cent any more")
	o.expect(fails, "returned r", nil)
	if o.papers[report].state != "editing" || !strings.Contains(o.notice(o.editor), "没有通过：再核") {
		t.Fatalf("%+v, %q", o.papers[report], o.notice(o.editor))
	}
	plain := newOffice(t, "T1")
	review := plain.start(plain.paper("ordinary"))
	_, err := plain.reviews.Reject(plain.head.Context(), review, "不同意")
	plain.want(err, errs.Conflict, "a no where nothing is voted on")
}

func TestSignersAreAddedPassedOnAndRemoved(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "T1")
	id := o.start(o.paper("ordinary"))
	add := func(p *tenancytest.Person, before bool, people ...*tenancytest.Person) error {
		a := reviews.Adding{Before: before, Reason: "请把关"}
		for _, one := range people {
			a.People = append(a.People, one.Membership)
		}
		_, err := o.reviews.AddSigners(p.Context(), id, a)
		return err
	}
	o.want(add(o.secretary, true, o.chair), errs.Forbidden, "out of turn")
	o.want(add(o.head, true), errs.Invalid, "nobody")
	o.want(add(o.head, true, o.head), errs.Invalid, "oneself")
	o.want(add(o.head, true, o.admin), errs.Invalid, "who may not sign")
	o.want(add(o.head, true, o.committee), "", "before")
	o.expect(id, "running ch", o.committee)
	_, err := o.reviews.PassOn(o.committee.Context(), id, o.officer.Membership, "请代核数据")
	o.want(err, "", "passed on")
	o.expect(id, "running ch", o.officer)
	if got := o.get(o.editor, id).Steps[0].Tasks; len(got) != 2 || got[0].State != flow.Passed || got[1].From != o.committee.Name {
		t.Fatalf("%+v", got)
	}
	o.want(o.approve(o.officer, id), "", "the added signer")
	o.expect(id, "running ac", o.head)

	o.want(add(o.head, false, o.secretary, o.vice), "", "after, two")
	o.want(o.approve(o.head, id), "", "the step itself")
	o.can(o.editor, id, "remove_signer", true)
	second := o.get(o.editor, id).Steps[2]
	_, err = o.reviews.RemoveSigner(o.chair.Context(), id, second.Tasks[0].ID)
	o.want(err, errs.Conflict, "by a third")
	_, err = o.reviews.RemoveSigner(o.editor.Context(), id, second.Tasks[0].ID)
	o.want(err, "", "by the starter")
	if got := o.notice(o.secretary); !strings.Contains(got, "不再需要您审签") {
		t.Fatalf("the secretary is told %q", got)
	}
	_, err = o.reviews.RemoveSigner(o.editor.Context(), id, second.ID)
	o.want(err, errs.Conflict, "the last signer: that would end the review")
	o.want(o.approve(o.vice, id), "", "the last")
	o.expect(id, "signed aaa", nil)
}

func TestTakingBack(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "T1")
	id := o.start(o.paper("important"))
	take := func(p *tenancytest.Person) error { _, err := o.reviews.TakeBack(p.Context(), id); return err }
	o.want(take(o.head), errs.Conflict, "nothing said")
	o.want(o.approve(o.head, id), "", "first")
	o.want(take(o.secretary), errs.Conflict, "another's word")
	o.can(o.head, id, "take_back", true)
	o.want(take(o.head), "", "one's own")
	o.expect(id, "running cww", o.head)
	o.want(o.approve(o.head, id), "", "again")
	o.want(o.approve(o.secretary, id), "", "second")
	o.want(take(o.head), errs.Conflict, "after the next has acted")
	o.can(o.head, id, "take_back", false)
}

func TestTheStarterWithdrawsAndUrges(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "T1")
	report := o.paper("important")
	id := o.start(report)
	urge := func() error { _, err := o.reviews.Urge(o.editor.Context(), id); return err }
	o.want(urge(), "", "first")
	if got := o.notice(o.head); !strings.HasPrefix(got, "催办：") {
		t.Fatalf("the head is told %q", got)
	}
	o.want(urge(), errs.Conflict, "at once again")
	for range 2 {
		o.Clock.Advance(2 * time.Hour)
		o.want(urge(), "", "two hours later")
	}
	o.Clock.Advance(2 * time.Hour)
	o.want(urge(), errs.Conflict, "a fourth time")
	_, err := o.reviews.Withdraw(o.officer.Context(), id, "")
	o.want(err, errs.Forbidden, "who did not start it")
	_, err = o.reviews.Withdraw(o.editor.Context(), id, "数据有变")
	o.want(err, "", "the starter")
	if r := o.get(o.editor, id); r.State != flow.Withdrawn || o.papers[report].state != "editing" || !strings.Contains(o.notice(o.head), "已撤销送审") {
		t.Fatalf("%+v, %+v", r, o.papers[report])
	}
	o.want(o.approve(o.head, id), errs.Conflict, "after it")
	o.want(urge(), errs.Conflict, "nothing waits")
	o.start(report)
}

func TestReturnedPastTheEditor(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "T1")
	report := o.paper("ordinary")
	id := o.start(report)
	o.want(o.giveBack(o.head, id, flow.ToAuthor), "", "to the author")
	o.expect(id, "returned r", nil)
	if p := o.papers[report]; p.state != "returned" || p.returned != "请补充数据" {
		t.Fatalf("%+v", p)
	}
}

func TestCopies(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "T1")
	id := o.start(o.paper("ordinary"))
	give := func(p *tenancytest.Person, to ...uuid.UUID) error {
		_, err := o.reviews.CopyTo(p.Context(), id, to)
		return err
	}
	read := func(p *tenancytest.Person) error {
		_, err := o.reviews.Read(p.Context(), id, "已阅，很好")
		return err
	}
	o.want(give(o.chair, o.vice.Membership), errs.Forbidden, "who takes no part")
	o.want(give(o.editor), errs.Invalid, "nobody")
	o.want(give(o.editor, o.Person("member").Membership), errs.Invalid, "who may not read")
	o.want(give(o.head, o.chair.Membership), "", "to the chair")
	o.want(read(o.vice), errs.Conflict, "who has none")
	o.can(o.chair, id, "read", true)
	o.want(read(o.chair), "", "the chair")
	o.want(read(o.chair), errs.Conflict, "twice")
	if c := o.get(o.editor, id).Copies; len(c) != 1 || c[0].ReadAt == nil || c[0].Remark != "已阅，很好" || c[0].From != o.head.Name {
		t.Fatalf("%+v", c)
	}
	o.expect(id, "running c", o.head) // a copy is no step
}

func TestASignedReviewIsReopened(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "T1")
	report := o.paper("important")
	id := o.start(report)
	for _, p := range []*tenancytest.Person{o.head, o.secretary, o.chair} {
		o.want(o.approve(p, id), "", p.Post)
	}
	reopen := func(p *tenancytest.Person, why string) error {
		_, err := o.reviews.Reopen(p.Context(), id, why)
		return err
	}
	o.want(reopen(o.head, "有误"), errs.Forbidden, "who did not sign it last")
	o.want(reopen(o.chair, ""), errs.Invalid, "without a reason")
	o.want(reopen(o.chair, "数字有误"), "", "the signer")
	o.expect(id, "running aac", o.chair)
	if o.papers[report].state != "reviewing" {
		t.Fatalf("%+v", o.papers[report])
	}
	o.want(o.giveBack(o.chair, id, 0), "", "back to the editor")
}

func TestLeadersEditWithinBoundsAndLeaveTraces(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.flow(reviews.Step{Title: "审改", Post: "office_head", Locked: []string{"title", "cause"}}, reviews.Step{Title: "签发", Post: "chair"})
	report := o.paper("ordinary")
	id := o.start(report)
	text := o.papers[report].text
	text.Title = "换了标题"
	_, err := o.reviews.Approve(o.head.Context(), id, "", &text)
	var e *errs.Error
	if !errs.Is(err, errs.Invalid) || !errors.As(err, &e) || e.Fields[0].Name != "title" {
		t.Fatalf("a locked part: %v", err)
	}
	text = o.papers[report].text
	before := text
	text.Advice = "请尽快修缮。"
	_, err = o.reviews.Approve(o.head.Context(), id, "建议改具体", &text)
	o.want(err, "", "an open part")
	acts := o.get(o.chair, id).Acts
	if last := acts[len(acts)-1]; last.Before == nil || *last.Before != before || *last.After != text || last.By != o.head.Name || last.Step != "审改" {
		t.Fatalf("%+v", last)
	}
	o.want(o.approve(o.chair, id), "", "signed")
	if acts = o.get(o.chair, id).Acts; acts[len(acts)-1].After != nil {
		t.Fatal("nothing was changed in the last step")
	}
}

func TestThreeChecksAreTickedAndKept(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "T5-source")
	report := o.paper("ordinary")
	id := o.start(report)
	good := []reviews.Tick{{Item: "political", OK: true}, {Item: "policy", OK: true, Remark: "符合文件"}, {Item: "content", OK: true}}
	for name, ticks := range map[string][]reviews.Tick{
		"none": nil, "two": good[:2], "one twice": append(slices.Clone(good[:2]), good[0]), "one not good": append(slices.Clone(good[:2]), reviews.Tick{Item: "content"}),
		"unknown": append(slices.Clone(good), reviews.Tick{Item: "taste", OK: true}), "a marking": {good[0], good[1], {Item: "content", OK: true, Remark: "★机密★"}},
	} {
		if _, err := o.reviews.Approve(o.vice.Context(), id, "同意", nil, ticks...); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := o.reviews.Approve(o.vice.Context(), id, "初核通过", nil, good...)
	o.want(err, "", "all three")
	q, err := o.DB.Read(o.editor.Context())
	o.want(err, "", "read")
	sheet, err := o.reviews.Sheet(context.Background(), q, report)
	if err != nil || len(sheet) != 1 || !slices.Equal(sheet[0].Ticks, good) || sheet[0].Person != o.vice.Name || sheet[0].Step != "报送单位初核" || sheet[0].Opinion != "初核通过" {
		t.Fatalf("%+v, %v", sheet, err)
	}
}

func TestTheGreenChannel(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.flow(reviews.Step{Title: "初审", Post: "office_head"}, reviews.Step{Title: "审签", Post: "vice_chair"}, reviews.Step{Title: "签发", Post: "chair"})
	release := func(p *tenancytest.Person, id uuid.UUID) error {
		_, err := o.reviews.Release(p.Context(), id, "险情紧急")
		return err
	}
	ordinary := o.start(o.paper("ordinary"))
	o.want(release(o.vice, ordinary), errs.Conflict, "what is not urgent")
	_, err := o.reviews.Withdraw(o.editor.Context(), ordinary, "")
	o.want(err, "", "out of the way")

	report := o.paper("urgent")
	id := o.start(report)
	o.want(release(o.head, id), errs.Forbidden, "without the post")
	_, err = o.reviews.Release(o.vice.Context(), id, "")
	o.want(err, errs.Invalid, "without a reason")
	o.want(release(o.vice, id), "", "first act")
	if o.papers[report].state != "signed" || o.get(o.editor, id).State != flow.Released {
		t.Fatalf("%+v", o.papers[report])
	}
	if got := o.notice(o.chair); got != "《关于某事的建议》等待您补签（签发）" {
		t.Fatalf("the chair is told %q", got)
	}
	text := o.papers[report].text
	text.Advice = "改"
	_, err = o.reviews.Approve(o.head.Context(), id, "", &text)
	o.want(err, errs.Conflict, "what is signed cannot be edited")
	o.want(o.giveBack(o.head, id, 0), errs.Conflict, "nor returned")
	o.want(o.approve(o.chair, id), "", "afterwards, in any order")
	if r := o.get(o.editor, id); r.State != flow.Released {
		t.Fatal("one signature is missing")
	}
	_, err = o.reviews.Reject(o.head.Context(), id, "应先核实")
	o.want(err, "", "objected afterwards")
	if got, _ := o.states(o.editor, id); got != "signed oaa" {
		t.Fatalf("%q", got)
	}
	q, err := o.DB.Read(o.editor.Context())
	o.want(err, "", "read")
	sheet, err := o.reviews.Sheet(context.Background(), q, report)
	if err != nil || len(sheet) != 3 || sheet[0].Verb != "release" || sheet[0].Late || !sheet[1].Late || sheet[2].Verb != "reject" {
		t.Fatalf("%+v, %v", sheet, err)
	}
}

func TestWhatNobodyCanActOnIsReassigned(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "T1")
	id := o.start(o.paper("ordinary"))
	task := o.get(o.editor, id).Steps[0].Tasks[0].ID
	reassign := func(p *tenancytest.Person, to *tenancytest.Person) error {
		_, err := o.reviews.Reassign(p.Context(), id, task, to.Membership)
		return err
	}
	o.want(reassign(o.editor, o.vice), errs.Conflict, "while he can act")
	stuck, err := o.reviews.StuckReviews(o.admin.Context())
	if err != nil || len(stuck) != 0 {
		t.Fatalf("%+v, %v", stuck, err)
	}
	_, err = o.reviews.Unstick(o.admin.Context(), id, task, o.vice.Membership)
	o.want(err, errs.NotFound, "who keeps the flows sees nothing that goes on")
	o.Withdraw(o.head, "reviewer")
	stuck, err = o.reviews.StuckReviews(o.admin.Context())
	if err != nil || len(stuck) != 1 || stuck[0].Target != task || stuck[0].Name != o.head.Name {
		t.Fatalf("%+v, %v", stuck, err)
	}
	o.want(reassign(o.editor, o.admin), errs.Invalid, "to who may not sign")
	_, err = o.reviews.Unstick(o.admin.Context(), id, task, o.vice.Membership)
	o.want(err, "", "by who keeps the flows")
	o.expect(id, "running c", o.vice)
	o.want(o.approve(o.vice, id), "", "signed")
}

// TestOneStepTakesEffectOnce: six people approve a step for any of them at the same moment. One passes it, the others are told;
// without the lock several pass, which is shown by a service that has none.
func TestOneStepTakesEffectOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var people []*tenancytest.Person
	step := reviews.Step{Title: "或签"}
	for range 6 {
		p := o.PersonAt("", "signer")
		people, step.People = append(people, p), append(step.People, p.Membership)
	}
	o.flow(step, reviews.Step{Title: "签发", Post: "chair"})
	race := func() (passed int) {
		id := o.start(o.paper("ordinary"))
		faults := make([]error, len(people))
		var group sync.WaitGroup
		for i, p := range people {
			group.Go(func() { faults[i] = o.approve(p, id) })
		}
		group.Wait()
		for _, err := range faults {
			if err == nil {
				passed++
			} else if !errs.Is(err, errs.Forbidden) && !errs.Is(err, errs.Conflict) {
				t.Error(err)
			}
		}
		if acts := o.get(o.editor, id).Acts; passed != len(acts)-1 {
			t.Errorf("%d passed, %d acts", passed, len(acts)-1)
		}
		return passed
	}
	for range 5 {
		if n := race(); n != 1 {
			t.Fatalf("%d passed one step", n)
		}
	}
	o.reviews.Unlocked()
	found := false
	for range 20 {
		found = found || race() > 1
	}
	if !found {
		t.Error("the test does not notice when the lock is missing")
	}
}
