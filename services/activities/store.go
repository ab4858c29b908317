package activities

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/clock"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// row is an activity as it is kept.
type row struct {
	ID                       uuid.UUID
	Sender                   *int32
	SenderActivity           *uuid.UUID
	Revision                 int
	Kind, Title, Body, Place string
	StartsAt, EndsAt         time.Time
	State, Reason            string
	Version                  int
	Open                     int
	Mine                     bool
}

const columns = `
	select a.id, a.sender, a.sender_activity, a.revision, a.kind, a.title, a.body, a.place, a.starts_at, a.ends_at, a.state, a.reason, a.version,
	       (select count(*) from activity_tasks t where t.tenant_id = a.tenant_id and t.activity_id = a.id and t.state = 'open')::int as open,
	       exists (select from activity_tasks t where t.tenant_id = a.tenant_id and t.activity_id = a.id and t.state = 'open' and $2 = any(t.members)) as mine
	from activities a where a.tenant_id = $1 `

func one(r row, err error) (row, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return r, err
}

func find(ctx context.Context, q tenancy.Querier, id uuid.UUID) (row, error) {
	return one(tenancy.Get[row](ctx, q, columns+`and a.id = $3`, q.Tenant(), q.Principal().Membership, id))
}

func lock(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (row, error) {
	return one(tenancy.Get[row](ctx, tx, columns+`and a.id = $3 for update of a`, tx.Tenant(), tx.Principal().Membership, id))
}

// lockReceived is what a sender's activity became here.
func lockReceived(ctx context.Context, tx *tenancy.Tx, sender int32, activity uuid.UUID) (row, error) {
	return one(tenancy.Get[row](ctx, tx, columns+`and a.sender = $3 and a.sender_activity = $4 for update of a`, tx.Tenant(), tx.Principal().Membership, sender, activity))
}

// list is what happens between two moments, in the order of the calendar.
func list(ctx context.Context, q tenancy.Querier, from, to time.Time, kind string) ([]row, error) {
	return tenancy.Collect[row](ctx, q, columns+`
		and a.starts_at < $4 and a.ends_at >= $3 and a.starts_at > $3 - interval '367 days' and ($5 = '' or a.kind = $5) order by a.starts_at, a.id limit 1000`,
		q.Tenant(), q.Principal().Membership, from, to, kind)
}

func insert(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n NewActivity, from *letterFrom) error {
	var sender *int32
	var activity *uuid.UUID
	revision, state, reason, by := 1, Planned, "", &tx.Principal().Membership
	if from != nil {
		sender, activity, revision, state, reason, by = &from.tenant, &from.Activity, from.Revision, from.State, from.Reason, nil
	}
	_, err := tx.Exec(ctx, `
		insert into activities (tenant_id, id, sender, sender_activity, revision, kind, title, body, place, starts_at, ends_at, state, reason, created_by, created_at, updated_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)`,
		tx.Tenant(), id, sender, activity, revision, n.Kind, n.Title, n.Body, n.Place, n.StartsAt, n.EndsAt, state, reason, by, tx.Now())
	return err
}

func save(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n NewActivity, revision int, state, reason string) error {
	_, err := tx.Exec(ctx, `
		update activities set kind = $3, title = $4, body = $5, place = $6, starts_at = $7, ends_at = $8, revision = $9, state = $10, reason = $11,
			updated_at = $12, version = version + 1
		where tenant_id = $1 and id = $2`,
		tx.Tenant(), id, n.Kind, n.Title, n.Body, n.Place, n.StartsAt, n.EndsAt, revision, state, reason, tx.Now())
	return err
}

// below are the units that report to this one now.
func below(ctx context.Context, q tenancy.Querier) ([]int32, error) {
	return tenancy.Scalars[int32](ctx, q, `
		select l.lower from platform.lines l join platform.tenants t on t.id = l.lower
		where l.upper = $1 and t.state = 'active' and l.stopped_at is null
		  and ($2::timestamptz at time zone 'Asia/Shanghai')::date >= l.valid_from and ($2::timestamptz at time zone 'Asia/Shanghai')::date < l.valid_to
		order by t.level, t.name`, q.Tenant(), q.Now())
}

type sendingRow struct {
	Recipient int32
	LetterID  uuid.UUID
	Revision  int
	SentAt    time.Time
}

func sendings(ctx context.Context, q tenancy.Querier, id uuid.UUID) ([]sendingRow, error) {
	return tenancy.Collect[sendingRow](ctx, q, `
		select recipient, letter_id, revision, sent_at from activity_sendings where tenant_id = $1 and activity_id = $2 order by recipient`, q.Tenant(), id)
}

func saveSending(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, to int32, letter uuid.UUID, revision int) error {
	_, err := tx.Exec(ctx, `
		insert into activity_sendings (tenant_id, activity_id, recipient, letter_id, revision, sent_at) values ($1, $2, $3, $4, $5, $6)
		on conflict (tenant_id, activity_id, recipient) do update set letter_id = excluded.letter_id, revision = excluded.revision, sent_at = excluded.sent_at`,
		tx.Tenant(), id, to, letter, revision, tx.Now())
	return err
}

const taskColumns = `
	select t.id, t.text, to_char(t.due_on, 'YYYY-MM-DD') as due_on, t.members, t.state, coalesce(d.name, '') as done_by,
	       array(select m.name from memberships m where m.tenant_id = t.tenant_id and m.id = any(t.members) order by array_position(t.members, m.id)) as names,
	       t.state = 'open' and t.due_on < $2 as overdue, $3 = any(t.members) as mine
	from activity_tasks t left join memberships d on d.tenant_id = t.tenant_id and d.id = t.done_by where t.tenant_id = $1 `

func tasks(ctx context.Context, q tenancy.Querier, activity uuid.UUID) ([]Task, error) {
	return tenancy.Collect[Task](ctx, q, taskColumns+`and t.activity_id = $4 order by t.due_on, t.id`, q.Tenant(), clock.Today(q.Now()), q.Principal().Membership, activity)
}

func lockTask(ctx context.Context, tx *tenancy.Tx, activity, id uuid.UUID) (Task, error) {
	t, err := tenancy.Get[Task](ctx, tx, taskColumns+`and t.activity_id = $4 and t.id = $5 for update of t`, tx.Tenant(), clock.Today(tx.Now()), tx.Principal().Membership, activity, id)
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return t, err
}

func insertTask(ctx context.Context, tx *tenancy.Tx, activity, id uuid.UUID, n NewTask) error {
	_, err := tx.Exec(ctx, `
		insert into activity_tasks (tenant_id, id, activity_id, text, due_on, members, created_by, created_at) values ($1, $2, $3, $4, $5::text::date, $6, $7, $8)`,
		tx.Tenant(), id, activity, n.Text, n.DueOn, n.Members, tx.Principal().Membership, tx.Now())
	return err
}

func closeTask(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		update activity_tasks set state = 'done', done_by = $3, done_at = $4 where tenant_id = $1 and id = $2`,
		tx.Tenant(), id, tx.Principal().Membership, tx.Now())
	return err
}

// strangers tells whether any of these is no active member of the unit.
func strangers(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (bool, error) {
	return tenancy.Scalar[bool](ctx, q, `
		select exists (select from unnest($2::uuid[]) as i(id) where not exists (
			select from memberships m where m.tenant_id = $1 and m.id = i.id and m.state = 'active' and m.class = 'business'))`, q.Tenant(), ids)
}
