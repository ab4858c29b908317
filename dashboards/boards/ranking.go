package boards

import (
	"cmp"
	"slices"

	"shangda/tenancy"
)

// measures are what units can be ranked by.
var measures = map[string]func(Ranked) float64{
	"times":     func(r Ranked) float64 { return float64(r.AdoptedTimes) },
	"reports":   func(r Ranked) float64 { return float64(r.AdoptedReports) },
	"submitted": func(r Ranked) float64 { return float64(r.Submitted) },
	"forwarded": func(r Ranked) float64 { return float64(r.Forwarded) },
	"rate": func(r Ranked) float64 {
		if r.AdoptionRate == nil {
			return -1
		}
		return *r.AdoptionRate
	},
}

const (
	basisTree = "tree"
	basisOwn  = "own"
)

// rank orders the units of the wanted class by the wanted measure, each basis by itself: equal figures share a rank, and
// stand in official order.
func rank(units []rawUnit, q Query, viewer tenancy.Tenant) []Ranked {
	slices.SortFunc(units, official)
	ranking := make([]Ranked, 0, len(units))
	for _, u := range units {
		if q.Class == "" || q.Class == u.Class {
			ranking = append(ranking, u.ranked(viewer.Level))
		}
	}
	value := measures[q.Measure]
	slices.SortStableFunc(ranking, func(a, b Ranked) int {
		return cmp.Or(cmp.Compare(b.Basis, a.Basis), cmp.Compare(value(b), value(a)))
	})
	first := 0
	for i := range ranking {
		if i > 0 && ranking[i].Basis != ranking[i-1].Basis {
			first = i
		}
		ranking[i].Rank = i - first + 1
		if i > first && value(ranking[i]) == value(ranking[i-1]) {
			ranking[i].Rank = ranking[i-1].Rank
		}
	}
	return ranking
}

func (u rawUnit) ranked(viewerLevel string) Ranked {
	r := Ranked{
		Tenant: u.Code, Name: u.Name, ShortName: u.ShortName, Kind: u.Kind, Party: u.Party, Class: u.Class, Basis: u.Basis, HasChildren: u.HasChildren,
	}
	if u.Basis == basisTree {
		t := u.Figures.tree()
		r.Submitted, r.Forwarded, r.ByLevel, r.AdoptionRate = t.Submitted, t.Forwarded, t.Adopted.ByLevel, t.AdoptionRate
		r.AdoptedReports, r.AdoptedTimes = t.Adopted.Reports, t.Adopted.Times
		return r
	}
	o := u.Figures.own()
	here := Count{o.Adopted.Total, o.Adopted.Total}
	r.Submitted, r.Forwarded, r.AdoptionRate = o.Received, o.Forwarded, rate(here.Reports, o.Received)
	r.AdoptedReports, r.AdoptedTimes = here.Reports, here.Times
	*r.ByLevel.of(viewerLevel) = here
	return r
}

func (l *Levels) of(level string) *Count {
	switch level {
	case "county":
		return &l.County
	case "city":
		return &l.City
	case "province":
		return &l.Province
	}
	return &l.National
}

// kinds and parties stand in the order of official lists.
var (
	kinds   = []string{"cppcc", "party", "federation", "group", "front", "office", "department", "operator"}
	parties = []string{"民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟"}
)

// official is the order of official lists: kind, party, division, code. What the lists do not name comes last.
func official(a, b rawUnit) int {
	return cmp.Or(
		cmp.Compare(place(kinds, a.Kind), place(kinds, b.Kind)),
		cmp.Compare(place(parties, a.Party), place(parties, b.Party)),
		cmp.Compare(a.Division, b.Division), cmp.Compare(a.Code, b.Code))
}

func place(list []string, what string) int {
	if i := slices.Index(list, what); i >= 0 {
		return i
	}
	return len(list)
}
