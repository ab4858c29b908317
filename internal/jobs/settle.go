package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Settle returns once no job waits or runs, or with the context's error. For programs that go on step by step.
func Settle(ctx context.Context, pool *pgxpool.Pool) error {
	tick := time.NewTicker(4 * time.Millisecond)
	defer tick.Stop()
	for {
		var busy bool
		err := pool.QueryRow(ctx, `
			select exists (select 1 from river.river_job where state in ('available', 'running', 'retryable', 'scheduled', 'pending'))`).Scan(&busy)
		if err != nil || !busy {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}
