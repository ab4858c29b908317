package upkeep

import (
	"context"
	"time"

	"shangda/tenancy"
)

func anyOld(ctx context.Context, q tenancy.Querier, keys, sessions time.Time) (bool, error) {
	return tenancy.Scalar[bool](ctx, q, `
		select exists (select 1 from idempotency where tenant_id = $1 and created_at < $2) or platform.sessions_old($3) > 0`,
		q.Tenant(), keys, sessions)
}

func forgetKeys(ctx context.Context, tx *tenancy.Tx, before time.Time) (int64, error) {
	return tx.Exec(ctx, `delete from idempotency where tenant_id = $1 and created_at < $2`, tx.Tenant(), before)
}

// forgetSessions forgets the ended sessions of this tenant; the operator's also those that are in no tenant.
func forgetSessions(ctx context.Context, tx *tenancy.Tx, before time.Time) (int64, error) {
	return tenancy.Scalar[int64](ctx, tx, `select platform.sessions_forget($1)`, before)
}
