package program

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"shangda/services/clues"
	"shangda/services/proposals"
	"shangda/services/reports"
	"shangda/tenancy"
)

// Intake is where material comes in: clues, and what they grow from and into.
type Intake struct {
	Clues     *clues.Service
	Proposals *proposals.Service
}

func (p *Program) wireIntake() {
	p.Clues = clues.New(p.DB, drafting{p.Reports}, p.Notices)
	p.Proposals = proposals.New(p.DB, proposing{p.Reports})
}

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

// proposing gives a report's text as a proposal puts it.
type proposing struct{ *reports.Service }

// Source is the report's text: problem and cause are the situation.
func (p proposing) Source(ctx context.Context, q tenancy.Querier, report uuid.UUID) (proposals.Text, error) {
	t, err := p.TextOf(ctx, q, report)
	return proposals.Text{Title: t.Title, Situation: strings.TrimSpace(t.Problem + "\n\n" + t.Cause), Advice: t.Advice}, err
}
