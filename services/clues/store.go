package clues

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

const clueColumns = `id, title, body, source_kind, source_ref, place, category, state, reason, report_id, received_at`

func findClue(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Clue, error) {
	return oneClue(tenancy.Get[Clue](ctx, q, `select `+clueColumns+` from clues where tenant_id = $1 and id = $2`, q.Tenant(), id))
}

func lockClue(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (Clue, error) {
	return oneClue(tenancy.Get[Clue](ctx, tx, `select `+clueColumns+` from clues where tenant_id = $1 and id = $2 for update`, tx.Tenant(), id))
}

func oneClue(c Clue, err error) (Clue, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return c, err
}

func listClues(ctx context.Context, q tenancy.Querier, f Filter, after cursor, limit int) ([]Clue, error) {
	return tenancy.Collect[Clue](ctx, q, `
		select id, title, case when length(body) > 120 then left(body, 120) || '……' else body end as body,
		       source_kind, source_ref, place, category, state, reason, report_id, received_at
		from clues
		where tenant_id = $1 and ($2 = '' or state = $2) and ($3 = '' or category = $3)
		  and ($4 = '' or position(lower($4) in lower(title || ' ' || body || ' ' || source_ref || ' ' || place)) > 0)
		  and (received_at, id) < ($5, $6)
		order by received_at desc, id desc limit $7`,
		q.Tenant(), f.State, f.Category, f.Text, after.At, after.ID, limit)
}

// bySource finds clues by where they came from: reference to id.
func bySource(ctx context.Context, q tenancy.Querier, kind string, refs []string) (map[string]uuid.UUID, error) {
	type row struct {
		SourceRef string
		ID        uuid.UUID
	}
	rows, err := tenancy.Collect[row](ctx, q, `
		select source_ref, id from clues where tenant_id = $1 and source_kind = $2 and source_ref = any($3) and source_ref <> ''`,
		q.Tenant(), kind, refs)
	found := make(map[string]uuid.UUID, len(rows))
	for _, r := range rows {
		found[r.SourceRef] = r.ID
	}
	return found, err
}

// insertClue tells whether the clue is new; it is not where one of the same source is there already.
func insertClue(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n NewClue) (bool, error) {
	var by *uuid.UUID
	if p := tx.Principal(); !p.System() {
		by = &p.Membership
	}
	rows, err := tx.Exec(ctx, `
		insert into clues (tenant_id, id, title, body, source_kind, source_ref, place, category, received_at, created_at, created_by)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		on conflict (tenant_id, source_kind, source_ref) where source_ref <> '' do nothing`,
		tx.Tenant(), id, n.Title, n.Body, n.SourceKind, n.SourceRef, n.Place, n.Category, n.ReceivedAt, tx.Now(), by)
	return rows == 1, err
}

func closeClue(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, state, reason string, report *uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		update clues set state = $3, reason = $4, report_id = $5, version = version + 1 where tenant_id = $1 and id = $2`,
		tx.Tenant(), id, state, reason, report)
	return err
}
