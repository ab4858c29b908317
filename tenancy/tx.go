package tenancy

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"shangda/internal/errs"
)

// Tx is one transaction in one tenant. It hides pgx: what it cannot do, no store may do.
type Tx struct {
	db        *DB
	tx        pgx.Tx
	principal *Principal
	now       time.Time
	wrote     bool
	records   []Event
	touched   []Change
	idem      *idempotency
}

// InTx runs fn in one transaction of the caller's tenant and commits it.
//
// Its first round trip sets the tenant and rereads session, membership, roles and policy version, so a right
// withdrawn a moment ago stops the change. A change without a Record fails. A repeated Idempotency-Key does not
// run fn again: InTx then returns a *Repeat that names the subject of the first run.
func (db *DB) InTx(ctx context.Context, fn func(tx *Tx) error) error {
	caller, err := Caller(ctx)
	if err != nil {
		return err
	}
	ptx, err := db.WritePool.Begin(ctx)
	if err != nil {
		return unavailable(err)
	}
	defer rollback(ctx, ptx)
	tx := &Tx{db: db, tx: ptx, now: db.Clock.Now().Truncate(time.Microsecond)} // as PostgreSQL keeps it
	if err := tx.enter(ctx, caller); err != nil {
		return err
	}
	if err := tx.claimKey(ctx); err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		return err
	}
	if tx.wrote && len(tx.records) == 0 {
		return errors.New("tenancy: a change without a record")
	}
	for _, follower := range db.Followers {
		if err := follower.Follow(ctx, tx, tx.records); err != nil {
			return err
		}
	}
	if err := tx.flush(ctx); err != nil {
		return err
	}
	if err := ptx.Commit(ctx); err != nil {
		return unavailable(err)
	}
	if db.Committed != nil && len(tx.records) > 0 {
		db.Committed(tx.principal.Tenant, tx.changes())
	}
	return nil
}

// enter sets the tenant and, for a person, takes the rights as they are now.
func (tx *Tx) enter(ctx context.Context, caller *Principal) error {
	var batch pgx.Batch
	batch.Queue(setTenant, strconv.Itoa(int(caller.Tenant.ID)))
	if !caller.System() {
		batch.Queue(`
			select platform.session_live($3, $4) and m.state = 'active' and t.state = 'active',
			       array(select h.role from role_holders h where h.tenant_id = $1 and h.membership_id = $2 order by h.role),
			       coalesce(m.unit_id, '00000000-0000-0000-0000-000000000000'), m.post, p.version
			from memberships m
			join policies p on p.tenant_id = m.tenant_id
			join platform.tenants t on t.id = m.tenant_id
			where m.tenant_id = $1 and m.id = $2`, caller.Tenant.ID, caller.Membership, caller.Session, tx.now)
	}
	results := tx.tx.SendBatch(ctx, &batch)
	defer func() { _ = results.Close() }()
	if _, err := results.Exec(); err != nil {
		return err
	}
	p := *caller
	tx.principal = &p
	if caller.System() {
		return results.Close()
	}
	var live bool
	var version int64
	if err := results.QueryRow().Scan(&live, &p.Roles, &p.Unit, &p.Post, &version); err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	if err := results.Close(); err != nil {
		return err
	}
	if !live {
		return errs.New(errs.Unauthenticated, "登录已失效，请重新登录")
	}
	if p.Policy == nil || p.Policy.Version() != version {
		policy, err := tx.db.Policies.Policy(ctx, tx, version)
		if err != nil {
			return err
		}
		p.Policy = policy
	}
	return nil
}

// Principal is the caller, with the rights found in this transaction.
func (tx *Tx) Principal() *Principal { return tx.principal }

// Tenant is the id of the one tenant of this transaction.
func (tx *Tx) Tenant() int32 { return tx.principal.Tenant.ID }

// Now is the time of this transaction, the same throughout.
func (tx *Tx) Now() time.Time { return tx.now }

// Query reads inside the transaction.
func (tx *Tx) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return tx.tx.Query(ctx, sql, args...)
}

// Exec changes rows of this tenant and returns how many. A statement needs arguments: without them pgx would
// accept several statements in one text.
func (tx *Tx) Exec(ctx context.Context, sql string, args ...any) (int64, error) {
	if len(args) == 0 {
		return 0, errors.New("tenancy: a statement without arguments")
	}
	tag, err := tx.tx.Exec(ctx, sql, args...)
	if err != nil {
		return 0, err
	}
	if !tag.Select() {
		tx.wrote = true
	}
	return tag.RowsAffected(), nil
}

// Derive writes what is computed from recorded changes and can be computed again, such as an index: it needs no record.
func (tx *Tx) Derive(ctx context.Context, sql string, args ...any) error {
	wrote := tx.wrote
	_, err := tx.Exec(ctx, sql, args...)
	tx.wrote = wrote
	return err
}

// Enqueue inserts a job that runs once this transaction has committed. Its arguments are ids and nothing else.
func (tx *Tx) Enqueue(ctx context.Context, args river.JobArgs, opts *river.InsertOpts) error {
	_, err := tx.db.Jobs.InsertTx(ctx, tx.tx, args, opts)
	return err
}

// NewID is a new UUIDv7: ids of one process rise with time.
func NewID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// rollback ends a transaction that did not commit, also when the request was cancelled.
func rollback(ctx context.Context, tx pgx.Tx) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_ = tx.Rollback(ctx)
}

func unavailable(err error) error {
	return &errs.Error{Kind: errs.Unavailable, Message: "系统繁忙，请稍后重试", RetryAfter: time.Second, Err: err}
}
