// Package reviews is the way of a report through its unit's approval: flows that a unit sets up, and the reviews that
// run through them until the last step signs.
//
// Its rules: what a flow is and how a run goes on is decided by the pure machine in reviews/flow; here is what it needs of
// the database. A review copies the steps of its flow when it starts, so changing a flow changes no running review; each
// change locks its review, so two people who act at once act one after the other.
package reviews

import (
	"time"

	"github.com/google/uuid"

	"shangda/services/reviews/flow"
)

// NewChain is a flow as it is set up, and Step one of its steps.
type (
	NewChain = flow.Flow
	Step     = flow.Step
)

// Chain is a flow of a tenant.
type Chain struct {
	flow.Flow
	ID        uuid.UUID `json:"id"`
	Active    bool      `json:"active"`
	CreatedAt time.Time `json:"created_at"`
}

// FromTemplate gives the shipped flows of a family, or the one of that code.
func FromTemplate(name string) []NewChain { return flow.FromTemplate(name) }
