package bench

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// size is how much the desk is measured on, and what is claimed there.
type size struct {
	all, own  int // reports in the database, and of these in the tenant that is asked
	questions int // of each kind
	claims    bool
}

var (
	full  = size{all: 1_000_000, own: 100_000, questions: 400, claims: true}
	small = size{all: 10_000, own: 4_000, questions: 60}
)

// Desk measures what an office does all day, in a database of a province's size: a page of its inbox anywhere, a search,
// and the comparison of one report with all of its tenant. Small is a trial that claims nothing.
func Desk(ctx context.Context, o Options, asSmall bool, out io.Writer) error {
	n := full
	if asSmall {
		n = small
	}
	p, err := build(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	started := time.Now()
	ids, err := p.stock(ctx, n)
	if err != nil {
		return err
	}
	note := fmt.Sprintf("%d reports in the database, %d in the tenant, all in its inbox; one client, %d questions; loaded in %.0f s", n.all, n.own, n.questions, time.Since(started).Seconds())
	var lines []Line
	for _, m := range []struct {
		name  string
		limit float64
		path  func(*rand.Rand) string
	}{
		{"desk.inbox", 100, anyPage},
		{"desk.search", 100, anyQuestion},
		{"desk.similar", 50, func(r *rand.Rand) string { return "/reports/" + ids[r.IntN(len(ids))].String() + "/similar" }},
	} {
		took, err := p.times(n.questions, m.path)
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		lines = append(lines, within(m.name, took, m.limit, n.claims, note))
	}
	return Print(out, lines, o.JSON)
}

// within makes a line of the time that 95 of 100 questions stay under.
func within(name string, took []time.Duration, limit float64, claims bool, note string) Line {
	slices.Sort(took)
	p95 := float64(took[len(took)*95/100].Microseconds()) / 1000
	median := float64(took[len(took)/2].Microseconds()) / 1000
	l := Line{Name: name, Value: round(p95), Unit: "ms p95", Limit: limit, Ratio: float64(int(1000*p95/limit)) / 1000, Note: fmt.Sprintf("median %.1f ms, worst %.1f ms; %s", median, float64(took[len(took)-1].Microseconds())/1000, note)}
	l.Target, l.Met = fmt.Sprintf("<= %g ms", limit), p95 <= limit
	if !claims {
		l.Target, l.Met = "a trial, claims nothing", true
	}
	return l
}

// times asks one question after the other over one connection, after some to warm up.
func (p *place) times(n int, path func(*rand.Rand) string) ([]time.Duration, error) {
	r := rand.New(rand.NewPCG(2026, 11))
	took := make([]time.Duration, 0, n)
	for i := range n + n/10 {
		ask := p.call(http.MethodGet, "/api/v1/t/"+p.tenant+path(r), nil)
		started := time.Now()
		if err := ask(0); err != nil {
			return nil, err
		}
		if i >= n/10 {
			took = append(took, time.Since(started))
		}
	}
	return took, nil
}

// anyPage is a page of the inbox at any day of the stock's years.
func anyPage(r *rand.Rand) string {
	day := newest.AddDate(0, 0, -r.IntN(days))
	return "/reports?box=inbox&limit=30&until=" + day.Format(time.DateOnly)
}

// anyQuestion is what clerks look for: a matter, a matter in a place, a place, a person, a number, narrowed or not.
func anyQuestion(r *rand.Rand) string {
	one := func(list []string) string { return list[r.IntN(len(list))] }
	ask := func(words, more string) string { return "/search?q=" + url.QueryEscape(words) + more }
	switch r.IntN(8) {
	case 0:
		return ask(one(matters), "")
	case 1:
		return ask(one(matters)+" "+one(places), "")
	case 2:
		return ask(one(towns)+" "+one(places), "")
	case 3:
		return ask(one(families)+one(given), "")
	case 4:
		return ask(fmt.Sprintf("B%d", r.IntN(full.own)), "")
	case 5:
		return ask("建议", "&category="+url.QueryEscape(one(categories)))
	case 6:
		return ask("居民", "&order=newest&page=3")
	default:
		return ask(one(matters), "&urgency=urgent&from=2024-01-01")
	}
}
