package organisations_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"shangda/internal/errs"
	"shangda/internal/testdb"
	"shangda/tenancy/organisations"
	"shangda/tenancy/tenancytest"
)

func yes() *bool { b := true; return &b }

func TestTheHouseRuleSaysWhoSeesFigures(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	p := open(t, w)
	county, city, federation := w.Tenant("cppcc", "county"), w.Tenant("cppcc", "city"), w.Tenant("federation", "county")
	for _, c := range []struct {
		lower *tenancytest.Tenant
		want  bool
	}{{county, true}, {federation, false}} {
		id, err := p.OpenLine(p.operator, organisations.NewLine{Lower: c.lower.Code, Upper: city.Code, From: "2026-11"})
		if err != nil {
			t.Fatal(err)
		}
		if l, err := p.LineByID(p.operator, id); err != nil || l.Figures != c.want || l.From.Format("2006-01") != "2026-11" || l.To != nil {
			t.Errorf("%v: %s → 政协: %+v", err, c.lower.Kind, l)
		}
	}
}

func TestLinesThatAreRefused(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	p := open(t, w)
	county, city, province, other := w.Tenant("cppcc", "county"), w.Tenant("cppcc", "city"), w.Tenant("cppcc", "province"), w.Tenant("cppcc", "city")
	line := func(lower, upper, from string) (uuid.UUID, error) {
		return p.OpenLine(p.operator, organisations.NewLine{Lower: lower, Upper: upper, From: from})
	}
	first, err := line(county.Code, city.Code, "2026-01")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := line(city.Code, province.Code, "2026-03"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		why, lower, upper, from string
		want                    errs.Kind
	}{
		{"to itself", county.Code, county.Code, "2026-11", errs.Invalid},
		{"to nobody", county.Code, "nobody", "2026-11", errs.Invalid},
		{"to the operator", county.Code, "platform", "2026-11", errs.Invalid},
		{"from no month", county.Code, province.Code, "2026-13", errs.Invalid},
		{"twice", county.Code, city.Code, "2026-11", errs.Conflict},
		{"in a circle", province.Code, county.Code, "2026-11", errs.Conflict},
		{"in a small circle", city.Code, county.Code, "2026-01", errs.Conflict},
		{"under two who see the figures", county.Code, other.Code, "2026-11", errs.Conflict},
	} {
		if _, err := line(c.lower, c.upper, c.from); !errs.Is(err, c.want) {
			t.Errorf("%s: %v", c.why, err)
		}
	}
	if err := p.CloseLine(p.operator, first, "2025-12"); !errs.Is(err, errs.Invalid) {
		t.Errorf("closed before it began: %v", err)
	}
	if err := p.CloseLine(p.operator, first, "2026-12"); err != nil {
		t.Fatal(err)
	}
	if err := p.CloseLine(p.operator, first, "2027-01"); !errs.Is(err, errs.Conflict) {
		t.Errorf("closed twice: %v", err)
	}
	if _, err := line(county.Code, other.Code, "2026-12"); err != nil {
		t.Errorf("moved: %v", err)
	}
	no := false
	if _, err := p.OpenLine(p.operator, organisations.NewLine{Lower: city.Code, Upper: county.Code, From: "2026-12", Figures: &no}); err != nil {
		t.Errorf("turned round after the old line ended: %v", err)
	}
	if err := p.CloseLine(p.operator, uuid.New(), "2027-01"); !errs.Is(err, errs.NotFound) {
		t.Errorf("a line that is none: %v", err)
	}
}

func TestALineIsStoppedAtOnce(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	p := open(t, w)
	id, err := p.OpenLine(p.operator, organisations.NewLine{Lower: w.Tenant("cppcc", "county").Code, Upper: w.Tenant("cppcc", "city").Code, From: "2026-11"})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.StopLine(p.operator, id); err != nil {
		t.Fatal(err)
	}
	if l, err := p.LineByID(p.operator, id); err != nil || l.StoppedAt == nil || !l.StoppedAt.Equal(w.Clock.Now()) {
		t.Errorf("%v: %+v", err, l)
	}
	if err := p.StopLine(p.operator, id); !errs.Is(err, errs.Conflict) {
		t.Errorf("stopped twice: %v", err)
	}
}

