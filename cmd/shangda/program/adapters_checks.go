package program

import (
	"context"

	"github.com/google/uuid"

	"shangda/services/checks"
	"shangda/services/reports"
	"shangda/tenancy"
)

// Checking is the rooms in which people say what they think of a report.
type Checking struct {
	Checks *checks.Service
}

// wireChecks connects what people say about a report with the report: they read it, stand before its steps, and invite.
func (p *Program) wireChecks() {
	p.Checks = checks.New(p.DB, checked{p.Reports}, p.Notices, p.Attachments)
	p.Reports.Gates = append(p.Reports.Gates, p.Checks)
	p.Reports.Invited = append(p.Reports.Invited, p.Checks)
	p.Attachments.Subjects["check"] = p.Checks.MayRead
}

// checked shows a report to those who check it.
type checked struct{ *reports.Service }

// Load is the report where the caller may read it.
func (c checked) Load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (checks.Report, error) {
	return toCheck(c.Service.Load(ctx, q, id))
}

// LoadText is Load for who was asked to check it too.
func (c checked) LoadText(ctx context.Context, q tenancy.Querier, id uuid.UUID) (checks.Report, error) {
	return toCheck(c.Service.LoadText(ctx, q, id))
}

func toCheck(r *reports.Report, err error) (checks.Report, error) {
	if err != nil {
		return checks.Report{}, err
	}
	found := checks.Report{ID: r.ID, State: string(r.State), Class: r.Class, Urgent: r.Urgency != "normal", Category: r.Category, Version: r.Version,
		Title: r.Title, Problem: r.Problem, Cause: r.Cause, Advice: r.Advice}
	if r.AuthorID != nil {
		found.AuthorID = *r.AuthorID
	}
	return found, nil
}
