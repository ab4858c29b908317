package program

import (
	"context"

	"github.com/google/uuid"

	"shangda/services/clues"
	"shangda/services/reports"
	"shangda/tenancy"
)

// drafting makes a clue into a report's draft.
type drafting struct{ *reports.Service }

// Draft makes the draft and returns its id.
func (d drafting) Draft(ctx context.Context, tx *tenancy.Tx, n clues.NewDraft) (uuid.UUID, error) {
	return d.Service.Draft(ctx, tx, reports.NewDraft{
		Text: reports.Text{Title: n.Title, Problem: n.Problem}, Category: n.Category, SourceKind: n.SourceKind, SourceID: n.SourceID,
	})
}

// Linked are the reports that grew from a clue, as far as the caller may read them.
func (d drafting) Linked(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) ([]clues.Linked, error) {
	heads, err := d.Heads(ctx, q, ids)
	linked := make([]clues.Linked, 0, len(heads))
	for _, h := range heads {
		linked = append(linked, clues.Linked{ID: h.ID, Title: h.Title, State: string(h.State)})
	}
	return linked, err
}
