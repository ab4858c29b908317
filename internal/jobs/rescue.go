package jobs

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// rescuer gives back the jobs of processes that are gone. River's own does so too, but only in an elected leader and by
// age alone: after a kill a letter would wait a minute and a half. A process shows that it is alive by a lock that it holds
// on a connection of its own, so PostgreSQL knows within a moment that it is dead; a job that has run for longer than any
// worker may is given back all the same, such as that of a frozen process. Several rescuers do no harm.
type rescuer struct {
	pool *pgxpool.Pool
	id   string // of this process, as it stands in the jobs it took
	age  time.Duration
	end  context.CancelFunc
	done chan struct{}
}

const (
	lookAround = time.Second
	// grace is how old a job of a process without a lock must be: a process that has just begun, or lost its connection,
	// gets its lock within this time.
	grace = 3 * time.Second
)

func (r *rescuer) start(ctx context.Context) {
	ctx, r.end = context.WithCancel(ctx)
	r.done = make(chan struct{})
	go func() {
		defer close(r.done)
		var alive *pgxpool.Conn
		defer func() { release(alive) }()
		tick := time.NewTicker(min(r.age/4, lookAround))
		defer tick.Stop()
		for {
			alive = r.hold(ctx, alive)
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

// hold keeps the lock that says this process is alive; it takes it anew where its connection was lost.
func (r *rescuer) hold(ctx context.Context, conn *pgxpool.Conn) *pgxpool.Conn {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if conn != nil && conn.Ping(ctx) == nil {
		return conn
	}
	release(conn)
	conn, err := r.pool.Acquire(ctx)
	if err != nil {
		return nil
	}
	if _, err := conn.Exec(ctx, `select pg_advisory_lock(hashtextextended($1, 0))`, r.id); err != nil {
		release(conn)
		return nil
	}
	return conn
}

// release closes the connection: only so its lock is gone at once.
func release(conn *pgxpool.Conn) {
	if conn == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = conn.Conn().Close(ctx)
	conn.Release()
}

// rescue makes jobs available again whose process is gone, or that have run for longer than any worker may.
func (r *rescuer) rescue(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	tag, err := r.pool.Exec(ctx, `
		with alive as (select (classid::bigint << 32) | objid::bigint as key from pg_locks
			where locktype = 'advisory' and objsubid = 1 and granted and database = (select oid from pg_database where datname = current_database()))
		update river.river_job set state = 'available', scheduled_at = now()
		where state = 'running' and (attempted_at < now() - make_interval(secs => $1)
			or attempted_at < now() - make_interval(secs => $2) and hashtextextended(attempted_by[array_upper(attempted_by, 1)], 0) not in (select key from alive))`,
		r.age.Seconds(), grace.Seconds())
	if err == nil && tag.RowsAffected() > 0 {
		slog.WarnContext(ctx, "jobs of lost processes run again", "count", tag.RowsAffected())
	}
	return err
}
