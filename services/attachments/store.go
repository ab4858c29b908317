package attachments

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// row is an attachment with where it belongs.
type row struct {
	Attachment
	File        uuid.UUID
	SubjectKind string
	SubjectID   uuid.UUID
	Uploader    uuid.UUID
}

const rowColumns = `
	id, file, name, type, size, digest, subject_kind,
	coalesce(subject_id, '00000000-0000-0000-0000-000000000000') as subject_id,
	coalesce(membership_id, '00000000-0000-0000-0000-000000000000') as uploader`

func load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (row, error) {
	r, err := tenancy.Get[row](ctx, q, `select `+rowColumns+` from attachments where tenant_id = $1 and id = $2`, q.Tenant(), id)
	if errors.Is(err, pgx.ErrNoRows) {
		return row{}, errs.Missing()
	}
	return r, err
}

func ofSubject(ctx context.Context, q tenancy.Querier, s tenancy.Subject) ([]row, error) {
	return tenancy.Collect[row](ctx, q, `
		select `+rowColumns+` from attachments where tenant_id = $1 and subject_kind = $2 and subject_id = $3 order by created_at, id`,
		q.Tenant(), s.Kind, s.ID)
}

func insertUpload(ctx context.Context, tx *tenancy.Tx, a Attachment) error {
	_, err := tx.Exec(ctx, `
		insert into attachments (tenant_id, id, file, name, type, size, digest, membership_id, created_at)
		values ($1, $2, $2, $3, $4, $5, $6, $7, $8)`,
		tx.Tenant(), a.ID, a.Name, a.Type, a.Size, []byte(a.Digest), tx.Principal().Membership, tx.Now())
	return err
}

func claim(ctx context.Context, tx *tenancy.Tx, ids []uuid.UUID, s tenancy.Subject) (int64, error) {
	return tx.Exec(ctx, `
		update attachments set subject_kind = $4, subject_id = $5
		where tenant_id = $1 and id = any($2) and ((subject_kind = '' and membership_id = $3) or (subject_kind = $4 and subject_id = $5))`,
		tx.Tenant(), ids, tx.Principal().Membership, s.Kind, s.ID)
}

func release(ctx context.Context, tx *tenancy.Tx, keep []uuid.UUID, s tenancy.Subject) error {
	_, err := tx.Exec(ctx, `
		update attachments set subject_kind = '', subject_id = null
		where tenant_id = $1 and membership_id = $3 and subject_kind = $4 and subject_id = $5 and id <> all(coalesce($2::uuid[], '{}'))`,
		tx.Tenant(), keep, tx.Principal().Membership, s.Kind, s.ID)
	return err
}

func insertReceived(ctx context.Context, tx *tenancy.Tx, r row) error {
	_, err := tx.Exec(ctx, `
		insert into attachments (tenant_id, id, file, subject_kind, subject_id, name, type, size, digest, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (tenant_id, id) do nothing`,
		tx.Tenant(), r.ID, r.File, r.SubjectKind, r.SubjectID, r.Name, r.Type, r.Size, []byte(r.Digest), tx.Now())
	return err
}
