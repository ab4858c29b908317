package attachments

import (
	"context"
	"errors"
	"time"

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
		values ($1, $2, $2, $3, $4, $5, $6, $7, $8) on conflict (tenant_id, id) do nothing`,
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

// findUpload is an upload of the caller's own.
func findUpload(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Upload, error) {
	u, err := tenancy.Get[Upload](ctx, q, `
		select id, name, size, 0::bigint as received, $4::int as max_part from uploads where tenant_id = $1 and id = $2 and membership_id = $3`,
		q.Tenant(), id, q.Principal().Membership, MaxPart)
	if errors.Is(err, pgx.ErrNoRows) {
		return Upload{}, errs.Missing()
	}
	return u, err
}

// findOpen is the upload the caller began before with this fingerprint; none where it is zero.
func findOpen(ctx context.Context, tx *tenancy.Tx, n NewUpload) (uuid.UUID, error) {
	if n.Fingerprint == "" {
		return uuid.Nil, nil
	}
	found, err := tenancy.Scalars[uuid.UUID](ctx, tx, `
		select id from uploads where tenant_id = $1 and membership_id = $2 and fingerprint = $3 and size = $4 order by id desc limit 1`,
		tx.Tenant(), tx.Principal().Membership, n.Fingerprint, n.Size)
	if err != nil || len(found) == 0 {
		return uuid.Nil, err
	}
	return found[0], nil
}

type openUploads struct {
	Files int
	Bytes int64
}

func countOpen(ctx context.Context, tx *tenancy.Tx) (openUploads, error) {
	return tenancy.Get[openUploads](ctx, tx, `
		select count(*)::int as files, coalesce(sum(size), 0)::bigint as bytes from uploads where tenant_id = $1 and membership_id = $2`,
		tx.Tenant(), tx.Principal().Membership)
}

func insertOpen(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n NewUpload) error {
	_, err := tx.Exec(ctx, `
		insert into uploads (tenant_id, id, membership_id, name, size, fingerprint, created_at) values ($1, $2, $3, $4, $5, $6, $7)`,
		tx.Tenant(), id, tx.Principal().Membership, n.Name, n.Size, n.Fingerprint, tx.Now())
	return err
}

func deleteUpload(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	_, err := tx.Exec(ctx, `delete from uploads where tenant_id = $1 and id = $2`, tx.Tenant(), id)
	return err
}

func olderThan(ctx context.Context, q tenancy.Querier, before time.Time) ([]uuid.UUID, error) {
	return tenancy.Scalars[uuid.UUID](ctx, q, `select id from uploads where tenant_id = $1 and created_at < $2 order by id limit 100`, q.Tenant(), before)
}
