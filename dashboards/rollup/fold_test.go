package rollup

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"shangda/internal/testdb"
	"shangda/tenancy"
)

func TestMeasuresAreTheColumns(t *testing.T) {
	t.Parallel()
	for table, keys := range map[string]int{"sums": 4, "unit_sums": 3} {
		rows, err := testdb.Open(t).Owner(t).Query(context.Background(), `
			select attname::text from pg_attribute where attrelid = $1::text::regclass and attnum > 0 and not attisdropped order by attnum`, table)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil || !slices.Equal(columns[keys:], Measures) {
			t.Fatalf("%s: %v %v", table, columns, err)
		}
	}
	if len(Measures) != 33 {
		t.Fatalf("%d measures", len(Measures))
	}
}

// Figures from sums are figures counted from the events: whatever the order of recording, folding, moving units and
// correcting; repeated events are refused; a rebuild changes nothing.
func TestFiguresAreTheEventsCounted(t *testing.T) {
	t.Parallel()
	c := newCountry(t)
	folders := []*Folder{c.folder(), c.folder()}
	rapid.Check(t, func(rt *rapid.T) {
		c.reset()
		tenant := rapid.Custom(func(rt *rapid.T) int32 { return rapid.SampledFrom(c.tenants).Draw(rt, "tenant").ID })
		month := rapid.IntRange(0, 11)
		rt.Repeat(map[string]func(*rapid.T){
			"record": func(rt *rapid.T) {
				e := newEvent(tenant.Draw(rt, "tenant"), rapid.SampledFrom([]int32{0, c.tenants[5].ID}).Draw(rt, "child"), month.Draw(rt, "month"),
					rapid.SampledFrom([]string{"", "教育", "交通"}).Draw(rt, "category"),
					rapid.MapOfN(rapid.SampledFrom(Measures), rapid.IntRange(-1, 3), 0, 4).Draw(rt, "measures"))
				if err := c.record(e); err != nil {
					rt.Fatal(err)
				}
				c.events = append(c.events, e)
			},
			"repeat": func(rt *rapid.T) {
				if len(c.events) == 0 {
					return
				}
				if err := c.record(rapid.SampledFrom(c.events).Draw(rt, "again")); err == nil {
					rt.Fatal("the same event was recorded twice")
				}
			},
			"correct": func(rt *rapid.T) {
				if len(c.events) == 0 {
					return
				}
				e := rapid.SampledFrom(c.events).Draw(rt, "wrong")
				e.id = tenancy.NewID()
				opposite := map[string]int{}
				for m, n := range e.measures {
					opposite[m] = -n
				}
				e.measures = opposite
				if err := c.record(e); err != nil {
					rt.Fatal(err)
				}
				c.events = append(c.events, e)
			},
			"fold": func(rt *rapid.T) {
				if _, err := rapid.SampledFrom(folders).Draw(rt, "folder").Once(context.Background()); err != nil {
					rt.Fatal(err)
				}
			},
			"move": func(rt *rapid.T) {
				c.move(tenant.Draw(rt, "tenant"), tenant.Draw(rt, "under"), month.Draw(rt, "from"))
			},
		})
		if err := c.settle(folders[0]); err != nil {
			rt.Fatal(err)
		}
		want := c.count()
		if d := differ(c.read(), want); d != "" {
			rt.Fatal(d)
		}
		if err := folders[1].Rebuild(context.Background()); err != nil {
			rt.Fatal(err)
		}
		if d := differ(c.read(), want); d != "" {
			rt.Fatalf("after a rebuild: %s", d)
		}
	})
}

// writers record side by side while the folders fold, a third of them keeping their transaction open until others with
// higher numbers have committed and folders have passed by.
func (c *country) writers(folders []*Folder) {
	c.t.Helper()
	ctx := context.Background()
	stop := make(chan struct{})
	var passes atomic.Int64
	var folding, writing sync.WaitGroup
	for _, f := range folders {
		folding.Go(func() {
			for {
				if _, err := f.Once(ctx); err != nil {
					c.t.Error(err)
				}
				passes.Add(1)
				select {
				case <-stop:
					return
				default:
				}
			}
		})
	}
	var mu sync.Mutex
	for i := range 8 {
		writing.Go(func() {
			for n := range 25 {
				e := newEvent(c.tenants[(i+n)%7].ID, 0, n%12, "教育", map[string]int{"own_submitted": 1, "tree_submitted": 1})
				err := pgx.BeginFunc(ctx, c.w.Pool(), func(tx pgx.Tx) error {
					if err := insertEvent(ctx, tx, e); err != nil || (i+n)%3 != 0 {
						return err
					}
					return c.linger(tx, &passes, int64(2*len(folders)))
				})
				if err != nil {
					c.t.Error(err)
				}
				mu.Lock()
				c.events = append(c.events, e)
				mu.Unlock()
			}
		})
	}
	writing.Wait()
	close(stop)
	folding.Wait()
}

