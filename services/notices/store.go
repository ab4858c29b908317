package notices

import (
	"context"

	"github.com/google/uuid"

	"shangda/tenancy"
)

func active(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) ([]uuid.UUID, error) {
	return tenancy.Scalars[uuid.UUID](ctx, q, `
		select id from memberships where tenant_id = $1 and id = any($2) and state = 'active'`, q.Tenant(), ids)
}

func holders(ctx context.Context, q tenancy.Querier, roles []string) ([]uuid.UUID, error) {
	return tenancy.Scalars[uuid.UUID](ctx, q, `
		select m.id from memberships m where m.tenant_id = $1 and m.state = 'active'
		   and exists (select from role_holders h where h.tenant_id = $1 and h.membership_id = m.id and h.role = any($2))`, q.Tenant(), roles)
}

func atPost(ctx context.Context, q tenancy.Querier, post, role string) ([]uuid.UUID, error) {
	return tenancy.Scalars[uuid.UUID](ctx, q, `
		select m.id from memberships m where m.tenant_id = $1 and m.state = 'active' and ($2 = '' or m.post = $2)
		   and ($3 = '' or exists (select from role_holders h where h.tenant_id = $1 and h.membership_id = m.id and h.role = $3))`,
		q.Tenant(), post, role)
}

// insert writes the notice to each reader and gives the ids, in the order of the readers.
func insert(ctx context.Context, tx *tenancy.Tx, readers []uuid.UUID, n Notice) ([]uuid.UUID, error) {
	ids := make([]uuid.UUID, len(readers))
	for i := range ids {
		ids[i] = tenancy.NewID()
	}
	_, err := tx.Exec(ctx, `
		insert into notices (tenant_id, id, membership_id, kind, text, subject_kind, subject_id, at)
		select $1, n.id, n.reader, $4, $5, $6, $7, $8 from unnest($2::uuid[], $3::uuid[]) as n(id, reader)`,
		tx.Tenant(), ids, readers, n.Kind, n.Text, n.Subject.Kind, n.Subject.ID, tx.Now())
	return ids, err
}

func countUnread(ctx context.Context, q tenancy.Querier) (int, error) {
	return tenancy.Scalar[int](ctx, q, `
		select count(*) from notices where tenant_id = $1 and membership_id = $2 and read_at is null`, q.Tenant(), q.Principal().Membership)
}

func list(ctx context.Context, q tenancy.Querier, unread bool, after *cursor, limit int) ([]Item, error) {
	if after == nil {
		return tenancy.Collect[Item](ctx, q, `
			select id, kind, text, subject_kind, subject_id, at, read_at from notices
			where tenant_id = $1 and membership_id = $2 and (not $3 or read_at is null)
			order by at desc, id desc limit $4`, q.Tenant(), q.Principal().Membership, unread, limit)
	}
	return tenancy.Collect[Item](ctx, q, `
		select id, kind, text, subject_kind, subject_id, at, read_at from notices
		where tenant_id = $1 and membership_id = $2 and (not $3 or read_at is null) and (at, id) < ($5, $6)
		order by at desc, id desc limit $4`, q.Tenant(), q.Principal().Membership, unread, limit, after.At, after.ID)
}

// newlyRead is what these notices of the caller, unread so far, tell of.
func newlyRead(ctx context.Context, tx *tenancy.Tx, ids []uuid.UUID, all bool) ([]Seen, error) {
	return tenancy.Collect[Seen](ctx, tx, `
		select kind, subject_kind, subject_id, at from notices
		where tenant_id = $1 and membership_id = $2 and read_at is null and ($3 or id = any($4)) order by at for update`,
		tx.Tenant(), tx.Principal().Membership, all, ids)
}

func markRead(ctx context.Context, tx *tenancy.Tx, ids []uuid.UUID, all bool) error {
	_, err := tx.Exec(ctx, `
		update notices set read_at = $3 where tenant_id = $1 and membership_id = $2 and read_at is null and ($4 or id = any($5))`,
		tx.Tenant(), tx.Principal().Membership, tx.Now(), all, ids)
	return err
}
