package program

import (
	"context"

	"github.com/google/uuid"

	"shangda/services/reports"
	"shangda/services/reviews"
	"shangda/tenancy"
)

// reviewed makes a report the subject of a review: the two nouns each have their own word for its text.
type reviewed struct{ *reports.Service }

// ReviewText changes the text in a step.
func (r reviewed) ReviewText(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, t reviews.Text) error {
	return r.Service.ReviewText(ctx, tx, id, reports.Text(t))
}
