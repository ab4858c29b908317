package reports

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// A page of a box is read in the order of an index: its cost does not grow with the number of reports.
func TestListsReadAnIndex(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	office := w.Tenant("cppcc", "county")
	p := office.Person("editor")
	ctx := context.Background()
	if _, err := w.TestDB.Admin(t).Exec(ctx, `
		insert into reports (tenant_id, id, state, author_id, title, origin, created_at, updated_at, submitted_at)
		select $1, gen_random_uuid(), (array['submitted', 'kept', 'signed', 'editing'])[1 + n % 4], case when n % 40 = 0 then $2::uuid end, '停车难', $1, now(), now(), now() - n * interval '1 minute'
		from generate_series(1, 4000) n`, office.ID, p.Membership); err != nil {
		t.Fatal(err)
	}
	if _, err := w.TestDB.Admin(t).Exec(ctx, `analyze reports`); err != nil {
		t.Fatal(err)
	}
	q, err := w.DB.Read(p.Context())
	if err != nil {
		t.Fatal(err)
	}
	from, err := parseCursor("")
	if err != nil {
		t.Fatal(err)
	}
	for box, index := range map[string]string{BoxInbox: "reports_state", BoxAll: "reports_recent", BoxMine: "reports_author"} {
		lines, err := tenancy.Scalars[string](ctx, q, `explain `+plainLists[box], q.Tenant(), from.at, from.id, 31, p.Membership, (*uuid.UUID)(nil))
		if err != nil {
			t.Fatal(err)
		}
		if plan := strings.Join(lines, "\n"); !strings.Contains(plan, index) || strings.Contains(plan, "Sort") {
			t.Errorf("%s:\n%s", box, plan)
		}
	}
	lines, err := tenancy.Scalars[string](ctx, q, `explain `+byPriority(plainLists[BoxInbox], 7), q.Tenant(), from.at, from.id, 31, p.Membership, (*uuid.UUID)(nil), 1000)
	if err != nil {
		t.Fatal(err)
	}
	if plan := strings.Join(lines, "\n"); !strings.Contains(plan, "reports_queue") || strings.Contains(plan, "Sort") {
		t.Errorf("by priority:\n%s", plan)
	}
}
