package clues

import (
	"context"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// Unlocked is the service with the lock on a clue left out: the fault that the test of concurrent claims must catch.
// together is called between reading the clue and changing it.
func Unlocked(s *Service, together func()) *Service {
	broken := *s
	broken.lock = func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (Clue, error) {
		c, err := findClue(ctx, tx, id)
		together()
		return c, err
	}
	return &broken
}
