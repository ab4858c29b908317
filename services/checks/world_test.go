package checks_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/blob"
	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/services/checks"
	"shangda/services/notices"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// house is a world with checks of real reports.
type house struct {
	*tenancytest.World
	t       *testing.T
	reports *reports.Service
	checks  *checks.Service
}

// shown is a report as checks see it.
type shown struct{ *reports.Service }

func (s shown) Load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (checks.Report, error) {
	return asReport(s.Service.Load(ctx, q, id))
}

func (s shown) LoadText(ctx context.Context, q tenancy.Querier, id uuid.UUID) (checks.Report, error) {
	return asReport(s.Service.LoadText(ctx, q, id))
}

func asReport(r *reports.Report, err error) (checks.Report, error) {
	if err != nil {
		return checks.Report{}, err
	}
	found := checks.Report{ID: r.ID, State: string(r.State), Class: r.Class, Urgent: r.Urgency != "normal", Category: r.Category, Version: r.Version,
		Title: r.Title, Problem: r.Problem, Cause: r.Cause, Advice: r.Advice}
	if r.AuthorID != nil {
		found.AuthorID = *r.AuthorID
	}
	return found, nil
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
	h := &house{World: w, t: t, reports: reports.New(w.DB, tenancy.NewDirectory(w.Pool()), told, files)}
	h.checks = checks.New(w.DB, shown{h.reports}, told, files)
	h.reports.Gates, h.reports.Invited = []reports.Gate{h.checks}, []reports.Readers{h.checks}
	files.Subjects["report"], files.Subjects["check"] = h.reports.MayRead, h.checks.MayRead
	return h
}

// office is a committee with its usual people, and two officers of one inner unit.
type office struct {
	*tenancytest.Tenant
	h                                                     *house
	member, editor, other, reviewer, signer, system, a, b *tenancytest.Person
	unit                                                  uuid.UUID
}

func (h *house) office() *office {
	h.t.Helper()
	o := &office{Tenant: h.Tenant("cppcc", "county"), h: h, unit: tenancy.NewID()}
	o.member, o.editor, o.other, o.reviewer = o.Person("member"), o.Person("editor"), o.Person("editor"), o.Person("reviewer")
	o.signer, o.system, o.a, o.b = o.Person("signer"), o.Person("system_admin"), o.Person("officer"), o.Person("officer")
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

const problem = "全市有23处站台破损。群众反映强烈。"

func (o *office) report() uuid.UUID {
	o.h.t.Helper()
	id := o.h.done(o.h.reports.Create(o.member.Context(), reports.NewReport{Submit: true, Input: reports.Input{
		Text: reports.Text{Title: "公交站台破损", Problem: problem, Advice: "尽快修缮。"}, Category: "交通运输"}}))
	return o.h.done(o.h.reports.TakeUp(o.editor.Context(), id))
}

// rules puts a change of the shipped rules in force.
func (o *office) rules(change func(*checks.Rules)) {
	o.h.t.Helper()
	r := checks.RuleSetting.Default(o.Tenant.Tenant)
	change(&r)
	if err := checks.RuleSetting.Set(o.system.Context(), o.h.DB, 0, r); err != nil {
		o.h.t.Fatal(err)
	}
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

// edit replaces the problem of the report as the person.
func (h *house) edit(p *tenancytest.Person, id uuid.UUID, problem string) error {
	h.t.Helper()
	v, err := h.reports.Get(p.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	_, err = h.reports.Edit(p.Context(), id, v.Version, reports.Change{Problem: &problem})
	return err
}

// review sends the report for review, as services/reviews does.
func (h *house) review(p *tenancytest.Person, id uuid.UUID) error {
	return h.in(p.Context(), func(ctx context.Context, tx *tenancy.Tx) error {
		return h.reports.BeginReview(ctx, tx, id)
	})
}

func (h *house) sign(p *tenancytest.Person, id uuid.UUID) error {
	return h.in(p.Context(), func(ctx context.Context, tx *tenancy.Tx) error { return h.reports.Sign(ctx, tx, id) })
}

func (h *house) send(p *tenancytest.Person, id uuid.UUID) error {
	return h.in(p.Context(), func(ctx context.Context, tx *tenancy.Tx) error {
		_, err := h.reports.ForSending(ctx, tx, id)
		return err
	})
}

// issue prints the report in an issue, as services/issues does.
func (h *house) issue(p *tenancytest.Person, id uuid.UUID, express bool) error {
	return h.in(p.Context(), func(ctx context.Context, tx *tenancy.Tx) error {
		_, _, err := h.reports.Issue(ctx, tx, id, "第1期", "single", express)
		return err
	})
}

func (h *house) in(ctx context.Context, fn func(ctx context.Context, tx *tenancy.Tx) error) error {
	return h.DB.InTx(ctx, func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "test.step", Subject: tenancy.Subject{Kind: "test", ID: tenancy.NewID()}})
		return fn(ctx, tx)
	})
}

// record is a check of the matter by the person, with that result.
func (h *house) record(p *tenancytest.Person, report uuid.UUID, matter, result string) error {
	_, err := h.checks.Record(p.Context(), report, h.version(report), checks.NewCheck{Matter: matter, Finding: found(result)})
	return err
}

// answer answers a request about the report as it stands.
func (h *house) answer(p *tenancytest.Person, report, check uuid.UUID, result string) error {
	_, err := h.checks.Answer(p.Context(), check, h.version(report), found(result))
	return err
}

// version is the report's, as somebody reads who has it open.
func (h *house) version(report uuid.UUID) int {
	h.t.Helper()
	var version int
	if err := h.TestDB.Admin(h.t).QueryRow(context.Background(), `select version from reports where id = $1`, report).Scan(&version); err != nil {
		h.t.Fatal(err)
	}
	return version
}

func found(result string) checks.Finding {
	return checks.Finding{Method: "phone", Result: result, Note: "已向公交公司核实。"}
}

func (h *house) sheet(p *tenancytest.Person, report uuid.UUID) checks.Sheet {
	h.t.Helper()
	s, err := h.checks.Of(p.Context(), report)
	if err != nil {
		h.t.Fatal(err)
	}
	return s
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
