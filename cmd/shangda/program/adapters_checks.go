package program

import (
	"context"

	"github.com/google/uuid"

	"shangda/services/checks"
	"shangda/services/consultations"
	"shangda/services/experts"
	"shangda/services/reports"
	"shangda/tenancy"
)

// Checking is the rooms in which people say what they think of a report.
type Checking struct {
	Checks        *checks.Service
	Experts       *experts.Service
	Consultations *consultations.Service
}

// wireChecks connects what people say about a report with the report: they read it, stand before its steps, and invite.
func (p *Program) wireChecks() {
	p.Checks = checks.New(p.DB, checked{p.Reports}, p.Notices, p.Attachments)
	p.Experts = experts.New(p.DB)
	p.Consultations = consultations.New(p.DB, consulted{p.Reports}, asked{p.Experts}, p.Notices, p.Attachments)
	p.Reports.Gates = append(p.Reports.Gates, p.Checks)
	p.Reports.Invited = append(p.Reports.Invited, p.Checks, p.Consultations)
	p.Attachments.Subjects["check"], p.Attachments.Subjects["opinion"] = p.Checks.MayRead, p.Consultations.MayRead
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

// consulted shows a report to those who ask others about it.
type consulted struct{ *reports.Service }

// Load is the report where the caller may read it.
func (c consulted) Load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (consultations.Report, error) {
	r, err := c.Service.Load(ctx, q, id)
	if err != nil {
		return consultations.Report{}, err
	}
	return consultations.Report{ID: r.ID, State: string(r.State), Category: r.Category, Title: r.Title, Problem: r.Problem, Cause: r.Cause, Advice: r.Advice}, nil
}

// asked finds the experts who are asked.
type asked struct{ *experts.Service }

// Find is the expert, who may be a member.
func (a asked) Find(ctx context.Context, q tenancy.Querier, id uuid.UUID) (consultations.Person, error) {
	e, err := a.Service.Find(ctx, q, id)
	return consultations.Person{Name: e.Name, MembershipID: e.MembershipID, Active: e.Active}, err
}
