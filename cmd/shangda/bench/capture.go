package bench

import (
	"context"
	"reflect"
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
	tx, err := pool.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	fresh := map[uuid.UUID]uuid.UUID{}
	var batch pgx.Batch
	for _, s := range statements {
		batch.Queue(s.sql, reborn(s.args, born, fresh)...)
	}
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// reborn replaces the ids that the captured change made by new ones, the same throughout one replay.
func reborn(args []any, born map[uuid.UUID]bool, fresh map[uuid.UUID]uuid.UUID) []any {
	out := make([]any, len(args))
	for i, arg := range args {
		out[i] = arg
		id, ok := arg.(uuid.UUID)
		if p, pointer := arg.(*uuid.UUID); pointer && p != nil {
			id, ok = *p, true
		}
		if !ok || !born[id] {
			continue
		}
		if _, known := fresh[id]; !known {
			fresh[id] = uuid.Must(uuid.NewV7())
		}
		out[i] = fresh[id]
	}
	return out
}

// births are the ids among the arguments that were not there before: made after since, which is a UUIDv7.
func births(statements []statement, since uuid.UUID) map[uuid.UUID]bool {
	born := map[uuid.UUID]bool{}
	for _, s := range statements {
		for _, arg := range s.args {
			v := reflect.ValueOf(arg)
			if v.Kind() == reflect.Pointer && !v.IsNil() {
				arg = v.Elem().Interface()
			}
			if id, ok := arg.(uuid.UUID); ok && id.Version() == 7 && strings.Compare(id.String(), since.String()) > 0 {
				born[id] = true
			}
		}
	}
	return born
}
