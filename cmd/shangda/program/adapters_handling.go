package program

import (
	"context"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/assignments"
	"shangda/services/forwardings"
	"shangda/services/instructions"
	"shangda/services/reports"
	"shangda/tenancy"
)

// Handling is the rooms that keep what became of a report.
type Handling struct {
	Instructions *instructions.Service
	Assignments  *assignments.Service
}

// wireHandling connects what became of a report with the report: it is told along the way the report came, stands before its
// archiving, and what authors say of it goes the way the report went.
func (p *Program) wireHandling() {
	p.Instructions = instructions.New(p.DB, instructed{p.Reports}, p.Attachments)
	p.Assignments = assignments.New(p.DB, p.Directory, handled{p.Reports}, p.Instructions, upward{p.Forwardings}, p.Letters, p.Notices, p.Attachments)
	p.Reports.Gates = append(p.Reports.Gates, p.Assignments)
	p.Attachments.Subjects["instruction"], p.Attachments.Subjects["handling"] = p.Instructions.MayRead, p.Assignments.MayRead
}

// instructed tells a report of what leaders wrote on it.
type instructed struct{ *reports.Service }

// Instructed tells of an instruction.
func (i instructed) Instructed(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n instructions.News) (uuid.UUID, error) {
	told := reports.FollowUp{Kind: reports.KindInstructed, Level: n.Level, At: n.At, Words: n.Words}
	if n.Again {
		return i.GoOn(ctx, tx, id, told)
	}
	return i.Begin(ctx, tx, id, told)
}

// Corrected takes back what was told of one.
func (i instructed) Corrected(ctx context.Context, tx *tenancy.Tx, id, event uuid.UUID) error {
	_, err := i.GoOn(ctx, tx, id, reports.FollowUp{Kind: reports.KindInstructionWithdraw, Corrects: event})
	return err
}

// handled shows a report to those who follow its matter through departments.
type handled struct{ *reports.Service }

// Load is the report where the caller may read it.
func (h handled) Load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (assignments.Report, error) {
	r, err := h.Service.Load(ctx, q, id)
	if err != nil {
		return assignments.Report{}, err
	}
	return assignments.Report{ID: r.ID, Title: r.Title}, nil
}

// Readable are those of the reports that the caller may read.
func (h handled) Readable(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]bool, error) {
	heads, err := h.Heads(ctx, q, ids)
	found := make(map[uuid.UUID]bool, len(heads))
	for _, head := range heads {
		found[head.ID] = true
	}
	return found, err
}

// Tell tells the report's people and the units below what became of it.
func (h handled) Tell(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n assignments.News) (uuid.UUID, error) {
	told := reports.FollowUp{Form: n.Result, Words: n.Words, Corrects: n.Instead}
	switch n.Kind {
	case assignments.NewsAssigned:
		told.Kind = reports.KindAssigned
		return h.Begin(ctx, tx, id, told)
	case assignments.NewsAnswered:
		told.Kind = reports.KindAnswered
	default:
		told.Kind = reports.KindHandled
	}
	return h.GoOn(ctx, tx, id, told)
}

// Answer is who told the report of an answer by that event.
func (h handled) Answer(ctx context.Context, q tenancy.Querier, id, event uuid.UUID) (int32, error) {
	decider, kind, err := h.Known(ctx, q, id, event)
	if err == nil && kind != reports.KindAnswered {
		err = errs.Missing()
	}
	return decider, err
}

// upward tells where reports are now.
type upward struct{ *forwardings.Service }

// Upward is each upper unit with the report it was sent.
func (u upward) Upward(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) ([]assignments.Way, error) {
	ways, err := u.Service.Upward(ctx, q, ids)
	list := make([]assignments.Way, 0, len(ways))
	for _, w := range ways {
		list = append(list, assignments.Way{Recipient: w.Recipient, Report: w.ReportID})
	}
	return list, err
}
