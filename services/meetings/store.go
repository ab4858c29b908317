package meetings

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// row is a meeting as it is kept.
type row struct {
	ID        uuid.UUID
	Title     string
	HeldAt    time.Time
	Place     string
	Host      string
	Attendees string
	Agenda    []string
	Minutes   string
	State     string
	Since     *time.Time
	Snapshot  []Change
	Closer    string
	ClosedAt  *time.Time
	Version   int
}

func (r row) meeting() Meeting {
	m := Meeting{ID: r.ID, State: r.State, Since: r.Since, Changes: r.Snapshot, Closer: r.Closer, ClosedAt: r.ClosedAt, Can: []string{}, Version: r.Version,
		Plan: Plan{Title: r.Title, HeldAt: r.HeldAt, Place: r.Place, Host: r.Host, Attendees: r.Attendees, Agenda: r.Agenda, Minutes: r.Minutes}}
	if m.Changes == nil {
		m.Changes = []Change{}
	}
	return m
}

const selectMeeting = `
	select g.id, g.title, g.held_at, g.place, g.host, g.attendees, g.agenda, g.minutes, g.state, g.since, coalesce(g.snapshot, '[]') as snapshot,
		coalesce(m.name, '') as closer, g.closed_at, g.version
	from meetings g left join memberships m on m.tenant_id = g.tenant_id and m.id = g.closed_by
	where g.tenant_id = $1 and g.id = $2`

func single(r row, err error) (row, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return r, err
}

func find(ctx context.Context, q tenancy.Querier, id uuid.UUID) (row, error) {
	return single(tenancy.Get[row](ctx, q, selectMeeting, q.Tenant(), id))
}

func lock(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (row, error) {
	return single(tenancy.Get[row](ctx, tx, selectMeeting+` for update of g`, tx.Tenant(), id))
}

func list(ctx context.Context, q tenancy.Querier, before time.Time, limit int) ([]Line, error) {
	return tenancy.Collect[Line](ctx, q, `
		select id, title, held_at, place, state, jsonb_array_length(agenda) as topics from meetings
		where tenant_id = $1 and held_at < $2 order by held_at desc, id desc limit $3`, q.Tenant(), before, limit)
}

func lastClosed(ctx context.Context, q tenancy.Querier) (*time.Time, error) {
	return tenancy.Scalar[*time.Time](ctx, q, `select max(closed_at) from meetings where tenant_id = $1 and state = 'closed'`, q.Tenant())
}

func insert(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, p Plan) error {
	agenda, err := json.Marshal(p.Agenda)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into meetings (tenant_id, id, title, held_at, place, host, attendees, agenda, minutes, state, created_by, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'planned', $10, $11)`,
		tx.Tenant(), id, p.Title, p.HeldAt, p.Place, p.Host, p.Attendees, agenda, p.Minutes, tx.Principal().Membership, tx.Now())
	return err
}

func update(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, p Plan) error {
	agenda, err := json.Marshal(p.Agenda)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		update meetings set title = $3, held_at = $4, place = $5, host = $6, attendees = $7, agenda = $8, minutes = $9, version = version + 1
		where tenant_id = $1 and id = $2`,
		tx.Tenant(), id, p.Title, p.HeldAt, p.Place, p.Host, p.Attendees, agenda, p.Minutes)
	return err
}

func closeIt(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, since time.Time, changes []Change) error {
	snapshot, err := json.Marshal(changes)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		update meetings set state = 'closed', since = $3, snapshot = $4, closed_by = $5, closed_at = $6, version = version + 1
		where tenant_id = $1 and id = $2`, tx.Tenant(), id, since, snapshot, tx.Principal().Membership, tx.Now())
	return err
}
