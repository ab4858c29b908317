package meetings

import (
	"context"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// Astray is the service that finds every meeting there is for a change: the fault that the isolation test must catch.
func (s *Service) Astray() *Service {
	broken := *s
	broken.lock = func(_ context.Context, _ *tenancy.Tx, id uuid.UUID) (row, error) {
		return row{ID: id, State: Planned, Minutes: "x", Version: 1}, nil
	}
	return &broken
}