func TestFoldedMonthsMakeTheFiguresStale(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w := tenancytest.On(t, testdb.Fresh(t)) // the clock shows November 2026
	p := open(t, w)
	admin := w.TestDB.Admin(t)
	if _, err := admin.Exec(ctx, `insert into platform.watermark (cluster, as_of) values (1, now()) on conflict (one) do update set stale = false`); err != nil {
		t.Fatal(err)
	}
	county, city, front := w.Tenant("cppcc", "county"), w.Tenant("cppcc", "city"), w.Tenant("front", "city")
	var figures uuid.UUID
	for _, step := range []struct {
		what string
		do   func() error
		want bool
	}{
		{"a line without figures", func() error {
			_, err := p.OpenLine(p.operator, organisations.NewLine{Lower: county.Code, Upper: front.Code, From: "2026-01"})
			return err
		}, false},
		{"a line of figures from next month", func() (err error) {
			figures, err = p.OpenLine(p.operator, organisations.NewLine{Lower: county.Code, Upper: city.Code, From: "2026-12"})
			return err
		}, false},
		{"its end a year later", func() error { return p.CloseLine(p.operator, figures, "2027-12") }, false},
		{"a line of figures from this month", func() (err error) {
			_, err = p.OpenLine(p.operator, organisations.NewLine{Lower: front.Code, Upper: city.Code, From: "2026-11", Figures: yes()})
			return err
		}, true},
	} {
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.what, err)
		}
		var stale bool
		if err := admin.QueryRow(ctx, `select stale from platform.watermark`).Scan(&stale); err != nil || stale != step.want {
			t.Errorf("%v: after %s the figures are stale: %t", err, step.what, stale)
		}
	}
}

// edge is a figures line of the model: months counted from 2026-01, to exclusive.
type edge struct{ lower, upper, from, to int }

const forever = 1 << 20

// TestTheClosureIsWhatTheLinesSay opens and closes random lines and asks, month by month, who sees whose figures through whom.
func TestTheClosureIsWhatTheLinesSay(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w := tenancytest.On(t, testdb.Fresh(t))
	p := open(t, w)
	var units []*tenancytest.Tenant
	for range 6 {
		units = append(units, w.Tenant("cppcc", "county"))
	}
	month := func(n int) string { return time.Date(2026, time.Month(1+n), 1, 0, 0, 0, 0, time.UTC).Format("2006-01") }
	rapid.Check(t, func(r *rapid.T) {
		if _, err := w.TestDB.Admin(t).Exec(ctx, `select set_config('app.tenant', '1', false); delete from platform.closure; delete from platform.lines; select set_config('app.tenant', '', false)`); err != nil {
			r.Fatal(err)
		}
		var edges []edge
		var ids []uuid.UUID
		for range rapid.IntRange(1, 9).Draw(r, "steps") {
			if len(edges) > 0 && rapid.IntRange(0, 3).Draw(r, "close") == 0 {
				i := rapid.IntRange(0, len(edges)-1).Draw(r, "line")
				to := rapid.IntRange(0, 9).Draw(r, "to")
				if err := p.CloseLine(p.operator, ids[i], month(to)); err == nil {
					edges[i].to = to
				}
				continue
			}
			e := edge{rapid.IntRange(0, 5).Draw(r, "lower"), rapid.IntRange(0, 5).Draw(r, "upper"), rapid.IntRange(0, 6).Draw(r, "from"), forever}
			id, err := p.OpenLine(p.operator, organisations.NewLine{Lower: units[e.lower].Code, Upper: units[e.upper].Code, From: month(e.from), Figures: yes()})
			if err == nil {
				edges, ids = append(edges, e), append(ids, id)
			} else if errs.KindOf(err) == errs.Internal {
				r.Fatal(err)
			}
		}
		for m := range 11 {
			want, got := model(edges, m), stored(t, w, units, month(m)+"-01")
			if !slices.Equal(want, got) {
				r.Fatalf("%s: lines %v: closure %v, want %v", month(m), edges, got, want)
			}
		}
	})
}

// model walks up from every unit in one month.
func model(edges []edge, month int) []string {
	up := map[int]int{}
	for _, e := range edges {
		if e.from <= month && month < e.to {
			up[e.lower] = e.upper
		}
	}
	var ways []string
	for unit := range 6 {
		child, depth := unit, 1
		for ancestor, ok := up[unit]; ok; ancestor, ok = up[ancestor] {
			ways = append(ways, fmt.Sprint(ancestor, child, unit, depth))
			child, depth = ancestor, depth+1
		}
	}
	slices.Sort(ways)
	return ways
}

func stored(t *testing.T, w *tenancytest.World, units []*tenancytest.Tenant, month string) []string {
	number := map[int32]int{}
	for i, u := range units {
		number[u.ID] = i
	}
	rows, err := w.TestDB.Admin(t).Query(context.Background(), `
		select ancestor, child, descendant, depth from platform.closure where valid_from <= $1::text::date and $1::text::date < valid_to`, month)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var ways []string
	for rows.Next() {
		var ancestor, child, descendant int32
		var depth int
		if err := rows.Scan(&ancestor, &child, &descendant, &depth); err != nil {
			t.Fatal(err)
		}
		ways = append(ways, fmt.Sprint(number[ancestor], number[child], number[descendant], depth))
	}
	slices.Sort(ways)
	return ways
}
