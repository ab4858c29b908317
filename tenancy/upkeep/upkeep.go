// Package upkeep forgets what need not be kept: idempotency keys after seven days, sessions a week after their end, and what
// the chores of other rooms forget.
package upkeep

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy"
)

const (
	keepKeys     = 7 * 24 * time.Hour
	keepSessions = 7 * 24 * time.Hour
	interval     = time.Hour
)

// Chore is what another room has to tidy up in the tenant of the context, each hour.
type Chore interface {
	Tidy(ctx context.Context) error
}

// Service does the upkeep of every tenant. Chores are wired by the program.
type Service struct {
	Chores []Chore

	db  *tenancy.DB
	dir *tenancy.Directory
}

// New works on that database.
func New(db *tenancy.DB, dir *tenancy.Directory) *Service { return &Service{db: db, dir: dir} }

// Run does the upkeep now and each hour until the context ends. Errors are logged; the next hour tries again.
func (s *Service) Run(ctx context.Context) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		if err := s.Once(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "upkeep", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Once forgets in every tenant, one transaction each.
func (s *Service) Once(ctx context.Context) error {
	tenants, err := s.dir.All(ctx)
	if err != nil {
		return err
	}
	for _, t := range tenants {
		ctx := tenancy.System(ctx, t, "clock", "upkeep", authz.Actors())
		if err := s.tenant(ctx); err != nil {
			return err
		}
		for _, chore := range s.Chores {
			if err := chore.Tidy(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) tenant(ctx context.Context) error {
	q, err := s.db.Read(ctx)
	if err != nil {
		return err
	}
	now := s.db.Clock.Now()
	if old, err := anyOld(ctx, q, now.Add(-keepKeys), now.Add(-keepSessions)); err != nil || !old {
		return err
	}
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		keys, err := forgetKeys(ctx, tx, now.Add(-keepKeys))
		if err != nil {
			return err
		}
		sessions, err := forgetSessions(ctx, tx, now.Add(-keepSessions))
		if err != nil {
			return err
		}
		tx.Record(tenancy.Event{
			Kind: "upkeep.done", Subject: tenancy.Subject{Kind: "tenant", ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(tx.Principal().Tenant.Code))},
			Detail: map[string]int64{"keys": keys, "sessions": sessions},
		})
		return nil
	})
}
