package proposals

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

const columns = `p.id, p.report_id, p.title, p.situation, p.advice, p.state, p.created_by as owner_id, m.name as owner_name, p.created_at, p.updated_at, p.version
	from proposals p join memberships m on m.tenant_id = p.tenant_id and m.id = p.created_by where p.tenant_id = $1 `

func find(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Proposal, error) {
	return one(tenancy.Get[Proposal](ctx, q, `select `+columns+`and p.id = $2`, q.Tenant(), id))
}

func lock(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (Proposal, error) {
	return one(tenancy.Get[Proposal](ctx, tx, `select `+columns+`and p.id = $2 for update of p`, tx.Tenant(), id))
}

func one(p Proposal, err error) (Proposal, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return p, err
}

func list(ctx context.Context, q tenancy.Querier, f Filter, owner *uuid.UUID, after cursor, limit int) ([]Proposal, error) {
	found, err := tenancy.Collect[Proposal](ctx, q, `select `+columns+`
		and ($2 = '' or p.state = $2) and ($3 = '' or position(lower($3) in lower(p.title || ' ' || p.situation || ' ' || p.advice)) > 0)
		and ($4::uuid is null or p.report_id = $4) and ($5::uuid is null or p.created_by = $5)
		and (p.updated_at, p.id) < ($6, $7) order by p.updated_at desc, p.id desc limit $8`,
		q.Tenant(), f.State, f.Text, f.ReportID, owner, after.At, after.ID, limit)
	for i := range found {
		if r := []rune(found[i].Situation); len(r) > 120 {
			found[i].Situation = string(r[:120]) + "……"
		}
		found[i].Advice = ""
	}
	return found, err
}

func insert(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, report *uuid.UUID, t Text) error {
	_, err := tx.Exec(ctx, `
		insert into proposals (tenant_id, id, report_id, title, situation, advice, created_by, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
		tx.Tenant(), id, report, t.Title, t.Situation, t.Advice, tx.Principal().Membership, tx.Now())
	return err
}

func save(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, t Text, state string) error {
	_, err := tx.Exec(ctx, `
		update proposals set title = $3, situation = $4, advice = $5, state = $6, updated_at = $7, version = version + 1 where tenant_id = $1 and id = $2`,
		tx.Tenant(), id, t.Title, t.Situation, t.Advice, state, tx.Now())
	return err
}
