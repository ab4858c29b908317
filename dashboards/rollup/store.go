package rollup

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"shangda/tenancy"
)

// One folder at a time, in the whole cluster.
const foldLock = 7_110_305

// horizonSQL is the bound below which every transaction has ended, and the bound above which none had begun. The first
// is how far a pass may fold. The highest id that can be seen is not: one with a lower id may still commit.
const horizonSQL = `select pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint from pg_current_snapshot() s`

const readMarkSQL = `
	select w.cluster, c.system_identifier, w.folded::text::bigint, w.as_of, w.stale from platform.watermark w, pg_control_system() c`

// foldSQL books the events of a range of transactions in both tables, in one reading, and answers how many there were
// and whose rows changed. Events are summed before they meet the closure, which multiplies them by the depth.
var foldSQL = `
	with e as materialized (
		select tenant_id, coalesce(child, tenant_id) as child, month, category, m.*
		from events, jsonb_to_record(measures) as m(` + Columns(Measures, "@ int") + `)
		where txid >= $1::text::xid8 and txid < $2::text::xid8 and measures <> '{}'
	), own as (
		select tenant_id, child, month, category, ` + Columns(OwnMeasures, "coalesce(sum(@), 0) as @") + `
		from e where num_nonnulls(` + Columns(OwnMeasures, "@") + `) > 0
		group by tenant_id, child, month, category
	), origin as (
		select tenant_id, month, category, ` + Columns(TreeMeasures, "coalesce(sum(@), 0) as @") + `
		from e where num_nonnulls(` + Columns(TreeMeasures, "@") + `) > 0
		group by tenant_id, month, category
	), tree as (
		select tenant_id as viewer, tenant_id as child, tenant_id as unit, month, category, ` + Columns(TreeMeasures, "@") + ` from origin
		union all
		select c.ancestor, c.child, o.tenant_id, o.month, o.category, ` + Columns(TreeMeasures, "o.@") + `
		from origin o join platform.closure c on c.descendant = o.tenant_id and o.month >= c.valid_from and o.month < c.valid_to
	), booked as materialized (
		select tenant_id as viewer, child, child as unit, month, category, ` + Columns(OwnMeasures, "@") + `, ` + Columns(TreeMeasures, "0 as @") + ` from own
		union all
		select viewer, child, unit, month, category, ` + Columns(OwnMeasures, "0") + `, ` + Columns(TreeMeasures, "@") + ` from tree
	), by_child as (
		insert into sums (tenant_id, child, month, category, ` + Columns(Measures, "@") + `)
		select viewer, child, month, category, ` + Columns(Measures, "sum(@)") + ` from booked group by viewer, month, child, category
		on conflict (tenant_id, month, child, category) do update set ` + Columns(Measures, "@ = sums.@ + excluded.@") + `
	), by_unit as (
		insert into unit_sums (tenant_id, unit, month, ` + Columns(Measures, "@") + `)
		select viewer, unit, month, ` + Columns(Measures, "sum(@)") + ` from booked group by viewer, month, unit
		on conflict (tenant_id, month, unit) do update set ` + Columns(Measures, "@ = unit_sums.@ + excluded.@") + `
	)
	select (select count(*) from e), array(select distinct viewer from booked order by viewer)`

// mark is the watermark: how far has been folded, on which cluster.
type mark struct {
	stored  int64
	cluster int64
	folded  int64
	asOf    time.Time
	stale   bool
}

func readMark(ctx context.Context, tx pgx.Tx, lock bool) (m mark, version string, err error) {
	sql := readMarkSQL
	if lock {
		sql += ` for update of w`
	}
	if err = tx.QueryRow(ctx, sql).Scan(&m.stored, &m.cluster, &m.folded, &m.asOf, &m.stale); err != nil {
		return m, "", err
	}
	err = tx.QueryRow(ctx, `select xmin::text from platform.watermark`).Scan(&version)
	return m, version, err
}

// advance moves the watermark forward, never back.
func advance(ctx context.Context, tx pgx.Tx, folded int64, asOf time.Time) error {
	_, err := tx.Exec(ctx, `
		update platform.watermark set folded = greatest(folded, $1::text::xid8), as_of = greatest(as_of, $2)`, xid(folded), asOf)
	return err
}

// renew sets the watermark after a rebuild; stale where lines changed meanwhile.
func renew(ctx context.Context, tx pgx.Tx, m mark, stale bool) error {
	_, err := tx.Exec(ctx, `
		update platform.watermark set cluster = $1, folded = $2::text::xid8, as_of = $3, stale = $4`, m.cluster, xid(m.folded), m.asOf, stale)
	return err
}

// clearSums empties both tables and tells whose rows they were.
func clearSums(ctx context.Context, tx pgx.Tx) ([]int32, error) {
	rows, err := tx.Query(ctx, `
		with s as (delete from sums returning tenant_id), u as (delete from unit_sums returning tenant_id)
		select tenant_id from s union select tenant_id from u`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int32])
}

func loadTenants(ctx context.Context, tx pgx.Tx, ids []int32) ([]tenancy.Tenant, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := tx.Query(ctx, `
		select id, code, name, short_name, kind, party, level, division, class, journal, state from platform.tenants where id = any($1)`, ids)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[tenancy.Tenant])
}

func tryLock(ctx context.Context, tx pgx.Tx) (got bool, err error) {
	err = tx.QueryRow(ctx, `select pg_try_advisory_xact_lock($1)`, foldLock).Scan(&got)
	return got, err
}

func waitLock(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `select pg_advisory_xact_lock($1)`, foldLock)
	return err
}

// ErrOtherCluster says that the figures were folded on another cluster (a restored dump, a moved database), whose
// transaction numbers mean nothing here.
var ErrOtherCluster = errors.New("rollup: the figures come from another database cluster; run `shangda figures rebuild`")
