// Package rollup folds events into sums: the figures of every viewer, as that viewer's own rows.
//
// Its rules: the fold is the only writer of sums; one folder works at a time; what it has folded is told by transaction
// numbers below which every transaction has ended, so no event is lost and none is counted twice; a pass is one
// transaction, so a figure and the watermark that dates it are always of one piece.
package rollup

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"shangda/internal/clock"
	"shangda/tenancy"
)

// How often a folder looks for new events, and how seldom at most while passes take long.
const (
	shortestWait = 500 * time.Millisecond
	longestWait  = 5 * time.Second
)

// Folder folds. Changed, where given, is called after each pass for every tenant whose figures changed; it must not block.
type Folder struct {
	Changed func(tenant tenancy.Tenant, changes []tenancy.Change)

	pool    *pgxpool.Pool
	redis   *redis.Client
	clock   clock.Clock
	horizon string
	metrics metrics

	mu      sync.Mutex
	seen    []sighting
	untold  map[string]tenancy.Tenant
	telling sync.Mutex
}

// sighting notes that at a moment every transaction that had begun was below a number.
type sighting struct {
	at   time.Time
	next int64
}

// New makes a folder on a pool of the role shangda_fold. It tells readers through Redis whose figures changed.
func New(pool *pgxpool.Pool, redis *redis.Client, clock clock.Clock) *Folder {
	f := &Folder{pool: pool, redis: redis, clock: clock, horizon: horizonSQL, untold: map[string]tenancy.Tenant{}}
	f.metrics = newMetrics(clock)
	return f
}

// Run folds until the context ends: each half second, more seldom while passes take long. Errors are logged and the
// next pass tries again.
func (f *Folder) Run(ctx context.Context) {
	for {
		started := time.Now()
		_, err := f.Once(ctx)
		if err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "fold", "error", err)
		}
		wait := min(max(shortestWait, 2*time.Since(started)), longestWait)
		if errors.Is(err, ErrOtherCluster) {
			wait = longestWait
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// Once makes one pass and tells how many events it folded; none where another folder is at work. It rebuilds where
// reporting lines have changed, and refuses with ErrOtherCluster on figures of another cluster.
func (f *Folder) Once(ctx context.Context) (n int, err error) {
	err = f.pass(ctx, func(tx pgx.Tx) (folded, error) {
		got, err := tryLock(ctx, tx)
		if err != nil {
			return folded{}, err
		}
		m, _, err := readMark(ctx, tx, false)
		if err != nil {
			return folded{}, err
		}
		f.metrics.seen(m.asOf)
		switch {
		case !got:
			return folded{}, nil
		case m.stored != m.cluster:
			return folded{}, ErrOtherCluster
		case m.stale:
			return f.rebuild(ctx, tx)
		}
		return f.fold(ctx, tx, m)
	}, &n)
	return n, err
}

// Rebuild empties the sums and folds every event again. It waits for a pass under way. The figures before stay visible
// until the new ones are complete.
func (f *Folder) Rebuild(ctx context.Context) error {
	var n int
	return f.pass(ctx, func(tx pgx.Tx) (folded, error) {
		if err := waitLock(ctx, tx); err != nil {
			return folded{}, err
		}
		return f.rebuild(ctx, tx)
	}, &n)
}

// folded is what a pass did.
type folded struct {
	events  int
	viewers []int32
	asOf    time.Time
}

// pass runs one transaction of the fold and tells the readers once it has committed.
func (f *Folder) pass(ctx context.Context, work func(pgx.Tx) (folded, error), n *int) error {
	started := time.Now()
	var done folded
	var tenants []tenancy.Tenant
	err := pgx.BeginFunc(ctx, f.pool, func(tx pgx.Tx) (err error) {
		if _, err = tx.Exec(ctx, `set local statement_timeout = 0`); err != nil {
			return err
		}
		if done, err = work(tx); err != nil {
			return err
		}
		tenants, err = loadTenants(ctx, tx, done.viewers)
		return err
	})
	if err != nil {
		f.metrics.failures.Inc()
		return err
	}
	*n = done.events
	f.metrics.passed(done, time.Since(started))
	f.tell(ctx, tenants)
	return nil
}

func (f *Folder) fold(ctx context.Context, tx pgx.Tx, m mark) (folded, error) {
	upTo, asOf, err := f.look(ctx, tx, m.asOf)
	if err != nil {
		return folded{}, err
	}
	done := folded{asOf: asOf}
	if upTo > m.folded {
		if err := tx.QueryRow(ctx, foldSQL, xid(m.folded), xid(upTo)).Scan(&done.events, &done.viewers); err != nil {
			return folded{}, err
		}
	}
	return done, advance(ctx, tx, upTo, asOf)
}

// rebuild notes the version of the watermark first: whoever changes lines while this works makes another, and the
// figures stay stale.
func (f *Folder) rebuild(ctx context.Context, tx pgx.Tx) (folded, error) {
	m, before, err := readMark(ctx, tx, false)
	if err != nil {
		return folded{}, err
	}
	if m.stored != m.cluster {
		m.asOf = time.Time{}
	}
	upTo, asOf, err := f.look(ctx, tx, m.asOf)
	if err != nil {
		return folded{}, err
	}
	gone, err := clearSums(ctx, tx)
	if err != nil {
		return folded{}, err
	}
	done := folded{asOf: asOf}
	if err := tx.QueryRow(ctx, foldSQL, xid(0), xid(upTo)).Scan(&done.events, &done.viewers); err != nil {
		return folded{}, err
	}
	done.viewers = slices.Compact(slices.Sorted(slices.Values(append(done.viewers, gone...))))
	_, after, err := readMark(ctx, tx, true)
	if err != nil {
		return folded{}, err
	}
	m.folded, m.asOf = upTo, asOf
	return done, renew(ctx, tx, m, after != before)
}

// look says how far this pass may fold and as of when the figures will then be exact: the last moment at which every
// transaction that had begun is among the folded ones.
func (f *Folder) look(ctx context.Context, tx pgx.Tx, asOf time.Time) (upTo int64, exact time.Time, err error) {
	now := f.clock.Now()
	var next int64
	if err := tx.QueryRow(ctx, f.horizon).Scan(&upTo, &next); err != nil {
		return 0, asOf, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seen = append(f.seen, sighting{now, next})
	covered := 0
	for covered < len(f.seen) && f.seen[covered].next <= upTo {
		if f.seen[covered].at.After(asOf) {
			asOf = f.seen[covered].at
		}
		covered++
	}
	f.seen = f.seen[covered:]
	return upTo, asOf, nil
}

func xid(n int64) string { return strconv.FormatInt(n, 10) }
