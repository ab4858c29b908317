package program

import (
	"context"

	"github.com/google/uuid"

	"shangda/services/comments"
	"shangda/services/reports"
	"shangda/tenancy"
)

// commented makes a report what people comment on.
type commented struct{ *reports.Service }

// Commented is the report's text now, to whoever may read it.
func (c commented) Commented(ctx context.Context, q tenancy.Querier, id uuid.UUID) (comments.Text, error) {
	text, people, err := c.Service.Commented(ctx, q, id)
	return comments.Text{Title: text.Title, Authors: people, Sections: map[string]string{
		"title": text.Title, "problem": text.Problem, "cause": text.Cause, "advice": text.Advice,
	}}, err
}