// linger keeps a transaction open until a later one has committed an event (or its fellows linger too: a hundred glances)
// and so many passes were made since.
func (c *country) linger(tx pgx.Tx, passes *atomic.Int64, more int64) error {
	ctx := context.Background()
	var mine string
	if err := tx.QueryRow(ctx, `select pg_current_xact_id()::text`).Scan(&mine); err != nil {
		return err
	}
	overtaken := false
	for glance := 0; glance < 100 && !overtaken; glance++ {
		err := c.w.TestDB.Admin(c.t).QueryRow(ctx, `select exists (select from events where txid > $1::text::xid8)`, mine).Scan(&overtaken)
		if err != nil {
			return err
		}
	}
	for enough := passes.Load() + more; passes.Load() < enough; {
		runtime.Gosched()
	}
	return nil
}

func TestNoEventOfConcurrentWritersIsLost(t *testing.T) {
	t.Parallel()
	c := newCountry(t)
	c.reset()
	folders := []*Folder{c.folder(), c.folder(), c.folder()}
	c.writers(folders)
	if err := c.settle(folders[2]); err != nil {
		t.Fatal(err)
	}
	if d := differ(c.read(), c.count()); d != "" {
		t.Fatal(d)
	}
}

// A watermark at the highest number that can be seen loses events: the test above would catch it.
func TestAWatermarkByTheHighestNumberIsCaught(t *testing.T) {
	t.Parallel()
	c := newCountry(t)
	c.reset()
	if err := c.settle(c.folder()); err != nil {
		t.Fatal(err)
	}
	broken := c.folder()
	broken.horizon = `select max(txid::text::bigint) + 1, max(txid::text::bigint) + 1 from (select txid from events union all select '3') e`
	c.writers([]*Folder{broken})
	if err := c.settle(c.folder()); err != nil {
		t.Fatal(err)
	}
	if d := differ(c.read(), c.count()); d == "" {
		t.Fatal("a watermark by max(txid) lost nothing: these writers would not catch a broken fold")
	}
}

// One transaction with a smaller number commits after a later one was folded.
func TestALateCommitterIsFolded(t *testing.T) {
	t.Parallel()
	c := newCountry(t)
	c.reset()
	ctx, f := context.Background(), c.folder()
	late, err := c.w.Pool().Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = late.Rollback(ctx) }()
	slow := newEvent(c.tenants[4].ID, 0, 2, "教育", map[string]int{"tree_submitted": 1})
	quick := newEvent(c.tenants[5].ID, 0, 2, "教育", map[string]int{"tree_submitted": 1})
	if err := errors.Join(insertEvent(ctx, late, slow), c.record(quick)); err != nil {
		t.Fatal(err)
	}
	before := c.w.Clock.Now()
	if _, err := f.Once(ctx); err != nil {
		t.Fatal(err)
	}
	asOf := c.w.Clock.Advance(time.Minute)
	if _, err := f.Once(ctx); err != nil {
		t.Fatal(err)
	}
	if got := c.asOf(); got.After(before) && !got.Before(asOf) {
		t.Fatalf("figures call themselves exact as of %s while an older transaction is open", got)
	}
	if err := late.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	c.events = []event{slow, quick}
	if err := c.settle(f); err != nil {
		t.Fatal(err)
	}
	if d := differ(c.read(), c.count()); d != "" {
		t.Fatal(d)
	}
}

func (c *country) asOf() (at time.Time) {
	c.t.Helper()
	if err := c.w.TestDB.Admin(c.t).QueryRow(context.Background(), `select as_of from platform.watermark`).Scan(&at); err != nil {
		c.t.Fatal(err)
	}
	return at
}

