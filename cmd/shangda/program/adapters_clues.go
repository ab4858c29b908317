package program

import (
	"cmp"
	"context"
	"strings"

	"github.com/google/uuid"

	"shangda/internal/limit"
	"shangda/services/activities"
	"shangda/services/clues"
	"shangda/services/points"
	"shangda/services/proposals"
	"shangda/services/reports"
	"shangda/services/visits"
	"shangda/tenancy"
)

// Intake is where material comes in: clues, and what they grow from and into.
type Intake struct {
	Clues      *clues.Service
	Proposals  *proposals.Service
	Visits     *visits.Service
	Activities *activities.Service
	Points     *points.Service
}

func (p *Program) wireIntake() {
	p.Clues = clues.New(p.DB, drafting{p.Reports}, p.Notices)
	p.Proposals = proposals.New(p.DB, proposing{p.Reports})
	p.Visits = visits.New(p.DB, p.Notices)
	p.Visits.Clues = visited{p.Clues}
	p.Activities = activities.New(p.DB, p.Directory, p.Letters, p.Notices)
	p.Activities.Clues = gathered{p.Clues}
	p.Points = points.New(p.DB, p.Directory, p.Notices)
	p.Points.Clues, p.Points.Limit = left{p.Clues}, limit.New(p.Redis)
	p.Clues.Places["visit"], p.Clues.Places["activity"], p.Clues.Places["point"] = p.Visits.MayRead, p.Activities.MayRead, p.Points.MayRead
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

// visited makes clues of visits and counts them.
type visited struct{ *clues.Service }

// FromVisit is a clue of what was heard; what is not given is taken from the visit.
func (v visited) FromVisit(ctx context.Context, tx *tenancy.Tx, visit visits.Visit, n visits.NewClue) (uuid.UUID, error) {
	return v.CreateIn(ctx, tx, clues.NewClue{
		Title: cmp.Or(n.Title, "走访"+visit.Place+"了解的情况"), Body: cmp.Or(n.Body, visit.Heard), SourceKind: "visit", Place: cut(visit.Place, clues.MaxPlace),
		Channel: "visit", Occasion: visit.HeldOn + " 走访", VisitID: &visit.ID,
	})
}

func cut(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most])
	}
	return text
}

// Yields counts what came of visits.
func (v visited) Yields(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]visits.Yield, error) {
	found, err := v.Service.Yields(ctx, q, "visit", ids)
	all := make(map[uuid.UUID]visits.Yield, len(found))
	for id, y := range found {
		all[id] = visits.Yield{Clues: y.Clues, Reports: y.Reports}
	}
	return all, err
}
