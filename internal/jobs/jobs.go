// Package jobs runs work after a commit, on River: a job is inserted in the transaction of the change that wants it,
// carries ids and nothing else, and its worker may be run twice without harm.
package jobs

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

// The queues: letters between tenants, and everything else.
const (
	QueueLetters = "letters"
	QueueDefault = river.QueueDefault
)

// Client inserts jobs and, where it has workers, runs them.
type Client = river.Client[pgx.Tx]

// Inserter is a client that only inserts.
func Inserter(pool *pgxpool.Pool) (*Client, error) {
	return river.NewClient(riverpgxv5.New(pool), &river.Config{Schema: "river", Logger: quiet()})
}

// Runner is a client that runs the workers; Start it, and Stop it to drain.
func Runner(pool *pgxpool.Pool, workers *river.Workers) (*Client, error) {
	return river.NewClient(riverpgxv5.New(pool), &river.Config{
		Schema:            "river",
		Workers:           workers,
		FetchCooldown:     5 * time.Millisecond,
		FetchPollInterval: 500 * time.Millisecond,
		JobTimeout:        30 * time.Second,
		Queues: map[string]river.QueueConfig{
			QueueLetters: {MaxWorkers: 8},
			QueueDefault: {MaxWorkers: 4},
		},
		RescueStuckJobsAfter: time.Minute,
		RetryPolicy:          retry{},
		Logger:               quiet(),
	})
}

// Drain stops taking jobs and waits for those under way.
func Drain(ctx context.Context, client *Client) error { return client.Stop(ctx) }

func quiet() *slog.Logger {
	return slog.New(levelHandler{slog.Default().Handler()})
}

// levelHandler passes on warnings and errors only: River tells of its housekeeping at info.
type levelHandler struct{ slog.Handler }

func (h levelHandler) Enabled(_ context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn
}
