package reviews_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/notices"
	"shangda/services/reviews"
	"shangda/services/reviews/flow"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// papers are the subjects under review: who owns them and what has become of them.
type papers map[uuid.UUID]*paper

type paper struct {
	tenant           int32
	route, state     string
	category, source string
	text             reviews.Text
	returned         string
	hiddenFrom       uuid.UUID
}

func (ps papers) of(q tenancy.Querier, id uuid.UUID) (*paper, error) {
	if p := ps[id]; p != nil && p.tenant == q.Tenant() {
		return p, nil
	}
	return nil, errs.Missing()
}

func (ps papers) MayRead(_ context.Context, q tenancy.Querier, id uuid.UUID) error {
	p, err := ps.of(q, id)
	if err == nil && p.hiddenFrom == q.Principal().Membership {
		err = errs.Missing()
	}
	return err
}

func (ps papers) Matter(_ context.Context, q tenancy.Querier, id uuid.UUID) (reviews.Matter, error) {
	p, err := ps.of(q, id)
	if err != nil {
		return reviews.Matter{}, err
	}
	m := reviews.Matter{Text: p.text, Case: flow.Case{Class: p.route, Urgency: "normal", Category: p.category, Source: p.source}}
	if p.route == "urgent" {
		m.Class, m.Urgency = "ordinary", "urgent"
	}
	return m, nil
}

func (ps papers) BeginReview(_ context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	p, err := ps.of(tx, id)
	if err == nil && p.state != "editing" {
		err = errs.New(errs.Conflict, "不在编辑中")
	}
	return err
}

func (ps papers) ReviewText(_ context.Context, tx *tenancy.Tx, id uuid.UUID, t reviews.Text) error {
	ps[id].text = t
	return nil
}

func (ps papers) Sign(_ context.Context, _ *tenancy.Tx, id uuid.UUID) error {
	ps[id].state = "signed"
	return nil
}

func (ps papers) ReviewReturned(_ context.Context, _ *tenancy.Tx, id uuid.UUID, opinion string) error {
	ps[id].state, ps[id].returned = "editing", opinion
	return nil
}

func (ps papers) ReviewToAuthor(_ context.Context, _ *tenancy.Tx, id uuid.UUID, opinion string) error {
	ps[id].state, ps[id].returned = "returned", opinion
	return nil
}

func (ps papers) ReviewWithdrawn(_ context.Context, _ *tenancy.Tx, id uuid.UUID) error {
	ps[id].state = "editing"
	return nil
}

func (ps papers) ReviewReopened(_ context.Context, _ *tenancy.Tx, id uuid.UUID) error {
	ps[id].state = "reviewing"
	return nil
}

// office is a committee with everybody whom the shipped chains wait for.
type office struct {
	*tenancytest.World
	*tenancytest.Tenant
	t       *testing.T
	papers  papers
	reviews *reviews.Service
	admin, editor, officer, head, committee,
	secretary, vice, chair *tenancytest.Person
}

func newOffice(t *testing.T, templates ...string) *office {
	t.Helper()
	w := tenancytest.New(t)
	o := &office{World: w, Tenant: w.Tenant("cppcc", "county"), t: t, papers: papers{}}
	o.reviews = reviews.New(w.DB, tenancy.NewDirectory(w.Pool()), notices.New(w.DB), o.papers)
	o.admin, o.editor = o.Person("system_admin"), o.Person("editor")
	o.officer, o.head = o.PersonAt("information_officer", "editor", "reviewer"), o.PersonAt("office_head", "reviewer")
	o.committee, o.secretary = o.PersonAt("committee_head", "reviewer"), o.PersonAt("secretary_general", "reviewer")
	o.vice, o.chair = o.PersonAt("vice_chair", "signer"), o.PersonAt("chair", "signer", "leader")
	for _, template := range templates {
		for _, c := range reviews.FromTemplate(template) {
			if _, err := o.reviews.CreateChain(o.admin.Context(), c); err != nil {
				t.Fatal(err)
			}
		}
	}
	return o
}

func (o *office) paper(route string) uuid.UUID {
	id := tenancy.NewID()
	o.papers[id] = &paper{tenant: o.Tenant.ID, route: route, state: "editing", text: reviews.Text{Title: "关于某事的建议"}}
	return id
}

func (o *office) start(report uuid.UUID) uuid.UUID {
	o.t.Helper()
	id, err := o.reviews.Start(o.editor.Context(), report)
	if err != nil {
		o.t.Fatal(err)
	}
	o.papers[report].state = "reviewing"
	return id
}

