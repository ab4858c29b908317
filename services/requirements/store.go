package requirements

import (
	"context"
	"encoding/json"
	"time"

	"shangda/tenancy"
)

type row struct {
	Upper       int32
	Version     int
	Body        json.RawMessage
	PublishedAt time.Time
}

func (r row) published() (Published, error) {
	p := Published{Requirements: Shipped, Version: r.Version, PublishedAt: r.PublishedAt}
	return p, json.Unmarshal(r.Body, &p.Requirements)
}

// newest is this unit's own, as published last.
func newest(ctx context.Context, q tenancy.Querier) (Published, error) {
	r, err := tenancy.Get[row](ctx, q, `
		select 0 as upper, version, body, published_at from requirements where tenant_id = $1 order by version desc limit 1`, q.Tenant())
	if err != nil {
		return Published{}, err
	}
	return r.published()
}

// insert adds the version after the given one; false where that is not the newest.
func insert(ctx context.Context, tx *tenancy.Tx, version int, r Requirements) (bool, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return false, err
	}
	n, err := tx.Exec(ctx, `
		insert into requirements (tenant_id, version, body, published_by, published_at)
		select $1, $2::int + 1, $3, $4, $5 where $2 = coalesce((select max(version) from requirements where tenant_id = $1), 0)
		on conflict do nothing`, tx.Tenant(), version, body, tx.Principal().Membership, tx.Now())
	return n == 1, err
}

// lowers are the active units with a line to this one that is open now.
func lowers(ctx context.Context, q tenancy.Querier) ([]int32, error) {
	return tenancy.Scalars[int32](ctx, q, `
		select distinct l.lower from platform.lines l join platform.tenants t on t.id = l.lower
		where l.upper = $1 and t.state = 'active' and l.stopped_at is null
		  and ($2::timestamptz at time zone 'Asia/Shanghai')::date >= l.valid_from and ($2::timestamptz at time zone 'Asia/Shanghai')::date < l.valid_to
		order by l.lower`, q.Tenant(), q.Now())
}

// keep is false where the same or a newer version is there.
func keep(ctx context.Context, tx *tenancy.Tx, upper int32, p Published) (bool, error) {
	body, err := json.Marshal(p.Requirements)
	if err != nil {
		return false, err
	}
	n, err := tx.Exec(ctx, `
		insert into requirements_in as r (tenant_id, upper, version, body, published_at, received_at) values ($1, $2, $3, $4, $5, $6)
		on conflict (tenant_id, upper) do update set version = excluded.version, body = excluded.body, published_at = excluded.published_at,
		    received_at = excluded.received_at where r.version < excluded.version`, tx.Tenant(), upper, p.Version, body, p.PublishedAt, tx.Now())
	return n == 1, err
}

func from(ctx context.Context, q tenancy.Querier, upper int32) (row, error) {
	return tenancy.Get[row](ctx, q, `
		select upper, version, body, published_at from requirements_in where tenant_id = $1 and upper = $2`, q.Tenant(), upper)
}

func above(ctx context.Context, q tenancy.Querier) ([]row, error) {
	return tenancy.Collect[row](ctx, q, `
		select r.upper, r.version, r.body, r.published_at from requirements_in r
		where r.tenant_id = $1 and exists (
			select from platform.lines l where l.lower = $1 and l.upper = r.upper and l.stopped_at is null
			  and ($2::timestamptz at time zone 'Asia/Shanghai')::date >= l.valid_from and ($2::timestamptz at time zone 'Asia/Shanghai')::date < l.valid_to)
		order by r.upper`, q.Tenant(), q.Now())
}
