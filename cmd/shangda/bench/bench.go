// Package bench measures the product's hot paths beside their physical limits in the same run. Absolute figures do not
// travel between machines; the ratios do.
package bench

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Line is one measurement: value beside the limit found in the same run.
type Line struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"`
	Limit  float64 `json:"limit"`
	Ratio  float64 `json:"ratio"`
	Target string  `json:"target"`
	Met    bool    `json:"met"`
	Note   string  `json:"note,omitempty"`
}

// Options say how long to measure and how to print.
type Options struct {
	Rounds  int           // interleaved rounds, the median counts
	Round   time.Duration // of each contestant in each round
	Clients int
	JSON    bool
}

// contestant is one thing measured: do answers once, with the number of the client that calls.
type contestant struct {
	name    string
	clients int
	do      func(client int) error
}

// race runs the contestants in turn, round by round, and gives each one's median rate a second.
func race(o Options, contestants []contestant) (map[string]float64, error) {
	rates := map[string][]float64{}
	for round := -1; round < o.Rounds; round++ {
		for _, c := range contestants {
			rate, err := run(c, o)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.name, err)
			}
			if round >= 0 { // the first round warms up
				rates[c.name] = append(rates[c.name], rate)
			}
		}
	}
	medians := map[string]float64{}
	for name, list := range rates {
		slices.Sort(list)
		medians[name] = list[len(list)/2]
	}
	return medians, nil
}

func run(c contestant, o Options) (float64, error) {
	clients := o.Clients
	if c.clients > 0 {
		clients = c.clients
	}
	var done atomic.Int64
	var failed atomic.Pointer[error]
	var wg sync.WaitGroup
	started := time.Now()
	for client := range clients {
		wg.Go(func() {
			for time.Since(started) < o.Round && failed.Load() == nil {
				if err := c.do(client); err != nil {
					failed.Store(&err)
					return
				}
				done.Add(1)
			}
		})
	}
	wg.Wait()
	if err := failed.Load(); err != nil {
		return 0, *err
	}
	return float64(done.Load()) / time.Since(started).Seconds(), nil
}

// beside makes a line of a rate and its limit.
func beside(name string, value, limit float64, target float64, note string) Line {
	l := Line{Name: name, Value: round(value), Unit: "req/s", Limit: round(limit), Note: note}
	if limit > 0 {
		l.Ratio = float64(int(1000*value/limit)) / 1000
	}
	if target > 0 {
		l.Target = fmt.Sprintf("ratio >= %g", target)
		l.Met = l.Ratio >= target
	} else {
		l.Target, l.Met = "reported", true
	}
	return l
}

func round(v float64) float64 { return float64(int(v*10+0.5)) / 10 }

// Print writes lines as JSON, one object a line, or for people.
func Print(out io.Writer, lines []Line, asJSON bool) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, l := range lines {
		if asJSON {
			if err := encoder.Encode(l); err != nil {
				return err
			}
			continue
		}
		met := "达到"
		if !l.Met {
			met = "未达到"
		}
		fmt.Fprintf(out, "%-28s %10.1f %s   极限 %10.1f   比值 %.3f   目标 %s %s   %s\n", l.Name, l.Value, l.Unit, l.Limit, l.Ratio, strings.ReplaceAll(l.Target, "ratio ", ""), met, l.Note)
	}
	return nil
}
