package certificates_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/internal/limit"
	"shangda/services/certificates"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// house is a world with certificates on reports of its own making.
type house struct {
	*tenancytest.World
	t            *testing.T
	certificates *certificates.Service
	reports      *shelf
}

// shelf shows reports to their own tenant, with the adoptions that a test gave them.
type shelf struct {
	adopted map[uuid.UUID][]certificates.Adoption
}

func (s *shelf) Load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (certificates.Report, error) {
	found, err := tenancy.Scalars[string](ctx, q, `select title from reports where tenant_id = $1 and id = $2`, q.Tenant(), id)
	if err != nil || len(found) == 0 || q.Principal().Class != "business" || !q.Principal().HasRole("editor") && !q.Principal().HasRole("officer") {
		return certificates.Report{}, errs.Missing()
	}
	return certificates.Report{ID: id, Title: found[0], Authors: []certificates.Author{{Name: "欧阳小明", Title: "委员"}, {Name: "李红"}}, Adopted: s.adopted[id]}, nil
}

func newHouse(t *testing.T) *house {
	t.Helper()
	w := tenancytest.New(t)
	h := &house{World: w, t: t, reports: &shelf{adopted: map[uuid.UUID][]certificates.Adoption{}}}
	h.certificates = certificates.NewService(w.DB, tenancy.NewDirectory(w.Pool()), h.reports)
	h.certificates.Limit = limit.New(nil)
	return h
}

// office is a committee with an editor, and somebody who may read but not issue.
type office struct {
	*tenancytest.Tenant
	h              *house
	editor, reader *tenancytest.Person
}

func (h *house) office() *office {
	o := &office{Tenant: h.Tenant("cppcc", "county"), h: h}
	o.editor, o.reader = o.Person("editor"), o.Person("officer")
	return o
}

// adopted is a report that the unit adopted, with the adoption's event.
func (o *office) adopted() (report, event uuid.UUID) {
	o.h.t.Helper()
	report, event = tenancy.NewID(), tenancy.NewID()
	now := o.h.Clock.Now()
	o.as(`insert into reports (tenant_id, id, state, title, origin, created_at, updated_at) values ($1, $2, 'taken_up', '公交站台破损', $1, $3, $3)`, o.ID, report, now)
	o.as(`insert into report_outcomes (tenant_id, report_id, origin_event, decider, decider_report, no, outcome, form, level, occurred_at, received_at)
		values ($1, $2, $3, $1, $2, 1, 'adopted', 'single', 'county', $4, $4)`, o.ID, report, event, now)
	o.h.reports.adopted[report] = []certificates.Adoption{{Event: event, Decider: o.Tenant.Name, Level: "county", Form: "single", At: now}}
	return report, event
}

func (o *office) as(sql string, args ...any) {
	o.h.t.Helper()
	if _, err := o.h.TestDB.Admin(o.h.t).Exec(context.Background(), sql, args...); err != nil {
		o.h.t.Fatal(err)
	}
}

// issue makes one out and reads it.
func (o *office) issue(report, event uuid.UUID, person string) certificates.Certificate {
	o.h.t.Helper()
	id, err := o.h.certificates.Issue(o.editor.Context(), report, certificates.New{Event: event, Person: person})
	if err != nil {
		o.h.t.Fatal(err)
	}
	c, err := o.h.certificates.Get(o.editor.Context(), id)
	if err != nil {
		o.h.t.Fatal(err)
	}
	return c
}

func (h *house) refused(kind errs.Kind, err error) {
	h.t.Helper()
	if !errs.Is(err, kind) {
		h.t.Fatalf("%v, want %s", err, kind)
	}
}

// verify asks from an address of its own, an hour after whatever was asked before.
func (h *house) verify(number, code string) certificates.Answer {
	h.t.Helper()
	h.Clock.Advance(time.Hour)
	a, err := h.certificates.Verify(context.Background(), number, code, "198.51.100.7")
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}
