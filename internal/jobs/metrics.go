package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
)

var (
	depth = prometheus.NewDesc("shangda_jobs_depth", "Jobs that are not done.", []string{"queue", "state"}, nil)
	age   = prometheus.NewDesc("shangda_jobs_oldest_age_seconds", "Age of the oldest of them.", []string{"queue", "state"}, nil)
)

// Collector reads how many jobs are not done and how old the oldest is, at each scrape.
func Collector(pool *pgxpool.Pool) prometheus.Collector { return collector{pool} }

type collector struct{ pool *pgxpool.Pool }

// Describe names the metrics.
func (collector) Describe(c chan<- *prometheus.Desc) { c <- depth; c <- age }

// Collect reads them; where the database does not answer, the scrape shows an invalid metric.
func (j collector) Collect(c chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	rows, err := j.pool.Query(ctx, `
		select queue, state::text, count(*), extract(epoch from now() - min(created_at))::float8
		from river.river_job where state in ('available', 'pending', 'retryable', 'running', 'scheduled') group by queue, state`)
	if err != nil {
		c <- prometheus.NewInvalidMetric(depth, err)
		return
	}
	var queue, state string
	var n int64
	var seconds float64
	_, err = pgx.ForEachRow(rows, []any{&queue, &state, &n, &seconds}, func() error {
		c <- prometheus.MustNewConstMetric(depth, prometheus.GaugeValue, float64(n), queue, state)
		c <- prometheus.MustNewConstMetric(age, prometheus.GaugeValue, seconds, queue, state)
		return nil
	})
	if err != nil {
		c <- prometheus.NewInvalidMetric(depth, err)
	}
}
