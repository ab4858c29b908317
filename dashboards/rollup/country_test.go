package rollup

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"shangda/internal/redisx"
	"shangda/internal/testdb"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// country is a database of its own with seven tenants, who reports to whom in each month, and the events recorded.
type country struct {
	t       testing.TB
	w       *tenancytest.World
	redis   *redis.Client
	tenants []*tenancytest.Tenant
	parent  []map[int32]int32 // for each month of 2026
	events  []event
}

// event is what the naive count knows of an event.
type event struct {
	id       uuid.UUID
	tenant   int32
	child    int32
	month    int
	category string
	measures map[string]int
}

func newCountry(t testing.TB) *country {
	t.Helper()
	db := testdb.Fresh(t)
	client, err := redisx.Open(db.RedisURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	c := &country{t: t, w: tenancytest.On(t, db), redis: client}
	for _, level := range []string{"national", "province", "city", "city", "county", "county", "county"} {
		c.tenants = append(c.tenants, c.w.Tenant("cppcc", level))
	}
	return c
}

func (c *country) folder() *Folder { return New(c.w.TestDB.Fold(c.t), c.redis, c.w.Clock) }

// reset forgets all events and figures and starts with one order of tenants for the whole year.
func (c *country) reset() {
	c.events, c.parent = nil, make([]map[int32]int32, 12)
	for m := range c.parent {
		c.parent[m] = map[int32]int32{}
		for i, above := range []int{-1, 0, 1, 1, 2, 2, 3} {
			if above >= 0 {
				c.parent[m][c.tenants[i].ID] = c.tenants[above].ID
			}
		}
	}
	c.exec(1, `truncate events, sums, unit_sums`)
	c.exec(1, `update platform.watermark set folded = '0', stale = false`)
	c.writeClosure()
}

// move puts a tenant under another one from a month on, unless that closed a circle.
func (c *country) move(tenant, under int32, from int) {
	for m := from; m < 12; m++ {
		for above := under; above != 0; above = c.parent[m][above] {
			if above == tenant {
				return
			}
		}
	}
	for m := from; m < 12; m++ {
		c.parent[m][tenant] = under
	}
	c.writeClosure()
}

// writeClosure writes every way up as runs of months, and marks the figures as stale, in one transaction.
func (c *country) writeClosure() {
	type way struct{ ancestor, child, descendant int32 }
	months := map[way][]int{}
	for m := range 12 {
		for _, t := range c.tenants {
			for child := t.ID; c.parent[m][child] != 0; child = c.parent[m][child] {
				w := way{c.parent[m][child], child, t.ID}
				months[w] = append(months[w], m)
			}
		}
	}
	sql := `delete from platform.closure; update platform.watermark set stale = true;`
	for w, ms := range months {
		for i := 0; i < len(ms); {
			j := i
			for j+1 < len(ms) && ms[j+1] == ms[j]+1 {
				j++
			}
			sql += fmt.Sprintf(`insert into platform.closure values (%d, %d, %d, 1, '%s', '%s');`,
				w.ancestor, w.child, w.descendant, first(ms[i]), first(ms[j]+1))
			i = j + 1
		}
	}
	c.exec(1, sql)
}

func first(m int) string {
	return time.Date(2026, time.Month(m+1), 1, 0, 0, 0, 0, time.UTC).Format("2006-01-02")
}

func (c *country) exec(tenant int32, sql string) {
	c.t.Helper()
	ctx := context.Background()
	err := pgx.BeginFunc(ctx, c.w.TestDB.Admin(c.t), func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select set_config('app.tenant', $1, true)`, fmt.Sprint(tenant)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol)
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

// insertEvent writes an event as the runtime role inside a transaction of the caller's, which may stay open.
func insertEvent(ctx context.Context, tx pgx.Tx, e event) error {
	if _, err := tx.Exec(ctx, `select set_config('app.tenant', $1, true)`, fmt.Sprint(e.tenant)); err != nil {
		return err
	}
	var child *int32
	if e.child != 0 {
		child = &e.child
	}
	at := time.Date(2026, time.Month(e.month+1), 15, 4, 0, 0, 0, time.UTC)
	_, err := tx.Exec(ctx, `
		insert into events (tenant_id, id, kind, subject_kind, subject_id, occurred_at, recorded_at, origin_event, category, child, measures)
		values ($1, $2, 'report.tested', 'report', $2, $3, $3, $2, $4, $5, $6)`, e.tenant, e.id, at, e.category, child, e.measures)
	return err
}

func (c *country) record(e event) error {
	return pgx.BeginFunc(context.Background(), c.w.Pool(), func(tx pgx.Tx) error { return insertEvent(context.Background(), tx, e) })
}

// figures is table, viewer, child or unit, month, category → measures that are not zero.
type figures map[string]map[string]int

func (f figures) add(key, measure string, n int) {
	if f[key] == nil {
		f[key] = map[string]int{}
	}
	if f[key][measure] += n; f[key][measure] == 0 {
		delete(f[key], measure)
	}
	if len(f[key]) == 0 {
		delete(f, key)
	}
}

// count is the figures as design.md defines them, counted event by event with nothing of the fold.
func (c *country) count() figures {
	f := figures{}
	book := func(viewer, child, unit int32, e event, measure string, n int) {
		f.add(fmt.Sprintf("sums %d %d %s %s", viewer, child, first(e.month), e.category), measure, n)
		f.add(fmt.Sprintf("unit_sums %d %d %s", viewer, unit, first(e.month)), measure, n)
	}
	for _, e := range c.events {
		for measure, n := range e.measures {
			if measure[:4] == "own_" {
				child := e.child
				if child == 0 {
					child = e.tenant
				}
				book(e.tenant, child, child, e, measure, n)
				continue
			}
			book(e.tenant, e.tenant, e.tenant, e, measure, n)
			for below := e.tenant; c.parent[e.month][below] != 0; below = c.parent[e.month][below] {
				book(c.parent[e.month][below], below, e.tenant, e, measure, n)
			}
		}
	}
	return f
}

// read is the figures as they stand in the two tables.
func (c *country) read() figures {
	c.t.Helper()
	f := figures{}
	rows, err := c.w.TestDB.Admin(c.t).Query(context.Background(), `
		select format('sums %s %s %s %s', tenant_id, child, month, category), to_jsonb(s) - '{tenant_id,child,month,category}'::text[] from sums s
		union all
		select format('unit_sums %s %s %s', tenant_id, unit, month), to_jsonb(s) - '{tenant_id,unit,month}'::text[] from unit_sums s`)
	if err != nil {
		c.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		var measures map[string]int
		if err := rows.Scan(&key, &measures); err != nil {
			c.t.Fatal(err)
		}
		for m, n := range measures {
			f.add(key, m, n)
		}
	}
	if rows.Err() != nil {
		c.t.Fatal(rows.Err())
	}
	return f
}

// settle folds until everything recorded before is folded.
func (c *country) settle(f *Folder) error {
	ctx := context.Background()
	var next int64
	if err := c.w.TestDB.Admin(c.t).QueryRow(ctx, `select pg_snapshot_xmax(pg_current_snapshot())::text::bigint`).Scan(&next); err != nil {
		return err
	}
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		if _, err := f.Once(ctx); err != nil {
			return err
		}
		var done bool
		if err := c.w.TestDB.Admin(c.t).QueryRow(ctx, `select folded >= $1::text::xid8 and not stale from platform.watermark`, xid(next)).Scan(&done); err != nil || done {
			return err
		}
	}
	return fmt.Errorf("the fold did not reach %d", next)
}

// differ says where two sets of figures differ, empty where they do not.
func differ(got, want figures) string {
	keys := maps.Clone(want)
	maps.Copy(keys, got)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if !maps.Equal(got[key], want[key]) {
			return fmt.Sprintf("%s: %v, counted %v", key, got[key], want[key])
		}
	}
	return ""
}

func newEvent(tenant, child int32, month int, category string, measures map[string]int) event {
	return event{tenancy.NewID(), tenant, child, month, category, measures}
}
