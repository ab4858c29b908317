package program

import (
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"shangda/internal/jobs"
	"shangda/services/letters"
)

// observe registers what operators see. No label carries a tenant or a person.
func (p *Program) observe() {
	p.Registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	p.Registry.MustRegister(letters.Collectors()...)
	p.Registry.MustRegister(p.Fold.Collectors()...)
	p.Registry.MustRegister(p.Boards.Collectors()...)
	p.Registry.MustRegister(jobs.Collector(p.pools.Read))
	for name, pool := range map[string]*pgxpool.Pool{"read": p.pools.Read, "write": p.pools.Write, "fold": p.fold} {
		p.Registry.MustRegister(poolGauge("used", name, "connections in use", func() float64 { return float64(pool.Stat().AcquiredConns()) }))
		p.Registry.MustRegister(poolGauge("limit", name, "connections at the most", func() float64 { return float64(pool.Stat().MaxConns()) }))
	}
}

func poolGauge(what, pool, help string, read func() float64) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "shangda_postgres_pool_" + what + "_connections", Help: "PostgreSQL pool: " + help + ".", ConstLabels: prometheus.Labels{"pool": pool},
	}, read)
}

// request counts and times requests by route, method and status.
func (p *Program) request() func(method, route string, status int, took time.Duration) {
	total := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "shangda_http_requests_total", Help: "Requests answered, by method, route and status.",
	}, []string{"method", "route", "status"})
	seconds := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "shangda_http_request_seconds", Help: "Time to answer a request, by method and route.", Buckets: prometheus.ExponentialBuckets(0.0005, 2, 15),
	}, []string{"method", "route"})
	p.Registry.MustRegister(total, seconds)
	return func(method, route string, status int, took time.Duration) {
		total.WithLabelValues(method, route, strconv.Itoa(status)).Inc()
		seconds.WithLabelValues(method, route).Observe(took.Seconds())
	}
}
