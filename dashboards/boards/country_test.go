package boards

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"shangda/authz"
	"shangda/dashboards/rollup"
	"shangda/internal/redisx"
	"shangda/internal/testdb"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// country is two lines over four levels, in a database of its own:
//
//	n ← p ← c1 ← a1          the political consultative conference
//	             a2 (to c2 from July 2026 on)
//	        c2 ← b1
//	pj ← j                   a party; j also sends to c1, which does not see its figures
type country struct {
	t       testing.TB
	w       *tenancytest.World
	redis   *redis.Client
	folder  *rollup.Folder
	service *Service
	units   map[string]*tenancytest.Tenant
}

func newCountry(t testing.TB) *country {
	t.Helper()
	db := testdb.Fresh(t)
	client, err := redisx.Open(db.RedisURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	w := tenancytest.On(t, db)
	c := &country{t: t, w: w, redis: client, units: map[string]*tenancytest.Tenant{}}
	c.folder = rollup.New(db.Fold(t), client, w.Clock)
	c.service = c.newService(client)
	for _, u := range [][3]string{
		{"n", "cppcc", "national"}, {"p", "cppcc", "province"}, {"c1", "cppcc", "city"}, {"c2", "cppcc", "city"},
		{"a1", "cppcc", "county"}, {"a2", "cppcc", "county"}, {"b1", "cppcc", "county"}, {"pj", "party", "province"}, {"j", "party", "city"},
	} {
		c.units[u[0]] = w.Tenant(u[1], u[2])
	}
	for _, line := range [][2]string{{"p", "n"}, {"c1", "p"}, {"c2", "p"}, {"a1", "c1"}, {"b1", "c2"}, {"j", "pj"}} {
		w.FiguresLine(c.units[line[0]], c.units[line[1]])
	}
	w.Line(c.units["j"], c.units["c1"])
	for _, half := range []struct{ city, from, to string }{{"c1", "2020-01-01", "2026-07-01"}, {"c2", "2026-07-01", "infinity"}} {
		for depth, way := range [][2]string{{half.city, "a2"}, {"p", half.city}, {"n", "p"}} {
			c.exec(`insert into platform.closure values ($1, $2, $3, $4, $5::text::date, $6::text::date)`,
				c.units[way[0]].ID, c.units[way[1]].ID, c.units["a2"].ID, depth+1, half.from, half.to)
		}
	}
	return c
}

func (c *country) newService(client *redis.Client) *Service {
	return New(c.w.DB, tenancy.NewDirectory(c.w.Pool()), client, c.w.Clock)
}

// exec runs a statement as superuser in the operator's tenant.
func (c *country) exec(sql string, args ...any) {
	c.t.Helper()
	ctx := context.Background()
	err := pgx.BeginFunc(ctx, c.w.TestDB.Admin(c.t), func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select set_config('app.tenant', '1', true)`); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, sql, args...)
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

// record books measures of one event in a unit, in a month such as 2026-03; from names the sender, empty for the unit's
// own authors.
func (c *country) record(unit, month, category, from string, measures map[string]int) {
	c.t.Helper()
	at, err := time.Parse("2006-01", month)
	if err != nil {
		c.t.Fatal(err)
	}
	var child int32
	if from != "" {
		child = c.units[from].ID
	}
	ctx := tenancy.System(context.Background(), c.units[unit].Tenant, "importer", "fixture", authz.Actors())
	err = c.w.DB.InTx(ctx, func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "report.tested", Subject: tenancy.Subject{Kind: "report", ID: tenancy.NewID()},
			OccurredAt: at.AddDate(0, 0, 9), Category: category, Child: child, Measures: measures})
		return nil
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

// settle folds until everything recorded before is folded.
func (c *country) settle() {
	c.t.Helper()
	ctx, admin := context.Background(), c.w.TestDB.Admin(c.t)
	var next string
	if err := admin.QueryRow(ctx, `select pg_snapshot_xmax(pg_current_snapshot())::text`).Scan(&next); err != nil {
		c.t.Fatal(err)
	}
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		if _, err := c.folder.Once(ctx); err != nil {
			c.t.Fatal(err)
		}
		var done bool
		err := admin.QueryRow(ctx, `select folded >= $1::text::xid8 and not stale from platform.watermark`, next).Scan(&done)
		if err != nil {
			c.t.Fatal(err)
		}
		if done {
			return
		}
	}
	c.t.Fatal("the fold did not come so far")
}

func (c *country) as(unit string) context.Context { return c.units[unit].Person("editor").Context() }

func year(scope string) Query {
	p, err := ParsePeriod("2026", time.Time{})
	if err != nil {
		panic(err)
	}
	return Query{Scope: scope, Period: p, Measure: "times"}
}

func (c *country) label(code string) string {
	for label, t := range c.units {
		if t.Code == code {
			return label
		}
	}
	return fmt.Sprintf("stranger %s", code)
}
