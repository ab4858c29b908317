package program

import (
	"context"

	"github.com/google/uuid"

	"shangda/services/checklists"
	"shangda/services/hints"
	"shangda/services/reports"
	"shangda/services/screenings"
	"shangda/tenancy"
	"shangda/tenancy/login"
)

// Quality is the rooms that look at a text: while it is written, by lists, and at the first screening.
type Quality struct {
	Hints      *hints.Service
	Checklists *checklists.Service
	Screenings *screenings.Service
}

func (p *Program) wireQuality() {
	p.Hints, p.Login.Texts = hints.New(p.DB, limiting{p.Reports}), p.textRules
	p.Checklists = checklists.New(p.DB, p.Reports)
	p.Screenings = screenings.New(p.DB, screened{p.Reports, p.Hints})
	p.Reports.Catalogue = refusals{p.Checklists}
	p.Reports.Gates = append(p.Reports.Gates, p.Checklists)
}

// limiting gives hints the rules that reports keeps.
type limiting struct{ *reports.Service }

// Limits are the unit's rules for its texts.
func (l limiting) Limits(ctx context.Context, q tenancy.Querier) (hints.Rules, error) {
	r, err := l.Rules(ctx, q)
	return hints.Rules{Required: r.Required, MaxTitle: r.TitleLimit, GoodTitle: r.TitleGood, MaxText: r.DraftLimit, GoodText: r.IssuedLimit}, err
}

// textRules are the same rules for the console.
func (p *Program) textRules(ctx context.Context, q tenancy.Querier) (login.TextRules, error) {
	r, err := p.Reports.Rules(ctx, q)
	return login.TextRules{DraftLimit: r.DraftLimit, IssuedLimit: r.IssuedLimit, TitleLimit: r.TitleLimit, TitleGood: r.TitleGood, Required: r.Required,
		SecrecyCheck: r.SecrecyCheck}, err
}

// refusals makes what a unit's checklists refuse the reasons of its decisions.
type refusals struct{ *checklists.Service }

// Reasons are those of the caller's unit.
func (r refusals) Reasons(ctx context.Context, q tenancy.Querier) ([]reports.DecisionReason, error) {
	found, err := r.Refusals(ctx, q)
	list := make([]reports.DecisionReason, 0, len(found))
	for _, one := range found {
		list = append(list, reports.DecisionReason{Code: one.Code, Text: one.Text, For: one.For})
	}
	return list, err
}

// screened is a report as the first screening sees it: its text read by the hints.
type screened struct {
	*reports.Service
	hints *hints.Service
}

// Remarks are the hints on the report.
func (s screened) Remarks(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]screenings.Remark, error) {
	r, err := s.ToGrade(ctx, q, report)
	if err != nil {
		return nil, err
	}
	rules, err := s.hints.Rules(ctx, q)
	if err != nil {
		return nil, err
	}
	list := []screenings.Remark{}
	for _, h := range hints.Check(hints.Text{Title: r.Title, Problem: r.Problem, Cause: r.Cause, Advice: r.Advice, Evidence: r.Evidence}, rules) {
		list = append(list, screenings.Remark{Code: h.Code, Text: h.Text})
	}
	return list, nil
}
