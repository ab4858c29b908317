package boards

import (
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"

	"shangda/internal/errs"
	"shangda/tenancy"
)

type m = map[string]int

// begun is a report submitted, signed and forwarded by its origin in one month.
func (c *country) begun(unit, month, category string, forwardings int) {
	c.record(unit, month, category, "", m{"own_submitted": 1, "tree_submitted": 1})
	c.record(unit, month, category, "", m{"own_signed": 1})
	c.record(unit, month, category, "", m{"own_forwarded": 1, "tree_forwarded": 1, "tree_forwardings": forwardings})
}

// adopted is a report's first adoption, at a city.
func adopted(form string) m {
	return m{"tree_times_city_" + form: 1, "tree_reports": 1, "tree_reports_city": 1, "tree_reports_" + form: 1}
}

func opposite(measures m) m {
	o := maps.Clone(measures)
	for k, n := range o {
		o[k] = -n
	}
	return o
}

// story is the year that testdata/figures.txt counts.
func (c *country) story() {
	const building, school, health, traffic = "城乡建设", "教育", "医疗", "交通"
	// One report of a1 and one of j reach c1, which combines them; province and nation adopt the combined one.
	c.begun("a1", "2026-03", building, 1)
	c.begun("j", "2026-03", building, 2)
	c.record("pj", "2026-03", building, "j", m{"own_received": 1})
	c.record("pj", "2026-04", building, "j", m{"own_declined": 1})
	for _, origin := range []string{"a1", "j"} {
		c.record("c1", "2026-03", building, origin, m{"own_received": 1})
		c.record("c1", "2026-04", building, origin, m{"own_adopted_combined": 1})
		c.record(origin, "2026-04", building, "", adopted("combined"))
		c.record(origin, "2026-05", building, "", m{"tree_times_province_combined": 1, "tree_reports_province": 1})
		c.record(origin, "2026-06", building, "", m{"tree_times_national_combined": 1, "tree_reports_national": 1})
	}
	c.record("c1", "2026-04", building, "", m{"own_signed": 1})
	c.record("c1", "2026-04", building, "", m{"own_forwarded": 1})
	c.record("p", "2026-04", building, "c1", m{"own_received": 1})
	c.record("p", "2026-05", building, "c1", m{"own_adopted_single": 1})
	c.record("p", "2026-05", building, "c1", m{"own_forwarded": 1})
	c.record("n", "2026-06", building, "p", m{"own_received": 1})
	c.record("n", "2026-06", building, "p", m{"own_adopted_single": 1})
	// a2 reports to c1 in February and to c2 in August.
	c.begun("a2", "2026-02", school, 1)
	c.record("c1", "2026-02", school, "a2", m{"own_received": 1})
	c.record("c1", "2026-03", school, "a2", m{"own_adopted_single": 1})
	c.record("a2", "2026-03", school, "", adopted("single"))
	c.begun("a2", "2026-08", school, 1)
	c.record("c2", "2026-08", school, "a2", m{"own_received": 1})
	c.record("c2", "2026-09", school, "a2", m{"own_adopted_single": 1})
	c.record("a2", "2026-09", school, "", adopted("single"))
	c.record("c2", "2026-09", school, "a2", m{"own_forwarded": 1})
	c.record("p", "2026-09", school, "c2", m{"own_received": 1})
	c.record("p", "2026-10", school, "c2", m{"own_adopted_relayed": 1})
	c.record("a2", "2026-10", school, "", m{"tree_times_province_relayed": 1, "tree_reports_province": 1, "tree_reports_relayed": 1})
	// c2 adopts a report of b1 in February, corrects that later in February's month, and keeps it in April.
	c.begun("b1", "2026-02", health, 1)
	c.record("c2", "2026-02", health, "b1", m{"own_received": 1})
	c.record("c2", "2026-02", health, "b1", m{"own_adopted_single": 1})
	c.record("b1", "2026-02", health, "", adopted("single"))
	c.record("c2", "2026-02", health, "b1", m{"own_adopted_single": -1})
	c.record("b1", "2026-02", health, "", opposite(adopted("single")))
	c.record("c2", "2026-04", health, "b1", m{"own_kept": 1})
	// An author of c1 itself is sent back by the province; a1 has one from last year and one new.
	c.begun("c1", "2026-05", building, 1)
	c.record("p", "2026-05", building, "c1", m{"own_received": 1})
	c.record("p", "2026-05", building, "c1", m{"own_returned": 1})
	c.record("a1", "2025-12", traffic, "", m{"own_submitted": 1, "tree_submitted": 1})
	c.record("a1", "2026-11", traffic, "", m{"own_submitted": 1, "tree_submitted": 1})
}

func TestEveryFigureOfEveryBoard(t *testing.T) {
	t.Parallel()
	c := newCountry(t)
	c.story()
	c.settle()
	stated, err := os.ReadFile("testdata/figures.txt")
	if err != nil {
		t.Fatal(err)
	}
	tables := strings.Split(string(stated), "\n== ")[1:]
	check := func(t *testing.T) {
		for _, table := range tables {
			title, want, _ := strings.Cut(table, "\n")
			t.Run(title, func(t *testing.T) {
				if got := c.table(t, title); got != strings.TrimSpace(want) {
					t.Errorf("%s\ngot:\n%s\nby hand:\n%s", title, got, strings.TrimSpace(want))
				}
			})
		}
	}
	t.Run("folded", check)
	if err := c.folder.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Run("rebuilt", check)
}

