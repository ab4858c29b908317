package tenancy

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"shangda/internal/clock"
)

// PolicySource loads a tenant's compiled rights at a version; authz/roles fulfils it.
type PolicySource interface {
	Policy(ctx context.Context, q Querier, version int64) (Policy, error)
}

// Jobs inserts a job in a transaction; a River client fulfils it.
type Jobs interface {
	InsertTx(ctx context.Context, tx pgx.Tx, args river.JobArgs, opts *river.InsertOpts) (*rivertype.JobInsertResult, error)
}

// Change names what a committed transaction changed, for pages that are open.
type Change struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// Follower hears in each change, before its commit, the events it records, and may enqueue jobs that follow from them.
type Follower interface {
	Follow(ctx context.Context, tx *Tx, events []Event) error
}

// DB is the only door to the database. Followers hear of each change before it is committed; Committed is called after
// each commit with what changed, and must not block.
type DB struct {
	ReadPool  *pgxpool.Pool
	WritePool *pgxpool.Pool
	Clock     clock.Clock
	Policies  PolicySource
	Jobs      Jobs
	Followers []Follower
	Committed func(tenant Tenant, changes []Change)
}

// Querier is what a store may take: it has a tenant, or it does not exist. Both Tx and the result of DB.Read are one.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	Principal() *Principal
	// Tenant is the tenant's id, for the `where tenant_id = $1` of every statement.
	Tenant() int32
	Now() time.Time
}

const setTenant = `select set_config('app.tenant', $1, true)`
