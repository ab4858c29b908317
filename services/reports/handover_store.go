package reports

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

const selectHandover = `
	select h.id, h.report_id, r.title, h.from_id, f.name as from, h.to_id, t.name as to, h.state, h.note, h.answer, h.keep_name, h.offered_at, h.decided_at
	from report_handovers h join reports r on r.tenant_id = h.tenant_id and r.id = h.report_id
	join memberships f on f.tenant_id = h.tenant_id and f.id = h.from_id
	join memberships t on t.tenant_id = h.tenant_id and t.id = h.to_id `

func loadHandover(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Handover, error) {
	h, err := tenancy.Get[Handover](ctx, q, selectHandover+` where h.tenant_id = $1 and h.id = $2`, q.Tenant(), id)
	if errors.Is(err, pgx.ErrNoRows) {
		return h, errs.Missing()
	}
	return h, err
}

func handoversOf(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]Handover, error) {
	return tenancy.Collect[Handover](ctx, q, selectHandover+` where h.tenant_id = $1 and h.report_id = $2 order by h.offered_at, h.id`, q.Tenant(), report)
}

func handoversTo(ctx context.Context, q tenancy.Querier) ([]Handover, error) {
	return tenancy.Collect[Handover](ctx, q, selectHandover+` where h.tenant_id = $1 and h.to_id = $2 and h.state = 'offered' order by h.offered_at desc, h.id`,
		q.Tenant(), q.Principal().Membership)
}

// insertHandover is false where the report is being handed over already.
func insertHandover(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, h Handover) (bool, error) {
	open, err := tenancy.Scalar[bool](ctx, tx, `
		select exists (select from report_handovers where tenant_id = $1 and report_id = $2 and state = 'offered')`, tx.Tenant(), report)
	if err != nil || open {
		return false, err
	}
	_, err = tx.Exec(ctx, `
		insert into report_handovers (tenant_id, id, report_id, from_id, to_id, state, note, keep_name, offered_at, decided_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when $6 = 'accepted' then $9::timestamptz end)`,
		tx.Tenant(), h.ID, report, h.FromID, h.ToID, h.State, h.Note, h.KeepName, tx.Now())
	return true, err
}

func decideHandover(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, state, answer string) error {
	_, err := tx.Exec(ctx, `
		update report_handovers set state = $3, answer = $4, decided_at = $5 where tenant_id = $1 and id = $2`, tx.Tenant(), id, state, answer, tx.Now())
	return err
}
