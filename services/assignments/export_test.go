package assignments

import (
	"context"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// Unlocked is the service with the lock on an assignment left out: the fault that the test of steps at once must catch.
// together is called between reading the assignment and changing it.
func Unlocked(s *Service, together func()) *Service {
	broken := *s
	broken.lock = func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (row, []part, error) {
		a, err := find(ctx, tx, id)
		if err != nil {
			return a, nil, err
		}
		parts, err := partsOf(ctx, tx, id)
		together()
		return a, parts, err
	}
	return &broken
}
