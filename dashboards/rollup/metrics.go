package rollup

import (
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"shangda/internal/clock"
)

type metrics struct {
	asOf     *atomic.Int64
	lag      prometheus.GaugeFunc
	events   prometheus.Counter
	failures prometheus.Counter
	seconds  prometheus.Histogram
}

func newMetrics(clock clock.Clock) metrics {
	asOf := &atomic.Int64{}
	return metrics{
		asOf: asOf,
		lag: prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "shangda_fold_lag_seconds", Help: "Age of the moment as of which the figures are exact.",
		}, func() float64 {
			if asOf.Load() == 0 {
				return 0
			}
			return max(0, clock.Now().Sub(time.UnixMicro(asOf.Load())).Seconds())
		}),
		events:   prometheus.NewCounter(prometheus.CounterOpts{Name: "shangda_fold_events_total", Help: "Events folded into sums."}),
		failures: prometheus.NewCounter(prometheus.CounterOpts{Name: "shangda_fold_failures_total", Help: "Passes that failed."}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "shangda_fold_pass_seconds", Help: "Time of a pass.", Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 60},
		}),
	}
}

func (m metrics) seen(asOf time.Time) { m.asOf.Store(asOf.UnixMicro()) }

func (m metrics) passed(done folded, took time.Duration) {
	m.events.Add(float64(done.events))
	m.seconds.Observe(took.Seconds())
	if !done.asOf.IsZero() {
		m.seen(done.asOf)
	}
}

// Collectors are the fold's metrics.
func (f *Folder) Collectors() []prometheus.Collector {
	return []prometheus.Collector{f.metrics.lag, f.metrics.events, f.metrics.failures, f.metrics.seconds}
}
