package program

import (
	"context"

	"github.com/google/uuid"

	"shangda/services/reports"
	"shangda/services/reviews"
	"shangda/services/reviews/flow"
	"shangda/tenancy"
)

// reviewed makes a report the subject of a review: the two nouns each have their own word for its text.
type reviewed struct{ *reports.Service }

// Matter tells what the report says and what conditions ask of it.
func (r reviewed) Matter(ctx context.Context, q tenancy.Querier, id uuid.UUID) (reviews.Matter, error) {
	u, err := r.ForReview(ctx, q, id)
	return reviews.Matter{Text: reviews.Text(u.Text), Case: flow.Case{
		Class: u.Class, Urgency: u.Urgency, Category: u.Category, Source: u.Source, SourceKind: u.SourceKind,
	}}, err
}

// ReviewText changes the text in a step.
func (r reviewed) ReviewText(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, t reviews.Text) error {
	return r.Service.ReviewText(ctx, tx, id, reports.Text(t))
}
