package reviews

import (
	"context"

	"github.com/google/uuid"

	"shangda/tenancy"
)

const chainColumns = `id, name, template, applies_to, active, created_at`

func listChains(ctx context.Context, q tenancy.Querier) ([]Chain, error) {
	chains, err := tenancy.Collect[Chain](ctx, q, `
		select `+chainColumns+` from chains where tenant_id = $1 order by active desc, created_at desc, id desc limit 200`, q.Tenant())
	if err != nil {
		return nil, err
	}
	return withSteps(ctx, q, chains)
}

func findChain(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Chain, error) {
	c, err := oneRow(tenancy.Get[Chain](ctx, q, `select `+chainColumns+` from chains where tenant_id = $1 and id = $2`, q.Tenant(), id))
	if err != nil {
		return c, err
	}
	all, err := withSteps(ctx, q, []Chain{c})
	if err != nil {
		return c, err
	}
	return all[0], nil
}

// activeChain is the chain of a route, locked against being replaced meanwhile; missing where there is none.
func activeChain(ctx context.Context, tx *tenancy.Tx, route string) (Chain, error) {
	return oneRow(tenancy.Get[Chain](ctx, tx, `
		select `+chainColumns+` from chains where tenant_id = $1 and active and $2 = any(applies_to)
		order by created_at desc, id desc limit 1 for share`, tx.Tenant(), route))
}

func withSteps(ctx context.Context, q tenancy.Querier, chains []Chain) ([]Chain, error) {
	ids, at := make([]uuid.UUID, len(chains)), make(map[uuid.UUID]int, len(chains))
	for i, c := range chains {
		ids[i], at[c.ID] = c.ID, i
	}
	type stepOf struct {
		ChainID uuid.UUID
		Step
	}
	all, err := tenancy.Collect[stepOf](ctx, q, `
		select chain_id, no, title, post, role from chain_steps where tenant_id = $1 and chain_id = any($2) order by chain_id, no`, q.Tenant(), ids)
	for _, s := range all {
		c := &chains[at[s.ChainID]]
		c.Steps = append(c.Steps, s.Step)
	}
	return chains, err
}

func insertChain(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, c NewChain) error {
	if _, err := tx.Exec(ctx, `
		insert into chains (tenant_id, id, name, template, applies_to, created_at) values ($1, $2, $3, $4, $5, $6)`,
		tx.Tenant(), id, c.Name, c.Template, c.AppliesTo, tx.Now()); err != nil {
		return err
	}
	for _, s := range c.Steps {
		if _, err := tx.Exec(ctx, `
			insert into chain_steps (tenant_id, chain_id, no, title, post, role) values ($1, $2, $3, $4, $5, $6)`,
			tx.Tenant(), id, s.No, s.Title, s.Post, s.Role); err != nil {
			return err
		}
	}
	return nil
}

// takeOver takes these routes from the chains that have them. A chain that keeps none ends.
func takeOver(ctx context.Context, tx *tenancy.Tx, routes []string) error {
	_, err := tx.Exec(ctx, `
		update chains set version = version + 1, active = not applies_to <@ $2,
		    applies_to = case when applies_to <@ $2 then applies_to else array(select r from unnest(applies_to) r where r <> all($2)) end
		where tenant_id = $1 and active and applies_to && $2`, tx.Tenant(), routes)
	return err
}

// endChain ends an active chain and tells whether it was one.
func endChain(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (bool, error) {
	n, err := tx.Exec(ctx, `update chains set version = version + 1, active = false where tenant_id = $1 and id = $2 and active`, tx.Tenant(), id)
	return n == 1, err
}

// lockChains keeps two changes of a tenant's chains from passing each other.
func lockChains(ctx context.Context, tx *tenancy.Tx) error {
	_, err := tenancy.Scalars[uuid.UUID](ctx, tx, `select id from chains where tenant_id = $1 and active order by id for update`, tx.Tenant())
	return err
}

func knownRoles(ctx context.Context, tx *tenancy.Tx, roles []string) (int, error) {
	return tenancy.Scalar[int](ctx, tx, `select count(*) from roles where tenant_id = $1 and code = any($2)`, tx.Tenant(), roles)
}
