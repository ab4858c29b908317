package jobs

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// rescuer gives back the jobs of processes that are gone. River's own does so too, but only in an elected leader and
// every half minute: after a kill a letter would wait a minute and a half. Several rescuers do no harm.
type rescuer struct {
	pool *pgxpool.Pool
	age  time.Duration
	end  context.CancelFunc
	done chan struct{}
}

func (r *rescuer) start(ctx context.Context) {
	ctx, r.end = context.WithCancel(ctx)
	r.done = make(chan struct{})
	go func() {
		defer close(r.done)
		tick := time.NewTicker(min(r.age/4, 10*time.Second))
		defer tick.Stop()
		for {
			if err := r.rescue(ctx); err != nil && ctx.Err() == nil {
				slog.WarnContext(ctx, "rescue jobs", "error", err.Error())
			}
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	}()
}

func (r *rescuer) stop() {
	if r.end != nil {
		r.end()
		<-r.done
	}
}

// rescue makes jobs available again that have run for longer than any worker may.
func (r *rescuer) rescue(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	tag, err := r.pool.Exec(ctx, `
		update river.river_job set state = 'available', scheduled_at = now()
		where state = 'running' and attempted_at < now() - make_interval(secs => $1)`, r.age.Seconds())
	if err == nil && tag.RowsAffected() > 0 {
		slog.WarnContext(ctx, "jobs of lost processes run again", "count", tag.RowsAffected())
	}
	return err
}
