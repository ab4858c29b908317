package login

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/tenancy"
)

// account is what platform.login_find says of a login.
type account struct {
	Person uuid.UUID
	Name   string
	Hash   string
}

// findAccount is the zero account where the login is unknown.
func (s *Service) findAccount(ctx context.Context, login string) (account, error) {
	rows, err := s.pool.Query(ctx, `select person_id as person, name, hash from platform.login_find($1)`, login)
	if err != nil {
		return account{}, err
	}
	return orZero(pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[account]))
}

// countFailure does not wait for the disk, so that it takes a known login no longer than an unknown one.
func (s *Service) countFailure(ctx context.Context, person uuid.UUID) error {
	var batch pgx.Batch
	batch.Queue(`select set_config('synchronous_commit', 'off', true)`)
	batch.Queue(`select platform.login_failed($1, null)`, person)
	return s.pool.SendBatch(ctx, &batch).Close()
}

func (s *Service) countSuccess(ctx context.Context, person uuid.UUID) error {
	_, err := s.pool.Exec(ctx, `select platform.login_succeeded($1)`, person)
	return err
}

// session is what platform.session_find says of a token. Tenant and Membership are nil in a person session.
type session struct {
	ID         uuid.UUID
	Person     uuid.UUID
	Name       string
	Login      string
	Tenant     *int32
	Membership *uuid.UUID
	SeenAt     time.Time
	EndsAt     time.Time
}

// findSession is the zero session where the token is unknown, or its session has ended.
func (s *Service) findSession(ctx context.Context, token [32]byte, now time.Time) (session, error) {
	rows, err := s.pool.Query(ctx, `
		select session_id as id, person_id as person, name, login, tenant_id as tenant, membership_id as membership, seen_at, ends_at
		from platform.session_find($1, $2)`, token[:], now)
	if err != nil {
		return session{}, err
	}
	return orZero(pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[session]))
}

func (s *Service) insertSession(ctx context.Context, id uuid.UUID, token [32]byte, o opening, now time.Time) error {
	_, err := s.pool.Exec(ctx, `select platform.session_open($1, $2, $3, $4, $5, $6, $7, $8)`,
		id, token[:], o.person, o.tenant, o.parent, now, o.life.idle, o.life.whole)
	return err
}

func (s *Service) touchSession(ctx context.Context, id uuid.UUID, now time.Time, idle time.Duration) error {
	_, err := s.pool.Exec(ctx, `select platform.session_seen($1, $2, $3)`, id, now, idle)
	return err
}

func (s *Service) endSession(ctx context.Context, id uuid.UUID) error {
	_, err := s.pool.Exec(ctx, `select platform.session_end($1, $2)`, id, s.clock.Now())
	return err
}

// place is one tenant a person belongs to.
type place struct {
	Tenant     int32
	Membership uuid.UUID
}

func (s *Service) placesOf(ctx context.Context, person uuid.UUID) ([]place, error) {
	rows, err := s.pool.Query(ctx, `select tenant_id as tenant, membership_id as membership from platform.tenants_of($1)`, person)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[place])
}

// standing is a membership with its rights as they are now. Active says that membership and tenant both are.
type standing struct {
	Name    string
	Title   string
	Post    string
	Class   string
	Unit    *uuid.UUID
	Roles   []string
	Version int64
	Active  bool
}

// standingOf is the zero standing where there is no such membership.
func standingOf(ctx context.Context, q tenancy.Querier, membership, person uuid.UUID) (standing, error) {
	return orZero(tenancy.Get[standing](ctx, q, `
		select m.name, m.title, m.post, m.class, m.unit_id as unit, p.version,
		       array(select h.role from role_holders h where h.tenant_id = $1 and h.membership_id = $2 order by h.role) as roles,
		       m.state = 'active' and t.state = 'active' as active
		from memberships m
		join policies p on p.tenant_id = m.tenant_id
		join platform.tenants t on t.id = m.tenant_id
		where m.tenant_id = $1 and m.id = $2 and m.person_id = $3`, q.Tenant(), membership, person))
}

// sessionLive asks what DB.InTx asks.
func sessionLive(ctx context.Context, q tenancy.Querier, id uuid.UUID) (bool, error) {
	return tenancy.Scalar[bool](ctx, q, `select platform.session_live($2, $3) where $1::int is not null`, q.Tenant(), id, q.Now())
}

func roleNames(ctx context.Context, q tenancy.Querier, codes []string) ([]roleView, error) {
	return tenancy.Collect[roleView](ctx, q, `select code, name from roles where tenant_id = $1 and code = any($2) order by code`, q.Tenant(), codes)
}

// orZero turns "no row" into the zero value.
func orZero[T any](found T, err error) (T, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		var none T
		return none, nil
	}
	return found, err
}