func (o *office) approve(p *tenancytest.Person, id uuid.UUID) error {
	_, err := o.reviews.Approve(p.Context(), id, "同意", nil)
	return err
}

func (o *office) giveBack(p *tenancytest.Person, id uuid.UUID, to int) error {
	_, err := o.reviews.Return(p.Context(), id, "请补充数据", to)
	return err
}

func (o *office) want(err error, kind errs.Kind, what string) {
	o.t.Helper()
	if kind == "" && err != nil || kind != "" && !errs.Is(err, kind) {
		o.t.Fatalf("%s: %v, want %q", what, err, kind)
	}
}

// states are the states of the steps, as the person sees them, and whether the review waits for that person.
func (o *office) states(p *tenancytest.Person, id uuid.UUID) (string, bool) {
	o.t.Helper()
	r, err := o.reviews.Get(p.Context(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	short := map[string]string{"waiting": "w", "current": "c", "approved": "a", "returned": "r", "held": "h", "late": "l", "objected": "o", "dropped": "d"}
	all := r.State + " "
	for _, s := range r.Steps {
		all += short[s.State]
	}
	return all, slices.Contains(r.Can, "approve")
}

func (o *office) expect(id uuid.UUID, states string, waitsFor *tenancytest.Person) {
	o.t.Helper()
	for _, p := range []*tenancytest.Person{o.editor, o.officer, o.head, o.committee, o.secretary, o.vice, o.chair} {
		got, can := o.states(p, id)
		if got != states || can != (p == waitsFor) {
			o.t.Fatalf("%s sees %q and may act: %t; want %q, the turn of %v", p.Post, got, can, states, waitsFor)
		}
		q, err := o.DB.Read(p.Context())
		if err != nil {
			o.t.Fatal(err)
		}
		waiting, err := o.reviews.WaitingFor(p.Context(), q)
		if err != nil || (len(waiting) == 1) != (p == waitsFor) {
			o.t.Fatalf("%s: waiting %v, %v", p.Post, waiting, err)
		}
	}
}

// unread is the newest notice of the person, empty without one.
func (o *office) notice(p *tenancytest.Person) string {
	o.t.Helper()
	items, _, err := notices.New(o.DB).List(p.Context(), true, "", 1)
	if err != nil {
		o.t.Fatal(err)
	}
	if len(items) == 0 {
		return ""
	}
	return items[0].Text
}

func (o *office) events(report uuid.UUID) []string {
	o.t.Helper()
	q, err := o.DB.Read(o.editor.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	kinds, err := tenancy.Scalars[string](context.Background(), q, `
		select kind || ' ' || coalesce(detail->>'step', '') || ' ' || coalesce(detail->>'opinion', '')
		from events where tenant_id = $1 and subject_id = $2 order by id`, q.Tenant(), report)
	if err != nil {
		o.t.Fatal(err)
	}
	return kinds
}

func TestImportantReportsPassThreeStepsInTurn(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "T1")
	report := o.paper("important")
	id := o.start(report)
	o.expect(id, "running cww", o.head)
	if got := o.notice(o.head); got != "《关于某事的建议》等待您审签（研究室编审）" {
		t.Fatalf("the head is told %q", got)
	}
	o.want(o.approve(o.secretary, id), errs.Forbidden, "out of turn")
	o.want(o.approve(o.editor, id), errs.Forbidden, "whoever sent it")
	o.want(o.giveBack(o.chair, id, 0), errs.Forbidden, "returned out of turn")
	o.want(o.approve(o.head, id), "", "first step")
	o.want(o.approve(o.head, id), errs.Conflict, "twice")
	o.expect(id, "running acw", o.secretary)
	edited := reviews.Text{Title: "关于另一件事的建议", Problem: "问题", Cause: "原因", Advice: "建议"}
	if _, err := o.reviews.Approve(o.secretary.Context(), id, "文字作了调整", &edited); err != nil {
		t.Fatal(err)
	}
	if o.papers[report].text != edited || o.notice(o.chair) != "《关于另一件事的建议》等待您审签（主席审定）" {
		t.Fatalf("text %+v, the chair is told %q", o.papers[report].text, o.notice(o.chair))
	}
	o.want(o.approve(o.chair, id), "", "last step")
	o.expect(id, "signed aaa", nil)
	o.want(o.approve(o.chair, id), errs.Conflict, "after the end")
	if o.papers[report].state != "signed" || o.notice(o.editor) != "《关于另一件事的建议》已审签完毕，可以报送" {
		t.Fatalf("%+v, the editor is told %q", o.papers[report], o.notice(o.editor))
	}
	got := o.events(report)
	want := []string{"report.review_started 研究室编审 ", "report.step_approved 研究室编审 同意", "report.step_approved 秘书长初审 文字作了调整", "report.step_approved 主席审定 同意"}
	if len(got) != len(want) {
		t.Fatalf("%q", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%q, want %q", got[i], want[i])
		}
	}
}

func TestReturnAndAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "T1")
	report := o.paper("important")
	id := o.start(report)
	o.want(o.approve(o.head, id), "", "first")
	o.want(o.approve(o.secretary, id), "", "second")
	if _, err := o.reviews.Return(o.chair.Context(), id, "", 0); !errs.Is(err, errs.Invalid) {
		t.Fatalf("without an opinion: %v", err)
	}
	o.want(o.giveBack(o.chair, id, 3), errs.Invalid, "to itself")
	o.want(o.giveBack(o.chair, id, -2), errs.Invalid, "to nowhere")

	o.want(o.giveBack(o.chair, id, 1), "", "to the first step")
	o.expect(id, "running cwr", o.head)
	o.want(o.approve(o.chair, id), errs.Forbidden, "after returning it")
	o.want(o.approve(o.head, id), "", "first again")
	o.want(o.approve(o.secretary, id), "", "second again")
	o.expect(id, "running aac", o.chair)

	o.want(o.giveBack(o.chair, id, 0), "", "to the editor")
	o.expect(id, "returned aar", nil)
	if p := o.papers[report]; p.state != "editing" || p.returned != "请补充数据" {
		t.Fatalf("%+v", p)
	}
	if got := o.notice(o.editor); got != "《关于某事的建议》在“主席审定”环节退回：请补充数据" {
		t.Fatalf("the editor is told %q", got)
	}
	again := o.start(report)
	all, err := o.reviews.Of(o.editor.Context(), report)
	if err != nil || len(all) != 2 || all[0].ID != id || all[1].ID != again || all[1].Steps[0].State != "current" {
		t.Fatalf("%+v, %v", all, err)
	}
	if _, err := o.reviews.Start(o.editor.Context(), report); !errs.Is(err, errs.Conflict) {
		t.Fatalf("started twice: %v", err)
	}
}