// table is a board in the form of testdata/figures.txt. The title is: unit, scope, period, and perhaps under and a unit.
func (c *country) table(t *testing.T, title string) string {
	t.Helper()
	words := strings.Fields(title)
	q := year(words[1])
	var err error
	if q.Period, err = ParsePeriod(words[2], c.w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	if len(words) > 4 {
		q.Under = c.units[words[4]].Code
	}
	b, err := c.service.Compute(c.as(words[0]), q)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	if b.Own != nil {
		a := b.Own.Adopted
		lines = append(lines, "own"+figure("submitted", b.Own.Submitted)+figure("received", b.Own.Received)+figure("signed", b.Own.Signed)+
			figure("forwarded", b.Own.Forwarded)+figure("single", a.Single)+figure("combined", a.Combined)+figure("relayed", a.Relayed)+
			figure("total", a.Total)+figure("kept", b.Own.Kept)+figure("declined", b.Own.Declined)+figure("returned", b.Own.Returned))
	}
	forms := b.Tree.Adopted.ByForm
	lines = append(lines,
		"tree"+figure("submitted", b.Tree.Submitted)+figure("forwarded", b.Tree.Forwarded)+figure("forwardings", b.Tree.Forwardings)+share(b.Tree.AdoptionRate),
		"adopted"+count("all", b.Tree.Adopted.Count)+levels(b.Tree.Adopted.ByLevel)+
			count("single", forms.Single)+count("combined", forms.Combined)+count("relayed", forms.Relayed))
	lines = append(lines, levelForms(b.Tree.Adopted.ByLevelForm))
	trend, categories := "trend", "categories"
	for _, month := range b.Trend {
		if n := fmt.Sprintf("%d,%d,%d", month.Submitted, month.AdoptedReports, month.AdoptedTimes); n != "0,0,0" {
			trend += " " + month.Month + "=" + n
		}
	}
	for _, k := range b.Categories {
		categories += fmt.Sprintf(" %s=%d,%d,%d", k.Category, k.Submitted, k.AdoptedReports, k.AdoptedTimes)
	}
	lines = append(lines, trend, categories)
	for _, r := range b.Ranking {
		line := fmt.Sprintf("ranking %d %s %s", r.Rank, c.label(r.Tenant), r.Basis) + figure("submitted", r.Submitted) + figure("forwarded", r.Forwarded) +
			count("all", Count{r.AdoptedReports, r.AdoptedTimes}) + levels(r.ByLevel) + share(r.AdoptionRate)
		if r.HasChildren {
			line += " below"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func figure(name string, n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" %s=%d", name, n)
}

func count(name string, n Count) string {
	if n == (Count{}) {
		return ""
	}
	return fmt.Sprintf(" %s=%d/%d", name, n.Reports, n.Times)
}

func levels(l Levels) string {
	return count("county", l.County) + count("city", l.City) + count("province", l.Province) + count("national", l.National)
}

func levelForms(l LevelForms) string {
	line := "times"
	for i, f := range []FormTimes{l.County, l.City, l.Province, l.National} {
		level := []string{"county", "city", "province", "national"}[i]
		line += figure(level+"/single", f.Single) + figure(level+"/combined", f.Combined) + figure(level+"/relayed", f.Relayed)
	}
	return line
}

func share(rate *float64) string {
	if rate == nil {
		return ""
	}
	return fmt.Sprintf(" rate=%v", *rate)
}

func TestNobodyLooksIntoWhatIsNotBelow(t *testing.T) {
	t.Parallel()
	c := newCountry(t)
	c.story()
	c.settle()
	for viewer, under := range map[string]string{"c1": "c2", "a1": "c1", "c2": "a1", "p": "j", "pj": "a1"} {
		q := year(ScopeTree)
		q.Under = c.units[under].Code
		if _, err := c.service.Cached(c.as(viewer), q); !errs.Is(err, errs.NotFound) {
			t.Errorf("%s looks into %s: %v", viewer, under, err)
		}
	}
	q := year(ScopeTree)
	if _, err := c.service.Cached(c.units["c1"].Person("officer").Context(), q); !errs.Is(err, errs.Forbidden) {
		t.Errorf("an officer sees the tree: %v", err)
	}
}

func TestEqualFiguresShareARankInOfficialOrder(t *testing.T) {
	t.Parallel()
	unit := func(code, kind, party string, times int) rawUnit {
		return rawUnit{Code: code, Kind: kind, Party: party, Class: kind, Basis: basisTree, Figures: figures{"tree_times_city_single": times}}
	}
	units := []rawUnit{
		unit("gsl", "federation", "", 2), unit("93", "party", "九三学社", 2), unit("mm", "party", "民盟", 2),
		unit("mg", "party", "民革", 1), unit("zx", "cppcc", "", 2), unit("nd", "party", "农工党", 5),
	}
	sender := unit("far", "group", "", 0)
	sender.Basis, sender.Figures = basisOwn, figures{"own_adopted_single": 9, "own_received": 9}
	got := ""
	for _, r := range rank(append(units, sender), year(ScopeTree), tenancy.Tenant{Level: "city"}) {
		got += fmt.Sprintf("%d %s, ", r.Rank, r.Tenant)
	}
	if want := "1 nd, 2 zx, 2 mm, 2 93, 2 gsl, 6 mg, 1 far, "; got != want {
		t.Fatalf("%s, want %s", got, want)
	}
	q := year(ScopeTree)
	q.Class, q.Measure = "party", "rate"
	if got := rank(units, q, tenancy.Tenant{Level: "city"}); len(got) != 4 || got[0].Tenant != "mg" || got[3].Rank != 1 {
		t.Fatalf("parties without a rate: %v", got)
	}
}
