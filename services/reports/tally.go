package reports

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// eventBooked is an event that only counts: it is not on the timeline.
const eventBooked = "report.booked"

// booking is one thing that counts: what, and in the month of which moment. One without a measure is only remembered.
type booking struct {
	Measure    string
	OccurredAt time.Time
}

// inForce is the adoptions that stand, one a decider: 篇次 counts once per deciding unit, however many copies of the report
// it adopted and by whichever way the news came. Of each copy the highest numbers decide; of several adopted copies the
// earliest counts. The order of the outcomes does not matter.
func inForce(all []outcomeRow) []Adoption {
	standing := map[uuid.UUID]outcomeRow{}
	for _, o := range byNumber(all) {
		switch o.Outcome {
		case KindAdopted:
			if _, already := standing[o.DeciderReport]; !already {
				standing[o.DeciderReport] = o
			}
		case KindCorrected, KindKept, KindDeclined, KindReturned:
			delete(standing, o.DeciderReport)
		}
	}
	first := map[int32]outcomeRow{}
	for _, o := range standing {
		if old, ok := first[o.Decider]; !ok || earlier(o, old) < 0 {
			first[o.Decider] = o
		}
	}
	list := make([]Adoption, 0, len(first))
	for _, o := range first {
		list = append(list, Adoption{Decider: o.Decider, Form: o.Form, Level: o.Level, At: o.OccurredAt})
	}
	slices.SortFunc(list, func(a, b Adoption) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Decider, b.Decider)) })
	return list
}

func byNumber(all []outcomeRow) []outcomeRow {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b outcomeRow) int { return cmp.Or(cmp.Compare(a.No, b.No), earlier(a, b)) })
	return all
}

func earlier(a, b outcomeRow) int {
	return cmp.Or(a.OccurredAt.Compare(b.OccurredAt), slices.Compare(a.OriginEvent[:], b.OriginEvent[:]))
}

// tally is all that counts of a report's outcomes, by key. own is this tenant: what it decided itself counts as its own.
// origin tells whether the report began here: only then it counts in the tree, 篇次 per decider, 篇 at the first adoption
// of all, of each level and of each form.
func tally(own int32, origin bool, all []outcomeRow) map[string]booking {
	counted := map[string]booking{}
	first := func(key, measure string, at time.Time) {
		if old, ok := counted[key]; !ok || at.Before(old.OccurredAt) {
			counted[key] = booking{measure, at}
		}
	}
	for _, o := range all {
		if o.Decider == own && (o.Outcome == KindKept || o.Outcome == KindDeclined || o.Outcome == KindReturned) {
			first("own:"+o.Outcome, "own_"+o.Outcome, o.OccurredAt)
		}
	}
	for _, a := range inForce(all) {
		if a.Decider == own {
			first("own:adopted", "own_adopted_"+a.Form, a.At)
		}
		if !origin {
			continue
		}
		first(fmt.Sprintf("times:%d", a.Decider), "tree_times_"+a.Level+"_"+a.Form, a.At)
		first("reports", "tree_reports", a.At)
		first("level:"+a.Level, "tree_reports_"+a.Level, a.At)
		first("form:"+a.Form, "tree_reports_"+a.Form, a.At)
	}
	return counted
}

// correction is measures at one moment.
type correction struct {
	At       time.Time
	Measures map[string]int
}

// difference turns what is booked into what should be: what falls away is negated at its own moment.
func difference(have, want map[string]booking) []correction {
	at := map[int64]*correction{}
	count := func(b booking, n int) {
		if b.Measure == "" {
			return
		}
		c := at[b.OccurredAt.UnixMicro()]
		if c == nil {
			c = &correction{At: b.OccurredAt, Measures: map[string]int{}}
			at[b.OccurredAt.UnixMicro()] = c
		}
		if c.Measures[b.Measure] += n; c.Measures[b.Measure] == 0 {
			delete(c.Measures, b.Measure)
		}
	}
	for _, b := range have {
		count(b, -1)
	}
	for _, b := range want {
		count(b, +1)
	}
	list := []correction{}
	for _, c := range at {
		if len(c.Measures) > 0 {
			list = append(list, *c)
		}
	}
	slices.SortFunc(list, func(a, b correction) int { return a.At.Compare(b.At) })
	return list
}