func TestEachRouteHasItsChain(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "T3")
	id := o.start(o.paper("urgent"))
	o.expect(id, "running cw", o.committee)
	o.want(o.approve(o.committee, id), "", "first")
	o.want(o.approve(o.vice, id), "", "second")
	ordinary := o.start(o.paper("ordinary"))
	for _, p := range []*tenancytest.Person{o.officer, o.committee, o.vice} {
		o.want(o.approve(p, ordinary), "", p.Post)
	}
	o.expect(ordinary, "signed aaa", nil)
	important := o.start(o.paper("important"))
	o.expect(important, "running cwww", o.officer)
}

func TestWithoutAChainOrWithoutPeopleNothingStarts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	report := o.paper("ordinary")
	_, err := o.reviews.Start(o.editor.Context(), report)
	if !errs.Is(err, errs.Conflict) || err.Error() != "conflict: 本单位还没有设置“一般”信息的审签流程，请联系系统管理员" {
		t.Fatal(err)
	}
	// Nobody is head of the party here; a member with the post but without the right does not help.
	o.PersonAt("party_head", "member")
	if _, err := o.reviews.CreateChain(o.admin.Context(), reviews.FromTemplate("P1")[0]); err != nil {
		t.Fatal(err)
	}
	_, err = o.reviews.Start(o.editor.Context(), report)
	if !errs.Is(err, errs.Conflict) || err.Error() != "conflict: 第 1 个环节“主委审签”目前没有可以审签的人员，请联系系统管理员" {
		t.Fatal(err)
	}
	o.PersonAt("party_head", "leader")
	o.start(report)
}

func TestAWithdrawnRightStopsTheStep(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "T1")
	id := o.start(o.paper("ordinary"))
	o.Withdraw(o.head, "reviewer")
	o.want(o.approve(o.head, id), errs.Forbidden, "without the role")
}

func TestWhoMayNotReadAReportMayNotPassIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "T1")
	report := o.paper("ordinary")
	id := o.start(report)
	o.papers[report].hiddenFrom = o.head.Membership
	o.want(o.approve(o.head, id), errs.NotFound, "unread")
	o.want(o.giveBack(o.head, id, 0), errs.NotFound, "unread")
	if _, err := o.reviews.Of(o.head.Context(), report); !errs.Is(err, errs.NotFound) {
		t.Fatal(err)
	}
}
