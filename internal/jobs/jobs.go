// Package jobs runs work after a commit, on River: a job is inserted in the transaction of the change that wants it,
// carries ids and nothing else, and its worker may be run twice without harm.
package jobs

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"
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

const (
	// fetchCooldown bounds how often a queue is looked at, and how often an insert may wake the workers: whoever inserts
	// tells at most once in this time, and what was not told waits for the next poll. So both sides have the same, short.
	fetchCooldown = 2 * time.Millisecond
	pollInterval  = 250 * time.Millisecond
)

// Client inserts jobs and, where it has workers, runs them.
type Client struct {
	*river.Client[pgx.Tx]
	rescuer rescuer
}

// Options of a Runner. Zero values are the usual ones.
type Options struct {
	// Timeout ends a job that hangs, unless its worker names another; 30 s.
	Timeout time.Duration
	// Rescue is the age at which a running job runs again although its process seems alive; it must be longer than any
	// worker's timeout; 45 s. The jobs of a process that is gone run again within seconds.
	Rescue time.Duration
}

// Inserter is a client that only inserts.
func Inserter(pool *pgxpool.Pool) (*Client, error) {
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Schema: "river", FetchCooldown: fetchCooldown, FetchPollInterval: pollInterval, Logger: quiet(),
	})
	return &Client{Client: client}, err
}

// Runner is a client that runs the workers; Start it, and Stop it to drain.
func Runner(pool *pgxpool.Pool, workers *river.Workers, options ...Options) (*Client, error) {
	var o Options
	if len(options) > 0 {
		o = options[0]
	}
	o.Timeout, o.Rescue = cmp.Or(o.Timeout, 30*time.Second), cmp.Or(o.Rescue, 45*time.Second)
	id := uuid.Must(uuid.NewV7()).String()
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		ID:                id,
		Schema:            "river",
		Workers:           workers,
		FetchCooldown:     fetchCooldown,
		FetchPollInterval: pollInterval,
		JobTimeout:        o.Timeout,
		Queues: map[string]river.QueueConfig{
			QueueLetters: {MaxWorkers: 8},
			QueueDefault: {MaxWorkers: 4},
		},
		RescueStuckJobsAfter: time.Hour, // ours is sooner
		RetryPolicy:          retry{},
		Logger:               quiet(),
	})
	return &Client{Client: client, rescuer: rescuer{pool: pool, id: id, age: o.Rescue}}, err
}

// Start runs jobs until Stop. A cancelled ctx ends the jobs under way.
func (c *Client) Start(ctx context.Context) error {
	c.rescuer.start(ctx)
	err := c.Client.Start(ctx)
	if err != nil {
		c.rescuer.stop()
	}
	return err
}

// Stop takes no more jobs and waits for those under way.
func (c *Client) Stop(ctx context.Context) error {
	defer c.rescuer.stop() // alive until its last job is done
	return c.Client.Stop(ctx)
}

// Drain is Stop.
func Drain(ctx context.Context, client *Client) error { return client.Stop(ctx) }

func quiet() *slog.Logger {
	return slog.New(levelHandler{slog.Default().Handler()})
}

// levelHandler passes on warnings and errors only: River tells of its housekeeping at info.
type levelHandler struct{ slog.Handler }

func (h levelHandler) Enabled(_ context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn
}
