package reviews

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/services/reviews/flow"
	"shangda/tenancy"
)

const chainColumns = `id, name, template, applies_to, active, created_at, steps, condition, green, follow`

type chainRow struct {
	ID        uuid.UUID
	Name      string
	Template  string
	AppliesTo []string
	Active    bool
	CreatedAt time.Time
	Steps     []flow.Step
	Condition flow.Condition
	Green     []string
	Follow    []string
}

func (r chainRow) chain() Chain {
	return Chain{ID: r.ID, Active: r.Active, CreatedAt: r.CreatedAt, Flow: flow.Flow{
		Name: r.Name, Template: r.Template, AppliesTo: r.AppliesTo, When: r.Condition, Green: r.Green, Then: r.Follow, Steps: r.Steps,
	}}
}

func chainsOf(rows []chainRow, err error) ([]Chain, error) {
	chains := make([]Chain, len(rows))
	for i, r := range rows {
		chains[i] = r.chain()
	}
	return chains, err
}

func listChains(ctx context.Context, q tenancy.Querier) ([]Chain, error) {
	return chainsOf(tenancy.Collect[chainRow](ctx, q, `
		select `+chainColumns+` from chains where tenant_id = $1 order by active desc, created_at desc, id desc limit 200`, q.Tenant()))
}

func findChain(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Chain, error) {
	r, err := oneRow(tenancy.Get[chainRow](ctx, q, `select `+chainColumns+` from chains where tenant_id = $1 and id = $2`, q.Tenant(), id))
	return r.chain(), err
}

// activeChains are those in use, newest first.
func activeChains(ctx context.Context, q tenancy.Querier) ([]Chain, error) {
	return chainsOf(tenancy.Collect[chainRow](ctx, q, `
		select `+chainColumns+` from chains where tenant_id = $1 and active order by created_at desc, id desc`, q.Tenant()))
}

// keepChains locks the flows in use against being replaced meanwhile.
func keepChains(ctx context.Context, tx *tenancy.Tx) ([]Chain, error) {
	return chainsOf(tenancy.Collect[chainRow](ctx, tx, `
		select `+chainColumns+` from chains where tenant_id = $1 and active order by created_at desc, id desc for share`, tx.Tenant()))
}

func insertChain(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, c NewChain) error {
	_, err := tx.Exec(ctx, `
		insert into chains (tenant_id, id, name, template, applies_to, steps, condition, condition_key, green, follow, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		tx.Tenant(), id, c.Name, c.Template, c.AppliesTo, c.Steps, c.When, c.When.Key(), list(c.Green), list(c.Then), tx.Now())
	return err
}

// list is never null.
func list[T any](values []T) []T {
	if values == nil {
		return []T{}
	}
	return values
}

// takeOver takes these routes from the flows that have them under the same condition. A flow that keeps none ends.
func takeOver(ctx context.Context, tx *tenancy.Tx, routes []string, condition string) error {
	_, err := tx.Exec(ctx, `
		update chains set version = version + 1, active = not applies_to <@ $2,
		    applies_to = case when applies_to <@ $2 then applies_to else array(select r from unnest(applies_to) r where r <> all($2)) end
		where tenant_id = $1 and active and applies_to && $2 and condition_key = $3`, tx.Tenant(), routes, condition)
	return err
}

// endChain ends an active flow and tells whether it was one.
func endChain(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (bool, error) {
	n, err := tx.Exec(ctx, `update chains set version = version + 1, active = false where tenant_id = $1 and id = $2 and active`, tx.Tenant(), id)
	return n == 1, err
}

// lockChains keeps two changes of a tenant's flows from passing each other.
func lockChains(ctx context.Context, tx *tenancy.Tx) error {
	_, err := tenancy.Scalars[uuid.UUID](ctx, tx, `select id from chains where tenant_id = $1 and active order by id for update`, tx.Tenant())
	return err
}

func knownRoles(ctx context.Context, tx *tenancy.Tx, roles []string) (int, error) {
	return tenancy.Scalar[int](ctx, tx, `select count(*) from roles where tenant_id = $1 and code = any($2)`, tx.Tenant(), roles)
}

// knownPeople counts the active members of the business among these.
func knownPeople(ctx context.Context, tx *tenancy.Tx, ids []uuid.UUID) (int, error) {
	return tenancy.Scalar[int](ctx, tx, `
		select count(*) from memberships where tenant_id = $1 and state = 'active' and class = 'business' and id = any($2)`, tx.Tenant(), ids)
}

type charge struct {
	Category     string
	MembershipID uuid.UUID
	Name         string
}

func charges(ctx context.Context, q tenancy.Querier) ([]charge, error) {
	return tenancy.Collect[charge](ctx, q, `
		select f.category, f.membership_id, m.name from fields_in_charge f
		join memberships m on m.tenant_id = f.tenant_id and m.id = f.membership_id
		where f.tenant_id = $1 order by f.category`, q.Tenant())
}

func putCharges(ctx context.Context, tx *tenancy.Tx, categories []string, members []uuid.UUID) error {
	if _, err := tx.Exec(ctx, `delete from fields_in_charge where tenant_id = $1 and category <> all($2)`, tx.Tenant(), categories); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		insert into fields_in_charge (tenant_id, category, membership_id) select $1, c, m from unnest($2::text[], $3::uuid[]) as t(c, m)
		on conflict (tenant_id, category) do update set membership_id = excluded.membership_id`, tx.Tenant(), categories, members)
	return err
}

// inCharge is who is in charge of the category; the nil id for nobody.
func inCharge(ctx context.Context, q tenancy.Querier, category string) (uuid.UUID, error) {
	found, err := tenancy.Scalars[uuid.UUID](ctx, q, `
		select membership_id from fields_in_charge where tenant_id = $1 and category = $2`, q.Tenant(), category)
	if err != nil || len(found) == 0 {
		return uuid.Nil, err
	}
	return found[0], nil
}
