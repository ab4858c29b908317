package jobs_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/riverqueue/river"

	"shangda/internal/jobs"
	"shangda/internal/testdb"
)

type task struct {
	Name string `json:"name"`
}

func (task) Kind() string { return "task" }

type worker struct {
	river.WorkerDefaults[task]
	runs atomic.Int32
	done chan string
}

func (w *worker) Work(_ context.Context, job *river.Job[task]) error {
	w.runs.Add(1)
	w.done <- job.Args.Name
	return nil
}

func TestAJobOfALostProcessRunsAgain(t *testing.T) {
	t.Parallel()
	db := testdb.Fresh(t)
	pool, ctx := db.App(t), context.Background()
	w := &worker{done: make(chan string, 8)}
	workers := river.NewWorkers()
	river.AddWorker(workers, w)
	client, err := jobs.Runner(pool, workers, jobs.Options{Timeout: time.Second, Rescue: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	inserted, err := client.Insert(ctx, task{Name: "lost"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	// As a process left it that was killed an hour ago.
	if _, err := pool.Exec(ctx, `
		update river.river_job set state = 'running', attempt = 1, attempted_at = now() - interval '1 hour', created_at = now() - interval '1 hour' where id = $1`,
		inserted.Job.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Insert(ctx, task{Name: "later"}, &river.InsertOpts{ScheduledAt: time.Now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	if m := metrics(t, jobs.Collector(pool)); m["shangda_jobs_depth default running"] != 1 || m["shangda_jobs_depth default scheduled"] != 1 ||
		m["shangda_jobs_oldest_age_seconds default running"] < 3600 {
		t.Fatal(m)
	}
	if err := client.Start(ctx); err != nil {
		t.Fatal(err)
	}
	select {
	case name := <-w.done:
		if name != "lost" {
			t.Fatalf("ran %s", name)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the job did not run")
	}
	if err := jobs.Drain(ctx, client); err != nil || w.runs.Load() != 1 {
		t.Fatalf("%d runs, %v", w.runs.Load(), err)
	}
}

// A job is given back within seconds when its process holds no lock, and is left alone while its process does.
func TestAProcessShowsThatItIsAlive(t *testing.T) {
	t.Parallel()
	db := testdb.Fresh(t)
	pool, ctx := db.App(t), context.Background()
	runner := func(done chan string) *jobs.Client {
		workers := river.NewWorkers()
		river.AddWorker(workers, &worker{done: done})
		client, err := jobs.Runner(pool, workers, jobs.Options{Rescue: time.Hour})
		if err != nil {
			t.Fatal(err)
		}
		if err := client.Start(ctx); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = jobs.Drain(ctx, client) })
		return client
	}
	done := make(chan string, 8)
	alive := runner(done)
	taken := func(name, by string) {
		inserted, err := alive.Insert(ctx, task{Name: name}, &river.InsertOpts{ScheduledAt: time.Now().Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := pool.Exec(ctx, `update river.river_job set state = 'running', attempt = 1, attempted_by = array[$2], attempted_at = now() - interval '1 minute' where id = $1`,
			inserted.Job.ID, by); err != nil {
			t.Fatal(err)
		}
	}
	ran := func() string {
		select {
		case name := <-done:
			return name
		case <-time.After(15 * time.Second):
			return "none"
		}
	}
	// Its lock is there once it gives back what another left.
	taken("of a dead process", "01900000-0000-7000-8000-000000000000")
	if name := ran(); name != "of a dead process" {
		t.Fatalf("ran %s", name)
	}
	taken("of a living process", alive.ID())
	taken("of another dead process", "01900000-0000-7000-8000-000000000001")
	if name := ran(); name != "of another dead process" {
		t.Fatalf("ran %s", name)
	}
	if err := jobs.Drain(ctx, alive); err != nil {
		t.Fatal(err)
	}
	runner(done)
	if name := ran(); name != "of a living process" {
		t.Fatalf("when that was gone too, ran %s", name)
	}
}

// metrics are the values of a collector by name, queue and state.
func metrics(t *testing.T, c prometheus.Collector) map[string]float64 {
	t.Helper()
	registry := prometheus.NewPedanticRegistry()
	registry.MustRegister(c)
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{}
	for _, family := range families {
		for _, m := range family.GetMetric() {
			key := family.GetName()
			for _, label := range m.GetLabel() {
				key += " " + label.GetValue()
			}
			values[key] = m.GetGauge().GetValue()
		}
	}
	return values
}
