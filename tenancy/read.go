package tenancy

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

// Read gives a Querier each of whose queries is one round trip: tenant and query in one implicit transaction.
func (db *DB) Read(ctx context.Context) (Querier, error) {
	p, err := Caller(ctx)
	if err != nil {
		return nil, err
	}
	return &one{db: db, principal: p}, nil
}

type one struct {
	db        *DB
	principal *Principal
}

func (o *one) Principal() *Principal { return o.principal }
func (o *one) Tenant() int32         { return o.principal.Tenant.ID }
func (o *one) Now() time.Time        { return o.db.Clock.Now() }

func (o *one) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	var batch pgx.Batch
	batch.Queue(setTenant, strconv.Itoa(int(o.principal.Tenant.ID)))
	batch.Queue(sql, args...)
	results := o.db.ReadPool.SendBatch(ctx, &batch)
	if _, err := results.Exec(); err != nil {
		_ = results.Close()
		return nil, err
	}
	rows, err := results.Query()
	if err != nil {
		_ = results.Close()
		return nil, err
	}
	return &oneRows{Rows: rows, results: results}, nil
}

// oneRows gives the connection back when the rows are closed or read to their end.
type oneRows struct {
	pgx.Rows
	results pgx.BatchResults
	closed  bool
}

func (r *oneRows) Next() bool {
	if r.Rows.Next() {
		return true
	}
	r.Close()
	return false
}

func (r *oneRows) Close() {
	r.Rows.Close()
	if !r.closed {
		r.closed = true
		_ = r.results.Close()
	}
}

// Collect reads all rows of a query into structs by column name.
func Collect[T any](ctx context.Context, q Querier, sql string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[T])
}

// CollectPart is Collect for structs of which the query gives only some columns; the others stay zero.
func CollectPart[T any](ctx context.Context, q Querier, sql string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByNameLax[T])
}

// Get reads exactly one row into a struct by column name; pgx.ErrNoRows where there is none.
func Get[T any](ctx context.Context, q Querier, sql string, args ...any) (T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		var none T
		return none, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[T])
}

// Scalar reads exactly one value; pgx.ErrNoRows where there is no row.
func Scalar[T any](ctx context.Context, q Querier, sql string, args ...any) (T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		var none T
		return none, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowTo[T])
}

// Scalars reads one column.
func Scalars[T any](ctx context.Context, q Querier, sql string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[T])
}
