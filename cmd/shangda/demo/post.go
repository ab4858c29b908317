package demo

import (
	"context"
	"sync"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"shangda/cmd/shangda/program"
	"shangda/services/letters"
	"shangda/tenancy"
)

// post knows which letters are on their way, so that the clock goes on only when each has arrived.
type post struct {
	jobs    tenancy.Jobs
	mu      sync.Mutex
	onWay   map[uuid.UUID]bool
	arrived chan struct{}
}

// watch has a program tell of every letter it sends and ends.
func watch(p *program.Program) *post {
	w := &post{jobs: p.DB.Jobs, onWay: map[uuid.UUID]bool{}, arrived: make(chan struct{}, 1)}
	p.DB.Jobs, p.Letters.Ended = w, w.ended
	return w
}

// InsertTx notes a letter's job and passes it on.
func (w *post) InsertTx(ctx context.Context, tx pgx.Tx, args river.JobArgs, opts *river.InsertOpts) (*rivertype.JobInsertResult, error) {
	if letter, ok := args.(letters.DeliverArgs); ok {
		w.mu.Lock()
		w.onWay[letter.Letter] = true
		w.mu.Unlock()
	}
	return w.jobs.InsertTx(ctx, tx, args, opts)
}

func (w *post) ended(letter uuid.UUID) {
	w.mu.Lock()
	delete(w.onWay, letter)
	w.mu.Unlock()
	select {
	case w.arrived <- struct{}{}:
	default:
	}
}

// empty returns once no letter is on its way, or with the context's error.
func (w *post) empty(ctx context.Context) error {
	for {
		w.mu.Lock()
		left := len(w.onWay)
		w.mu.Unlock()
		if left == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-w.arrived:
		}
	}
}
