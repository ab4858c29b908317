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

// Collector reads how many jobs are not done and how old the oldest is, at each scrape; an empty queue is a zero, not nothing.
func Collector(pool *pgxpool.Pool) prometheus.Collector { return collector{pool} }

type collector struct{ pool *pgxpool.Pool }

// Describe names the metrics.
func (collector) Describe(c chan<- *prometheus.Desc) { c <- depth; c <- age }

// Collect reads them; where the database does not answer, the scrape shows an invalid metric.
func (j collector) Collect(c chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	rows, err := j.pool.Query(ctx, `
		select q.queue, s.state, count(j.id), coalesce(extract(epoch from now() - min(j.created_at)), 0)::float8
		from unnest($1::text[]) q (queue)
		cross join unnest('{available, pending, retryable, running, scheduled}'::text[]) s (state)
		left join river.river_job j on j.queue = q.queue and j.state = s.state::river.river_job_state
		group by q.queue, s.state`, []string{QueueLetters, QueueDefault})
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
