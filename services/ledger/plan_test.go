package ledger

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// A page of the ledger is read in the order of an index, or from the few rows of one person: its cost does not grow with
// the number of reports.
func TestTheLedgerReadsAnIndex(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	office := w.Tenant("cppcc", "county")
	p := office.Person("editor")
	ctx := context.Background()
	admin := w.TestDB.Admin(t)
	for _, sql := range []string{`
		insert into reports (tenant_id, id, state, title, origin, created_at, updated_at, submitted_at)
		select $1, gen_random_uuid(), case when n % 50 = 0 then 'editing' else (array['kept', 'declined'])[1 + n % 2] end, '停车难', $1, now(), now(), now() - n * interval '1 minute'
		from generate_series(1, 6000) n where $2::uuid is not null`, `
		insert into ledger_entries (tenant_id, report_id, follow_id, assigned_at)
		select $1, id, case when extract(minute from submitted_at) = 7 and extract(hour from submitted_at) < 4 then $2::uuid end, now() from reports where tenant_id = $1`} {
		if _, err := admin.Exec(ctx, sql, office.ID, p.Membership); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := admin.Exec(ctx, `analyze reports, ledger_entries`); err != nil {
		t.Fatal(err)
	}
	q, err := w.DB.Read(p.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, one := range map[string]struct {
		Filter
		indexes []string // one of them
	}{
		"all": {Filter{}, []string{"reports_recent"}}, "state": {Filter{State: "editing"}, []string{"reports_state", "reports_open"}},
		"open": {Filter{Open: true}, []string{"reports_open"}}, "overdue": {Filter{Overdue: true}, []string{"reports_open"}},
		"follow": {Filter{Follow: &p.Membership}, []string{"ledger_entries_follow"}},
	} {
		plan, err := one.Filter.explain(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		read := func(index string) bool { return strings.Contains(plan, index) }
		if !slices.ContainsFunc(one.indexes, read) || strings.Contains(plan, "Seq Scan on reports") {
			t.Errorf("%s:\n%s", name, plan)
		}
	}
}

func (f Filter) explain(ctx context.Context, q tenancy.Querier) (string, error) {
	from, to := f.days()
	now := q.Now()
	lines, err := tenancy.Scalars[string](ctx, q, "explain "+f.statement(), q.Tenant(), farthest.At, farthest.ID, 51, "", "", from, to, f.State, f.Lead, f.Office,
		now, now, now, now, f.Follow, (*uuid.UUID)(nil))
	return strings.Join(lines, "\n"), err
}
