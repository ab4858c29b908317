// Package boards shows the figures: one request a board, from the viewer's own sums, through a copy in the process and
// one in Redis.
//
// Its rules: a board is computed from sums alone, in one statement, inside the viewer's tenant; a copy carries whose it
// is and is checked when read; a copy lost, late or false costs time, never a wrong figure.
package boards

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/singleflight"

	"shangda/authz"
	"shangda/dashboards/rollup"
	"shangda/internal/clock"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// The two boards: of the unit itself, and over all units that report to it.
const (
	ScopeUnit = "unit"
	ScopeTree = "tree"
)

var permissionOf = map[string]authz.Permission{ScopeUnit: authz.BoardUnit, ScopeTree: authz.BoardTree}

// computeTime bounds a computation, which serves many callers and ends with none of them.
const computeTime = 10 * time.Second

// Query says which board. Class, Under and Measure belong to the tree board: the class of unit to rank, the code of a
// unit below to look into, and the measure to rank by.
type Query struct {
	Scope   string
	Period  Period
	Class   string
	Under   string
	Measure string
}

func (q Query) parts() []string {
	return []string{q.Scope, q.Period.key(), q.Measure, q.Under, q.Class}
}

func (q Query) key() string { return strings.Join(q.parts(), "\x00") }

// Service makes boards. Safe for concurrent use.
type Service struct {
	db      *tenancy.DB
	dir     *tenancy.Directory
	redis   *redis.Client
	clock   clock.Clock
	local   local
	flights singleflight.Group
	metrics metrics
}

// New makes the service; Run keeps its copies fresh.
func New(db *tenancy.DB, dir *tenancy.Directory, redis *redis.Client, clock clock.Clock) *Service {
	return &Service{db: db, dir: dir, redis: redis, clock: clock, metrics: newMetrics()}
}

// Run drops the process's copies of tenants whose figures changed, until the context ends.
func (s *Service) Run(ctx context.Context) {
	news := s.redis.Subscribe(ctx, rollup.Channel)
	defer func() { _ = news.Close() }()
	for {
		select {
		case <-ctx.Done():
			return
		case message, ok := <-news.Channel():
			if !ok {
				return
			}
			var tenants []string
			if err := json.Unmarshal([]byte(message.Payload), &tenants); err != nil {
				slog.WarnContext(ctx, "boards: a message that is no list of tenants", "error", err)
				continue
			}
			s.local.drop(tenants)
		}
	}
}

// Cached gives a board of the caller's tenant, ready to send: from the process, from Redis, or computed once for all who
// ask at the same time. Forbidden without the board's permission; not found where Under is not below the caller's unit.
func (s *Service) Cached(ctx context.Context, q Query) (*Cached, error) {
	p, err := tenancy.Caller(ctx)
	if err != nil {
		return nil, err
	}
	if !authz.May(p, permissionOf[q.Scope]) {
		return nil, errs.New(errs.Forbidden, "您没有查看这项统计的权限")
	}
	key := q.key()
	if c := s.local.get(p.Tenant.Code, key); c != nil {
		s.metrics.localHit.Inc()
		return c, nil
	}
	s.metrics.localMiss.Inc()
	flight := s.flights.DoChan(p.Tenant.Code+"\x00"+key, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), computeTime)
		defer cancel()
		return s.fill(ctx, p.Tenant, q, key)
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case done := <-flight:
		if done.Err != nil {
			return nil, done.Err
		}
		return done.Val.(*Cached), nil
	}
}

func (s *Service) fill(ctx context.Context, tenant tenancy.Tenant, q Query, key string) (*Cached, error) {
	if c := s.local.get(tenant.Code, key); c != nil {
		return c, nil
	}
	seen := s.local.seen()
	place, c := s.look(ctx, tenant, q)
	if c != nil {
		s.metrics.sharedHit.Inc()
		s.local.put(tenant.Code, key, c, seen)
		return c, nil
	}
	s.metrics.sharedMiss.Inc()
	board, err := s.Compute(ctx, q)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(board)
	if err != nil {
		return nil, err
	}
	c = newCached(body, digest(body))
	s.local.put(tenant.Code, key, c, seen)
	s.keep(ctx, place, c)
	return c, nil
}

// Compute makes a board from the sums, without any copy.
func (s *Service) Compute(ctx context.Context, q Query) (Board, error) {
	querier, err := s.db.Read(ctx)
	if err != nil {
		return Board{}, err
	}
	started := time.Now()
	viewer := querier.Principal().Tenant
	unit := viewer
	if q.Under != "" {
		if unit, err = s.dir.ByCode(ctx, q.Under); err != nil {
			return Board{}, err
		}
	}
	r, err := load(ctx, querier, unit.ID, q)
	if err != nil {
		return Board{}, err
	}
	if !r.Seen {
		return Board{}, errs.Missing()
	}
	s.metrics.seconds.Observe(time.Since(started).Seconds())
	return r.shape(q, unit, viewer, s.clock.Now()), nil
}
