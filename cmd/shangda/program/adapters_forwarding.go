package program

import (
	"context"

	"github.com/google/uuid"

	"shangda/services/exchanges"
	"shangda/services/forwardings"
	"shangda/services/reports"
	"shangda/services/requirements"
	"shangda/services/reviews"
	"shangda/tenancy"
)

// promised tells forwarding what binds of the requirements.
type promised struct{ *requirements.Service }

func binding(p requirements.Published, err error) (forwardings.Asked, error) {
	return forwardings.Asked{Sheet: p.Sheet, AnswerDays: p.AnswerDays, MostReturns: p.MostReturns}, err
}

// Of is what an upper unit asks.
func (a promised) Of(ctx context.Context, q tenancy.Querier, upper int32) (forwardings.Asked, error) {
	return binding(a.Service.Of(ctx, q, upper))
}

// Own is what this unit has promised.
func (a promised) Own(ctx context.Context, q tenancy.Querier) (forwardings.Asked, error) {
	return binding(a.Service.Own(ctx, q))
}

// signedOff gives the signing sheet as facts: the opinions stay in the house.
type signedOff struct{ *reviews.Service }

// SignOff is the sheet of the report's latest review.
func (r signedOff) SignOff(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]forwardings.SignedStep, error) {
	sheet, err := r.Sheet(ctx, q, report)
	steps := make([]forwardings.SignedStep, 0, len(sheet))
	for _, line := range sheet {
		steps = append(steps, forwardings.SignedStep{Step: line.Step, Name: line.Person, Verdict: line.Verb, At: line.At})
	}
	return steps, err
}

func (p *Program) wireForwarding() {
	p.Requirements = requirements.New(p.DB, p.Directory, p.Letters, p.Notices)
	p.Forwardings.Requirements, p.Forwardings.Sheets = promised{p.Requirements}, signedOff{p.Reviews}
	p.Exchanges = exchanges.New(p.DB, p.Directory, p.Letters, spokenOf{p.Reports, p.Forwardings}, p.Attachments, p.Notices)
	p.Attachments.Subjects["exchange"] = p.Exchanges.MayRead
	p.Reports.Gates = append(p.Reports.Gates, p.Forwardings)
}

// spokenOf tells the exchanges of reports and of the ways they go.
type spokenOf struct {
	*reports.Service
	forwardings *forwardings.Service
}

// Title is what the report is called.
func (s spokenOf) Title(ctx context.Context, q tenancy.Querier, id uuid.UUID) (string, error) {
	r, err := s.ForReview(ctx, q, id)
	return r.Title, err
}

// Ways are the ways by which the report came.
func (s spokenOf) Ways(ctx context.Context, q tenancy.Querier, id uuid.UUID) ([]exchanges.Way, error) {
	origins, err := s.Origins(ctx, q, id)
	ways := make([]exchanges.Way, 0, len(origins))
	for _, o := range origins {
		ways = append(ways, exchanges.Way{Sender: o.Sender, Letter: o.Letter})
	}
	return ways, err
}

// SentWith is the report that went with a letter.
func (s spokenOf) SentWith(ctx context.Context, q tenancy.Querier, letter uuid.UUID) (uuid.UUID, int32, error) {
	return s.forwardings.SentWith(ctx, q, letter)
}
