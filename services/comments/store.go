package comments

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

func ofSubject(ctx context.Context, q tenancy.Querier, subject tenancy.Subject) ([]Comment, error) {
	return tenancy.CollectPart[Comment](ctx, q, `
		select c.id, c.thread_id, c.section, c.quote, c.place, c.text, c.written_by, m.name as by, c.written_at, coalesce(r.name, '') as resolved_by, c.resolved_at
		from comments c join memberships m on m.tenant_id = c.tenant_id and m.id = c.written_by
		left join memberships r on r.tenant_id = c.tenant_id and r.id = c.resolved_by
		where c.tenant_id = $1 and c.subject_kind = $2 and c.subject_id = $3 order by c.written_at, c.id`, q.Tenant(), subject.Kind, subject.ID)
}

// row is what a change must know of a comment.
type row struct {
	SubjectKind string
	SubjectID   uuid.UUID
	ThreadID    *uuid.UUID
	ResolvedAt  *time.Time
}

func lock(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (row, error) {
	r, err := tenancy.Get[row](ctx, tx, `
		select subject_kind, subject_id, thread_id, resolved_at from comments where tenant_id = $1 and id = $2 for update`, tx.Tenant(), id)
	if errors.Is(err, pgx.ErrNoRows) {
		return r, errs.Missing()
	}
	return r, err
}

func insert(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, subject tenancy.Subject, n NewComment) error {
	_, err := tx.Exec(ctx, `
		insert into comments (tenant_id, id, subject_kind, subject_id, thread_id, section, quote, place, text, written_by, written_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		tx.Tenant(), id, subject.Kind, subject.ID, n.Thread, n.Section, n.Quote, n.Place, n.Text, tx.Principal().Membership, tx.Now())
	return err
}

func settle(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, settled bool) error {
	_, err := tx.Exec(ctx, `
		update comments set resolved_by = case when $3 then $4::uuid end, resolved_at = case when $3 then $5::timestamptz end where tenant_id = $1 and id = $2`,
		tx.Tenant(), id, settled, tx.Principal().Membership, tx.Now())
	return err
}

// speakers are who spoke in a thread; of a new comment, who spoke on the subject at all.
func speakers(ctx context.Context, q tenancy.Querier, subject tenancy.Subject, thread *uuid.UUID) ([]uuid.UUID, error) {
	return tenancy.Scalars[uuid.UUID](ctx, q, `
		select distinct written_by from comments
		where tenant_id = $1 and subject_kind = $2 and subject_id = $3 and ($4::uuid is null or id = $4 or thread_id = $4)`,
		q.Tenant(), subject.Kind, subject.ID, thread)
}
