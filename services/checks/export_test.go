package checks

import (
	"context"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// Unlocked is the service with the lock on a request left out: the fault that the test of concurrent answers must catch.
// together is called between reading the request and changing it.
func Unlocked(s *Service, together func()) *Service {
	broken := *s
	broken.lock = func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (row, error) {
		c, err := find(ctx, tx, id)
		together()
		return c, err
	}
	return &broken
}
