package letters

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/riverqueue/river"

	"shangda/internal/jobs"
)

// attempts is how often a letter is carried, about a month at the longest wait: a passing fault never loses one.
const attempts = 10_000

// How long a letter waits for an earlier one: at hand, doubling from the shortest to the longest, then it steps aside.
const (
	shortestWait   = 5 * time.Millisecond
	longestWait    = 160 * time.Millisecond
	waitForEarlier = 200 * time.Millisecond
)

// DeliverArgs is the job that carries one letter.
type DeliverArgs struct {
	Tenant int32     `json:"tenant"`
	Letter uuid.UUID `json:"letter"`
}

// Kind names the job.
func (DeliverArgs) Kind() string { return "deliver_letter" }

// InsertOpts puts the job into the queue of letters.
func (DeliverArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: jobs.QueueLetters, MaxAttempts: attempts}
}

type worker struct {
	river.WorkerDefaults[DeliverArgs]
	service *Service
}

// AddWorkers adds the courier.
func (s *Service) AddWorkers(w *river.Workers) { river.AddWorker(w, &worker{service: s}) }

// Timeout ends a delivery that hangs; it is tried again, and a file that was copied by then need not be copied again.
func (w *worker) Timeout(*river.Job[DeliverArgs]) time.Duration { return 40 * time.Second }

// Work delivers the letter once.
func (w *worker) Work(ctx context.Context, job *river.Job[DeliverArgs]) error {
	err := w.service.Deliver(ctx, job.Args.Tenant, job.Args.Letter)
	for wait := shortestWait; errors.Is(err, errWait) && wait <= longestWait; wait *= 2 {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
		err = w.service.Deliver(ctx, job.Args.Tenant, job.Args.Letter)
	}
	var refused *Refused
	switch {
	case errors.As(err, &refused):
		return river.JobCancel(err)
	case errors.Is(err, errWait):
		return river.JobSnooze(waitForEarlier)
	}
	return err
}

var (
	deliveredTotal = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "shangda_letters_delivered_total", Help: "Letters received by their recipient and marked at their sender."}, []string{"kind"})
	failedTotal = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "shangda_letters_failed_total", Help: "Letters refused for good."}, []string{"kind"})
	deliverySeconds = prometheus.NewHistogram(prometheus.HistogramOpts{
		Name: "shangda_letters_delivery_seconds", Help: "Time from the sender's commit until the letter is marked as delivered.",
		Buckets: []float64{.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 15, 60, 300, 3600}})
)

// Collectors are the metrics of the courier.
func Collectors() []prometheus.Collector {
	return []prometheus.Collector{deliveredTotal, failedTotal, deliverySeconds}
}
