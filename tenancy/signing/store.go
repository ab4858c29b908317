package signing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/tenancy"
)

type keyRow struct {
	ID        uuid.UUID
	Algorithm string
	Private   []byte
}

// used is the key in use.
func used(ctx context.Context, q tenancy.Querier) (keyRow, error) {
	return tenancy.Get[keyRow](ctx, q, `
		select id, algorithm, private from signing_keys where tenant_id = $1 and retired_at is null`, q.Tenant())
}

// insert is false where another key is in use.
func insert(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, algorithm string, sealed []byte) (bool, error) {
	var by *uuid.UUID
	if m := tx.Principal().Membership; m != uuid.Nil {
		by = &m
	}
	n, err := tx.Exec(ctx, `
		insert into signing_keys (tenant_id, id, algorithm, private, created_at, created_by) values ($1, $2, $3, $4, $5, $6)
		on conflict (tenant_id) where retired_at is null do nothing`, tx.Tenant(), id, algorithm, sealed, tx.Now(), by)
	return n == 1, err
}

func publish(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, algorithm string, public []byte) error {
	_, err := tx.Exec(ctx, `select platform.signing_put($1, $2, $3, $4)`, id, algorithm, public, tx.Now())
	return err
}

// retire takes the key in use out of use.
func retire(ctx context.Context, tx *tenancy.Tx) error {
	if _, err := tx.Exec(ctx, `update signing_keys set retired_at = $2 where tenant_id = $1 and retired_at is null`, tx.Tenant(), tx.Now()); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `select platform.signing_retire($1)`, tx.Now())
	return err
}

type publicRow struct {
	Algorithm string
	Public    []byte
	RetiredAt *time.Time
}

// published is the public half of any tenant's key.
func published(ctx context.Context, q tenancy.Querier, tenant int32, id uuid.UUID) (publicRow, error) {
	return tenancy.Get[publicRow](ctx, q, `select algorithm, public, retired_at from platform.signing_key($1, $2)`, tenant, id)
}

func list(ctx context.Context, q tenancy.Querier, tenant int32) ([]Key, error) {
	return tenancy.Collect[Key](ctx, q, `select id, algorithm, public, created_at, retired_at from platform.signing_list($1)`, tenant)
}

// since is when the tenants began to sign.
func since(ctx context.Context, q tenancy.Querier) (time.Time, error) {
	return tenancy.Scalar[time.Time](ctx, q, `select platform.signing_since()`)
}
