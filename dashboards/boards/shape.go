package boards

import (
	"cmp"
	"math"
	"slices"
	"time"

	"shangda/dashboards/rollup"
	"shangda/tenancy"
)

// shape makes a board of the sums: all that is not addition.
func (r raw) shape(q Query, unit tenancy.Tenant, viewer tenancy.Tenant, now time.Time) Board {
	b := Board{
		AsOf:        r.AsOf,
		LagSeconds:  math.Round(max(0, now.Sub(r.AsOf).Seconds())*10) / 10,
		Period:      PeriodName{q.Period.From.Format(monthLayout), q.Period.last().Format(monthLayout), q.Period.Label()},
		Unit:        UnitName{unit.Code, unit.Name},
		Tree:        r.Tree.tree(),
		Trend:       r.trend(q.Period.trendEnd(now)),
		Categories:  r.categories(),
		Definitions: definitions,
	}
	if unit.ID == viewer.ID {
		own := r.Own.own()
		b.Own = &own
	}
	if q.Scope == ScopeTree {
		b.Classes = r.classes()
		b.Ranking = rank(r.Units, q, viewer)
	}
	return b
}

func (f figures) own() Own {
	a := OwnAdopted{Single: f["own_adopted_single"], Combined: f["own_adopted_combined"], Relayed: f["own_adopted_relayed"]}
	a.Total = a.Single + a.Combined + a.Relayed
	return Own{
		Submitted: f["own_submitted"], Received: f["own_received"], Signed: f["own_signed"], Forwarded: f["own_forwarded"],
		Adopted: a, Kept: f["own_kept"], Declined: f["own_declined"], Returned: f["own_returned"],
	}
}

func (f figures) tree() Tree {
	return Tree{
		Submitted: f["tree_submitted"], Forwarded: f["tree_forwarded"], Forwardings: f["tree_forwardings"],
		Adopted: TreeAdopted{
			Count:   Count{f["tree_reports"], f.times("", "")},
			ByLevel: f.levels(),
			ByForm:  Forms{Single: f.form("single"), Combined: f.form("combined"), Relayed: f.form("relayed")},

			ByLevelForm: LevelForms{
				County: f.formTimes("county"), City: f.formTimes("city"), Province: f.formTimes("province"), National: f.formTimes("national"),
			},
		},
		AdoptionRate: rate(f["tree_reports"], f["tree_submitted"]),
	}
}

// times is 篇次 at a level in a form; the empty text stands for all.
func (f figures) times(level, form string) (n int) {
	for _, l := range rollup.Levels {
		for _, m := range rollup.Forms {
			if (level == "" || level == l) && (form == "" || form == m) {
				n += f["tree_times_"+l+"_"+m]
			}
		}
	}
	return n
}

func (f figures) form(form string) Count { return Count{f["tree_reports_"+form], f.times("", form)} }

func (f figures) formTimes(level string) FormTimes {
	return FormTimes{Single: f.times(level, "single"), Combined: f.times(level, "combined"), Relayed: f.times(level, "relayed")}
}

func (f figures) level(level string) Count {
	return Count{f["tree_reports_"+level], f.times(level, "")}
}

func (f figures) levels() Levels {
	return Levels{County: f.level("county"), City: f.level("city"), Province: f.level("province"), National: f.level("national")}
}

func rate(adopted, submitted int) *float64 {
	if submitted == 0 {
		return nil
	}
	r := math.Round(float64(adopted)/float64(submitted)*1e4) / 1e4
	return &r
}

func (r raw) trend(end time.Time) []Month {
	found := map[string]figures{}
	for _, m := range r.Months {
		found[m.Name] = m.Figures
	}
	trend := make([]Month, 0, 12)
	for month := end.AddDate(-1, 0, 0); month.Before(end); month = month.AddDate(0, 1, 0) {
		name := month.Format(monthLayout)
		f := found[name]
		trend = append(trend, Month{name, f["tree_submitted"], f["tree_reports"], f.times("", "")})
	}
	return trend
}

func (r raw) categories() []Category {
	all := make([]Category, 0, len(r.Categories))
	for _, part := range r.Categories {
		c := Category{part.Name, part.Figures["tree_submitted"], part.Figures["tree_reports"], part.Figures.times("", "")}
		if c.Submitted == 0 && c.AdoptedReports == 0 && c.AdoptedTimes == 0 {
			continue
		}
		if c.Category == "" {
			c.Category = "未分类"
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b Category) int {
		return cmp.Or(cmp.Compare(b.Submitted, a.Submitted), cmp.Compare(b.AdoptedTimes, a.AdoptedTimes), cmp.Compare(a.Category, b.Category))
	})
	return all
}

func (r raw) classes() []string {
	classes := []string{}
	for _, u := range r.Units {
		if u.Class != "" {
			classes = append(classes, u.Class)
		}
	}
	slices.Sort(classes)
	return slices.Compact(classes)
}