func TestAMovedUnitLeavesItsPastBehind(t *testing.T) {
	t.Parallel()
	c := newCountry(t)
	c.reset()
	moved, old, next := c.tenants[4].ID, c.tenants[2].ID, c.tenants[3].ID
	for _, month := range []int{4, 5, 6, 7} {
		e := newEvent(moved, 0, month, "教育", map[string]int{"tree_submitted": 1})
		if err := c.record(e); err != nil {
			t.Fatal(err)
		}
		c.events = append(c.events, e)
	}
	f := c.folder()
	if err := c.settle(f); err != nil {
		t.Fatal(err)
	}
	c.move(moved, next, 6)
	correction := newEvent(moved, 0, 4, "教育", map[string]int{"tree_submitted": -1})
	if err := c.record(correction); err != nil {
		t.Fatal(err)
	}
	c.events = append(c.events, correction)
	if err := c.settle(f); err != nil {
		t.Fatal(err)
	}
	if d := differ(c.read(), c.count()); d != "" {
		t.Fatal(d)
	}
	seen := func(viewer int32) (n int) {
		row := c.w.TestDB.Admin(t).QueryRow(context.Background(), `select sum(tree_submitted) from unit_sums where tenant_id = $1 and unit = $2`, viewer, moved)
		if err := row.Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if seen(old) != 1 || seen(next) != 2 || seen(c.tenants[0].ID) != 3 {
		t.Fatalf("the old unit sees %d, the new one %d, the nation %d", seen(old), seen(next), seen(c.tenants[0].ID))
	}
}

func TestLinesChangedDuringARebuildStayToBeDone(t *testing.T) {
	t.Parallel()
	c := newCountry(t)
	c.reset()
	ctx, f := context.Background(), c.folder()
	if err := c.settle(f); err != nil {
		t.Fatal(err)
	}
	admin := c.w.TestDB.Admin(t)
	barrier, err := admin.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = barrier.Rollback(ctx) }()
	if _, err := barrier.Exec(ctx, `lock table unit_sums in access exclusive mode`); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- f.Rebuild(ctx) }()
	waiting := false
	for deadline := time.Now().Add(10 * time.Second); !waiting && time.Now().Before(deadline); {
		if err := admin.QueryRow(ctx, `select exists (select from pg_locks where relation = 'unit_sums'::regclass and not granted)`).Scan(&waiting); err != nil {
			t.Fatal(err)
		}
	}
	c.move(c.tenants[4].ID, c.tenants[3].ID, 6)
	if err := barrier.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil || !waiting {
		t.Fatal(err, waiting)
	}
	var stale bool
	if err := admin.QueryRow(ctx, `select stale from platform.watermark`).Scan(&stale); err != nil || !stale {
		t.Fatalf("the change of lines was forgotten: %v", err)
	}
}

func TestFiguresOfAnotherClusterAreRefusedUntilRebuilt(t *testing.T) {
	t.Parallel()
	c := newCountry(t)
	c.reset()
	ctx, f := context.Background(), c.folder()
	e := newEvent(c.tenants[6].ID, 0, 1, "交通", map[string]int{"tree_submitted": 2})
	if err := c.record(e); err != nil {
		t.Fatal(err)
	}
	c.events = []event{e}
	c.exec(1, `update platform.watermark set cluster = cluster + 1, folded = '99999999999'`)
	if _, err := f.Once(ctx); !errors.Is(err, ErrOtherCluster) || !strings.Contains(err.Error(), "rebuild") {
		t.Fatalf("folded figures of another cluster: %v", err)
	}
	if err := f.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	if err := c.settle(f); err != nil {
		t.Fatal(err)
	}
	if d := differ(c.read(), c.count()); d != "" {
		t.Fatal(d)
	}
}

func TestReadersAreToldWhoseFiguresChanged(t *testing.T) {
	t.Parallel()
	c := newCountry(t)
	c.reset()
	ctx, f := context.Background(), c.folder()
	told := map[string]bool{}
	f.Changed = func(tenant tenancy.Tenant, _ []tenancy.Change) { told[tenant.Code] = true }
	if err := c.settle(f); err != nil {
		t.Fatal(err)
	}
	clear(told)
	if err := c.redis.FlushDB(ctx).Err(); err != nil {
		t.Fatal(err)
	}
	c.w.Clock.Advance(time.Second)
	if err := c.record(newEvent(c.tenants[4].ID, 0, 1, "交通", map[string]int{"tree_submitted": 1})); err != nil {
		t.Fatal(err)
	}
	if err := c.settle(f); err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{true, true, true, false, true, false, false} {
		tenant := c.tenants[i].Tenant
		if told[tenant.Code] != want {
			t.Errorf("tenant %d was told: %t", i, told[tenant.Code])
		}
		if name := c.redis.Get(ctx, GenerationKey(tenant)).Val(); (name != "") != want {
			t.Errorf("tenant %d is of generation %q", i, name)
		}
	}
	if !c.asOf().Equal(c.w.Clock.Now()) {
		t.Errorf("as of %s at %s", c.asOf(), c.w.Clock.Now())
	}
}
