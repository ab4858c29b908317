package boards

import "github.com/prometheus/client_golang/prometheus"

type metrics struct {
	cache                                      *prometheus.CounterVec
	localHit, localMiss, sharedHit, sharedMiss prometheus.Counter
	seconds                                    prometheus.Histogram
}

func newMetrics() metrics {
	cache := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "shangda_board_cache_total", Help: "Boards asked of the copy in the process and of the copy in Redis.",
	}, []string{"layer", "result"})
	return metrics{
		cache:    cache,
		localHit: cache.WithLabelValues("process", "hit"), localMiss: cache.WithLabelValues("process", "miss"),
		sharedHit: cache.WithLabelValues("redis", "hit"), sharedMiss: cache.WithLabelValues("redis", "miss"),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "shangda_board_computation_seconds", Help: "Time of computing a board from the sums.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5},
		}),
	}
}

// Collectors are the boards' metrics.
func (s *Service) Collectors() []prometheus.Collector {
	return []prometheus.Collector{s.metrics.cache, s.metrics.seconds}
}
