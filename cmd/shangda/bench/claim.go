package bench

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"shangda/internal/jobs"
)

const (
	fewQueued = 1000
	claims    = 200
)

// claim asks the queue for work while few and while very many letters wait; what it takes is given back.
func claim(ctx context.Context, l *ladder, n burden) ([]Line, error) {
	pool, err := pgxpool.New(ctx, l.stack.AppURL+"&pool_max_conns=1")
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	var took [2]time.Duration
	var scans int
	for i, waiting := range []int{fewQueued, n.queued} {
		if err := l.fill(ctx, waiting); err != nil {
			return nil, err
		}
		before, err := l.scans(ctx)
		if err != nil {
			return nil, err
		}
		if took[i], err = claimed(ctx, pool); err != nil {
			return nil, err
		}
		after, err := l.scans(ctx)
		if err != nil {
			return nil, err
		}
		if waiting == n.queued {
			scans = after - before
		}
	}
	few, many := float64(took[0].Microseconds())/1000, float64(took[1].Microseconds())/1000
	line := Line{Name: "letters.claim", Value: float64(int(many*100)) / 100, Unit: "ms p95", Limit: float64(int(few*100)) / 100, Ratio: float64(int(1000*many/few)) / 1000,
		Target: "<= 2 times that of a short queue, no sequential scan", Met: many <= 2*few && scans == 0,
		Note: fmt.Sprintf("%d jobs wait, limit: %d jobs wait; %d claims of 8 each; %d sequential scans", n.queued, fewQueued, claims, scans)}
	return []Line{line}, nil
}

// fill makes the queue so long.
func (l *ladder) fill(ctx context.Context, waiting int) error {
	_, err := l.look.Exec(ctx, `insert into river.river_job (kind, args, max_attempts, queue, state, priority)
		select 'deliver_letter', '{}', 10000, $2, 'available', 1 from generate_series(1, $1 - (select count(*) from river.river_job where state = 'available'))`, waiting, jobs.QueueLetters)
	if err == nil {
		_, err = l.look.Exec(ctx, `vacuum analyze river.river_job`)
	}
	return err
}

// claimed is the time that 95 of 100 claims stay under.
func claimed(ctx context.Context, pool *pgxpool.Pool) (time.Duration, error) {
	driver := riverpgxv5.New(pool)
	took := make([]time.Duration, 0, claims)
	for range claims + claims/10 {
		tx, err := driver.GetExecutor().Begin(ctx)
		if err != nil {
			return 0, err
		}
		started := time.Now()
		_, err = tx.JobGetAvailable(ctx, &riverdriver.JobGetAvailableParams{ClientID: "bench", MaxAttemptedBy: 10, MaxToLock: 8, Queue: jobs.QueueLetters, Schema: "river"})
		took = append(took, time.Since(started))
		if rollback := tx.Rollback(ctx); err == nil {
			err = rollback
		}
		if err != nil {
			return 0, err
		}
	}
	if _, err := pool.Exec(ctx, `select pg_stat_force_next_flush()`); err != nil { // its scans are counted now, not later
		return 0, err
	}
	took = took[claims/10:]
	slices.Sort(took)
	return took[len(took)*95/100], nil
}

// scans is how often the table of jobs was read from end to end.
func (l *ladder) scans(ctx context.Context) (int, error) {
	return l.count(ctx, `select seq_scan::int from pg_stat_user_tables where schemaname = 'river' and relname = 'river_job'`)
}
