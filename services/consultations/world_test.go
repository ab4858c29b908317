package consultations_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/blob"
	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/services/consultations"
	"shangda/services/experts"
	"shangda/services/notices"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// house is a world with consultations about real reports.
type house struct {
	*tenancytest.World
	t             *testing.T
	reports       *reports.Service
	experts       *experts.Service
	consultations *consultations.Service
}

type shown struct{ *reports.Service }

func (s shown) Load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (consultations.Report, error) {
	r, err := s.Service.Load(ctx, q, id)
	if err != nil {
		return consultations.Report{}, err
	}
	return consultations.Report{ID: r.ID, State: string(r.State), Category: r.Category, Title: r.Title, Problem: r.Problem}, nil
}

type directory struct{ *experts.Service }

func (d directory) Find(ctx context.Context, q tenancy.Querier, id uuid.UUID) (consultations.Person, error) {
	e, err := d.Service.Find(ctx, q, id)
	return consultations.Person{Name: e.Name, MembershipID: e.MembershipID, Active: e.Active}, err
}

func newHouse(t *testing.T) *house {
	t.Helper()
	w := tenancytest.New(t)
	bucket, err := blob.Open(context.Background(), "mem://")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bucket.Close() })
	files, told := attachments.New(w.DB, bucket), notices.New(w.DB)
	h := &house{World: w, t: t, reports: reports.New(w.DB, tenancy.NewDirectory(w.Pool()), told, files), experts: experts.New(w.DB)}
	h.consultations = consultations.New(w.DB, shown{h.reports}, directory{h.experts}, told, files)
	h.reports.Invited = []reports.Readers{h.consultations}
	files.Subjects["report"], files.Subjects["opinion"] = h.reports.MayRead, h.consultations.MayRead
	return h
}

// office is a committee with its usual people, and two officers of one inner unit.
type office struct {
	*tenancytest.Tenant
	h                                              *house
	member, expert, editor, reviewer, system, a, b *tenancytest.Person
	unit                                           uuid.UUID
}

func (h *house) office() *office {
	h.t.Helper()
	o := &office{Tenant: h.Tenant("cppcc", "county"), h: h, unit: tenancy.NewID()}
	o.member, o.expert, o.editor, o.reviewer = o.Person("member"), o.Person("member"), o.Person("editor"), o.Person("reviewer")
	o.system, o.a, o.b = o.Person("system_admin"), o.Person("officer"), o.Person("officer")
	h.as(`insert into units (tenant_id, id, name, created_at) values ($1, $2, '提案委', now())`, o.ID, o.unit)
	for _, p := range []*tenancytest.Person{o.a, o.b} {
		h.as(`update memberships set unit_id = $3 where tenant_id = $1 and id = $2`, o.ID, p.Membership, o.unit)
		p.Unit = o.unit
	}
	return o
}

// as runs one statement as superuser.
func (h *house) as(sql string, args ...any) {
	h.t.Helper()
	if _, err := h.TestDB.Admin(h.t).Exec(context.Background(), sql, args...); err != nil {
		h.t.Fatal(err)
	}
}

func (o *office) report() uuid.UUID {
	o.h.t.Helper()
	id := o.h.done(o.h.reports.Create(o.member.Context(), reports.NewReport{Submit: true, Input: reports.Input{
		Text: reports.Text{Title: "公交站台破损", Problem: "全市有23处站台破损。"}, Category: "交通运输"}}))
	return o.h.done(o.h.reports.TakeUp(o.editor.Context(), id))
}

// joint is a joint review by the unit and a department outside, due on 2026-11-09.
func (o *office) joint(report uuid.UUID) uuid.UUID {
	o.h.t.Helper()
	return o.h.done(o.h.consultations.Start(o.editor.Context(), report, consultations.Opening{Kind: "joint", Question: "请把关", Participants: []consultations.Participant{
		{UnitID: &o.unit}, {Department: "市交通局"}}}))
}

func (h *house) done(id uuid.UUID, err error) uuid.UUID {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

func (h *house) refused(kind errs.Kind, err error) {
	h.t.Helper()
	if !errs.Is(err, kind) {
		h.t.Fatalf("%v, want %s", err, kind)
	}
}

func (h *house) sheet(p *tenancytest.Person, id uuid.UUID) consultations.Sheet {
	h.t.Helper()
	c, err := h.consultations.Get(p.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

func (h *house) answer(p *tenancytest.Person, opinion uuid.UUID, verdict string) error {
	_, err := h.consultations.Answer(p.Context(), opinion, consultations.NewOpinion{Verdict: verdict, Opinion: "请补充数据来源。"})
	return err
}

func (h *house) unread(p *tenancytest.Person) []string {
	h.t.Helper()
	items, _, err := notices.New(h.DB).List(p.Context(), true, "", 100)
	if err != nil {
		h.t.Fatal(err)
	}
	list := []string{}
	for _, n := range items {
		list = append(list, n.Text)
	}
	return list
}
