package bench

import (
	"context"
	"strings"
	"sync"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// statement is one SQL statement with its arguments, as the program sent it.
type statement struct {
	sql  string
	args []any
}

// capture records the statements of the program while it is on, so that the limit is raced with the very same SQL.
type capture struct {
	mu    sync.Mutex
	on    bool
	taken []statement
}

func (c *capture) take(sql string, args []any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.on {
		c.taken = append(c.taken, statement{sql, append([]any(nil), args...)})
	}
}

// during records what do sends.
func (c *capture) during(do func() error) ([]statement, error) {
	c.mu.Lock()
	c.on, c.taken = true, nil
	c.mu.Unlock()
	err := do()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.on = false
	return c.taken, err
}

// TraceQueryStart sees single statements.
func (c *capture) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	c.take(d.SQL, d.Args)
	return ctx
}

// TraceQueryEnd sees nothing new.
func (c *capture) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// TraceBatchStart sees nothing yet.
func (c *capture) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return ctx
}

// TraceBatchQuery sees each statement of a batch.
func (c *capture) TraceBatchQuery(_ context.Context, _ *pgx.Conn, d pgx.TraceBatchQueryData) {
	c.take(d.SQL, d.Args)
}

// TraceBatchEnd sees nothing new.
func (c *capture) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}

// replayRead sends the statements of one read in one batch and reads every row.
func replayRead(ctx context.Context, pool *pgxpool.Pool, statements []statement) error {
	var batch pgx.Batch
	for _, s := range statements {
		batch.Queue(s.sql, s.args...)
	}
	results := pool.SendBatch(ctx, &batch)
	for range statements {
		rows, err := results.Query()
		if err != nil {
			_ = results.Close()
			return err
		}
		for rows.Next() {
			if _, err := rows.Values(); err != nil {
				break
			}
		}
		rows.Close()
	}
	return results.Close()
}

// replayWrite sends the statements of one change in one transaction: the same SQL, the same bytes, new ids.
func replayWrite(ctx context.Context, pool *pgxpool.Pool, statements []statement, born map[uuid.UUID]bool) error {
	return replay(ctx, pool, statements, born, map[uuid.UUID]uuid.UUID{})
}

func replay(ctx context.Context, pool *pgxpool.Pool, statements []statement, born map[uuid.UUID]bool, fresh map[uuid.UUID]uuid.UUID) error {
	tx, err := pool.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	var batch pgx.Batch
	for _, s := range statements {
		batch.Queue(s.sql, reborn(s.args, born, fresh)...)
	}
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// replayAll sends several transactions one after the other, as one round: what is born in one is the same in the next.
func replayAll(ctx context.Context, pool *pgxpool.Pool, list [][]statement, born map[uuid.UUID]bool) error {
	fresh := map[uuid.UUID]uuid.UUID{}
	for _, statements := range list {
		if err := replay(ctx, pool, statements, born, fresh); err != nil {
			return err
		}
	}
	return nil
}

// reborn replaces the ids that the captured change made by new ones, the same throughout one replay.
func reborn(args []any, born map[uuid.UUID]bool, fresh map[uuid.UUID]uuid.UUID) []any {
	renew := func(id uuid.UUID) uuid.UUID {
		if !born[id] {
			return id
		}
		if _, known := fresh[id]; !known {
			fresh[id] = uuid.Must(uuid.NewV7())
		}
		return fresh[id]
	}
	out := make([]any, len(args))
	for i, arg := range args {
		switch v := arg.(type) {
		case uuid.UUID:
			out[i] = renew(v)
		case *uuid.UUID:
			if out[i] = arg; v != nil {
				out[i] = renew(*v)
			}
		case []uuid.UUID:
			list := make([]uuid.UUID, len(v))
			for j, id := range v {
				list[j] = renew(id)
			}
			out[i] = list
		default:
			out[i] = arg
		}
	}
	return out
}

// births are the ids among the arguments that were not there before: made after since, which is a UUIDv7.
func births(statements []statement, since uuid.UUID) map[uuid.UUID]bool {
	born := map[uuid.UUID]bool{}
	note := func(ids ...uuid.UUID) {
		for _, id := range ids {
			if id.Version() == 7 && strings.Compare(id.String(), since.String()) > 0 {
				born[id] = true
			}
		}
	}
	for _, s := range statements {
		for _, arg := range s.args {
			switch v := arg.(type) {
			case uuid.UUID:
				note(v)
			case *uuid.UUID:
				if v != nil {
					note(*v)
				}
			case []uuid.UUID:
				note(v...)
			}
		}
	}
	return born
}