// settle brings adoptions and figures up to date with the outcomes the report has now. A combined report counts nothing:
// its sources do, one 篇次 each; nor does a part of a report that was split: the whole does, one 篇次 a deciding unit.
func (s *Service) settle(ctx context.Context, tx *tenancy.Tx, r *Report) error {
	all, err := outcomes(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	r.Adoptions, r.Adopted = inForce(all), ""
	for _, a := range r.Adoptions {
		if a.Decider == tx.Tenant() {
			r.Adopted = a.Form
		}
	}
	if err := saveAdoptions(ctx, tx, r); err != nil || r.derived() {
		return err
	}
	return book(ctx, tx, r, false, func(map[string]booking) map[string]booking { return tally(tx.Tenant(), r.origin(), all) })
}

// The keys that count forwardings begin with sent; all others count outcomes.
const (
	sent     = "sent"
	sentTree = "sent:tree"
	sentOwn  = "sent:own"
)

// book changes one group of what is booked of a report, and records the difference.
func book(ctx context.Context, tx *tenancy.Tx, r *Report, forwardings bool, change func(have map[string]booking) map[string]booking) error {
	all, err := booked(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	have := map[string]booking{}
	for key, b := range all {
		if strings.HasPrefix(key, sent) == forwardings {
			have[key] = b
		}
	}
	want := change(have)
	for _, c := range difference(have, want) {
		tx.Record(tenancy.Event{Kind: eventBooked, Subject: subject(r.ID), OccurredAt: c.At, Category: r.Category, Child: r.child(), Measures: c.Measures})
	}
	return replaceBooked(ctx, tx, r.ID, have, want)
}

// bookForwarding counts the report as forwarded to a unit, or no longer; via is what was sent: the report itself, or the
// combined one it is part of, whose sources count in the tree instead of it.
func (s *Service) bookForwarding(ctx context.Context, tx *tenancy.Tx, r *Report, via uuid.UUID, to int32, forwarded bool) error {
	err := book(ctx, tx, r, true, func(have map[string]booking) map[string]booking {
		return forwardings(have, r, via, to, forwarded, tx.Now())
	})
	if err != nil || !r.derived() {
		return err
	}
	return eachSource(ctx, tx, r, func(source *Report, kind string) error {
		if !source.origin() || kind == sourceDuplicate {
			return nil
		}
		return s.bookForwarding(ctx, tx, source, via, to, forwarded)
	})
}

// forwardings is what counts after a forwarding was made or taken back. 篇次 counts each upper unit once, also where the
// report went there again after a return; 篇 counts at the first forwarding that stands.
func forwardings(have map[string]booking, r *Report, via uuid.UUID, to int32, forwarded bool, now time.Time) map[string]booking {
	want := map[string]booking{}
	for key, b := range have {
		if key != sentTree && key != sentOwn {
			want[key] = b
		}
	}
	key := fmt.Sprintf("%s:%s:%d", sent, via, to)
	if _, already := want[key]; forwarded && !already {
		want[key] = booking{OccurredAt: now}
		if r.origin() {
			want[key] = booking{"tree_forwardings", now}
		}
	} else if !forwarded {
		delete(want, key)
	}
	first := map[string]booking{}
	for key, b := range want {
		note := func(key, measure string) {
			if old, ok := first[key]; !ok || b.OccurredAt.Before(old.OccurredAt) {
				first[key] = booking{measure, b.OccurredAt}
			}
		}
		if r.origin() {
			note(sentTree, "tree_forwarded")
		}
		if strings.HasPrefix(key, sent+":"+r.ID.String()) {
			note(sentOwn, "own_forwarded")
		}
	}
	maps.Copy(want, first)
	return want
}

// recategorise moves what the report has counted so far from its former category to the present one, each in its own month.
func recategorise(ctx context.Context, tx *tenancy.Tx, r *Report, former string) error {
	if former == r.Category {
		return nil
	}
	rows, err := counted(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	for _, row := range rows {
		e := tenancy.Event{Kind: eventBooked, Subject: subject(r.ID), OccurredAt: row.OccurredAt, Category: row.Category, Measures: map[string]int{row.Measure: -row.N}}
		if row.Child != nil {
			e.Child = *row.Child
		}
		tx.Record(e)
		e.Category, e.Measures = r.Category, map[string]int{row.Measure: row.N}
		tx.Record(e)
	}
	return nil
}
