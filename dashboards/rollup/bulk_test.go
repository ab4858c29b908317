package rollup

import (
	"context"
	"testing"
	"time"
)

// BenchmarkBulk folds many events at once, of 36 months and fifteen categories, and reports events a second.
func BenchmarkBulk(b *testing.B) {
	c := newCountry(b)
	c.reset()
	ctx, f := context.Background(), c.folder()
	if err := c.settle(f); err != nil {
		b.Fatal(err)
	}
	const events = 200_000
	c.exec(1, `
		insert into events (tenant_id, id, kind, subject_kind, subject_id, occurred_at, recorded_at, origin_event, category, measures)
		select t.id, gen_random_uuid(), 'report.tested', 'report', gen_random_uuid(), '2024-01-15'::timestamptz + n % 36 * interval '1 month',
		       now(), gen_random_uuid(), '类别' || n % 15, '{"own_submitted": 1, "tree_submitted": 1, "tree_times_city_single": 1}'
		from generate_series(1, 200000) n join lateral (
			select id from platform.tenants where id > 1 order by id offset n % 7 limit 1) t on true`)
	b.ResetTimer()
	var n int
	started := time.Now()
	for b.Loop() {
		if err := f.Rebuild(ctx); err != nil {
			b.Fatal(err)
		}
		n += events
	}
	b.ReportMetric(float64(n)/time.Since(started).Seconds(), "events/s")
}
