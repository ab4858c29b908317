package channels

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"shangda/internal/secret"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Options are the operator's: the key for secrets, whether hooks and the units' mail servers may lie inside, and a mail server
// for all units; nil for none.
type Options struct {
	Secrets    *secret.Box
	Inside     bool
	MailInside bool
	Mail       *Server
}

// Service sends notices out.
type Service struct {
	db      *tenancy.DB
	dir     *tenancy.Directory
	options Options
	by      map[string]Channel

	rows  func(ctx context.Context, q tenancy.Querier) (map[string]channelRow, error)
	guard func(tenant int32, parts ...int32) error
}

// New makes the service with its four channels.
func New(db *tenancy.DB, dir *tenancy.Directory, options Options) *Service {
	return &Service{db: db, dir: dir, options: options, by: channelsOf(options), rows: channelRows, guard: sameTenant}
}

// sameTenant is the assertion that nothing of another tenant is in a message.
func sameTenant(tenant int32, parts ...int32) error {
	for _, part := range parts {
		if part != tenant {
			return fmt.Errorf("channels: a part of tenant %d in a message of tenant %d", part, tenant)
		}
	}
	return nil
}

// bundle is how long after a message the next ones wait, so that a hundred at once are two.
const bundle = time.Minute

// Queue puts notices that were just written on their way, for each reader by the channels he chose (notices.Outward).
func (s *Service) Queue(ctx context.Context, tx *tenancy.Tx, written []notices.Written) error {
	readers := make([]uuid.UUID, 0, len(written))
	for _, n := range written {
		if err := s.guard(tx.Tenant(), n.Tenant); err != nil {
			return err
		}
		readers = append(readers, n.Reader)
	}
	chosen, err := choices(ctx, tx, readers)
	if err != nil || len(chosen) == 0 {
		return err
	}
	for _, n := range written {
		c, ok := chosen[n.Reader]
		if !ok {
			continue
		}
		for _, channel := range c.Choice.by(n.Kind) {
			if !slices.Contains(c.Active, channel) || channel == Email && c.Email == "" {
				continue
			}
			if err := s.enqueue(ctx, tx, n, channel, c.Choice.due(n.Kind, tx.Now())); err != nil {
				return err
			}
		}
	}
	return nil
}

// enqueue writes the send and its job. What comes soon after a message to the same reader waits for the next one.
func (s *Service) enqueue(ctx context.Context, tx *tenancy.Tx, n notices.Written, channel string, due time.Time) error {
	if !urgent(n.Kind) && !due.After(tx.Now()) {
		last, err := lastDue(ctx, tx, n.Reader, channel, tx.Now().Add(-bundle), tx.Now().Add(bundle))
		if err != nil {
			return err
		}
		switch {
		case last == nil:
		case last.After(tx.Now()):
			due = *last
		default:
			due = last.Add(bundle)
		}
	}
	id := tenancy.NewID()
	fresh, err := insertSend(ctx, tx, id, n, channel, due)
	if err != nil || !fresh {
		return err
	}
	return s.job(ctx, tx, id, due)
}

func (s *Service) job(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, due time.Time) error {
	opts := &river.InsertOpts{MaxAttempts: maxAttempts}
	if due.After(tx.Now()) {
		opts.ScheduledAt = due
	}
	return tx.Enqueue(ctx, SendArgs{Tenant: tx.Tenant(), Send: id}, opts)
}
