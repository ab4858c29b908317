package assignments

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/services/letters"
	"shangda/tenancy"
)

// Service follows assignments.
type Service struct {
	db           *tenancy.DB
	dir          *tenancy.Directory
	reports      Reports
	instructions Instructions
	ways         Ways
	letters      Letters
	notices      Notifier
	files        Files
	lock         func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (row, []part, error)
}

// New follows the reports, and registers the letter in which an author's satisfaction goes up.
func New(db *tenancy.DB, dir *tenancy.Directory, r Reports, i Instructions, w Ways, l Letters, n Notifier, f Files) *Service {
	s := &Service{db: db, dir: dir, reports: r, instructions: i, ways: w, letters: l, notices: n, files: f, lock: lock}
	l.Register(LetterSatisfaction, letters.Handler{Receive: s.receiveVerdict})
	return s
}

// Assign gives the matter of a report to departments, and tells its author and the units below.
func (s *Service) Assign(ctx context.Context, report uuid.UUID, o Opening) (uuid.UUID, error) {
	o, err := o.check()
	if err != nil {
		return uuid.Nil, err
	}
	id := tenancy.NewID()
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, err := s.reports.Load(ctx, tx, report)
		if err != nil {
			return err
		}
		if err := authz.Holds(tx.Principal(), authz.AssignmentWrite); err != nil {
			return err
		}
		if err := s.instructed(ctx, tx, report, o.InstructionID); err != nil {
			return err
		}
		p := tx.Principal()
		a := row{ID: id, ReportID: report, ReportTitle: r.Title, InstructionID: o.InstructionID, Mode: o.Mode, Request: o.Request, State: Open,
			AssignedBy: p.Membership, Assigner: p.Name, AssignedAt: tx.Now()}
		tx.Record(tenancy.Event{Kind: "assignment.opened", Subject: subject(id), Detail: map[string]string{"mode": o.Mode}})
		if err := insert(ctx, tx, a); err != nil {
			return err
		}
		if err := open(ctx, tx, a, o); err != nil {
			return err
		}
		_, err = s.reports.Tell(ctx, tx, report, News{Kind: NewsAssigned})
		return err
	})
}

// instructed refuses an instruction that is none of this report's, or no longer stands.
func (s *Service) instructed(ctx context.Context, q tenancy.Querier, report uuid.UUID, id *uuid.UUID) error {
	if id == nil {
		return nil
	}
	standing, err := s.instructions.Standing(ctx, q, report)
	if err == nil && !slices.Contains(standing, *id) {
		err = errs.InvalidField("instruction_id", "这篇信息上没有这条批示，或已更正")
	}
	return err
}

// open writes the parts and the first line of the history.
func open(ctx context.Context, tx *tenancy.Tx, a row, o Opening) error {
	due := after(today(tx.Now()), o.Days)
	first := step{ID: tenancy.NewID(), Step: "assign", Department: strings.Join(o.Departments, "、"), Note: o.Request, HappenedOn: today(tx.Now()), DueOn: &due}
	if err := insertStep(ctx, tx, a.ID, first); err != nil {
		return err
	}
	for i, name := range o.Departments {
		role := "sole"
		if o.Mode == Joint {
			role = "joint"
			if i == 0 {
				role = "main"
			}
		}
		if err := insertPart(ctx, tx, part{ID: tenancy.NewID(), AssignmentID: a.ID, Position: i, Role: role, Department: name, State: Assigned, DueOn: due}); err != nil {
			return err
		}
		noteOnReport(tx, a.ReportID, "交"+name+"办理（"+modeText[a.Mode]+"）", "")
	}
	return nil
}

// noteOnReport is the line on the timeline of the report in this tenant.
func noteOnReport(tx *tenancy.Tx, report uuid.UUID, what, reason string) {
	detail := map[string]string{"what": what}
	if reason != "" {
		detail["reason"] = reason
	}
	tx.Record(tenancy.Event{Kind: "report.handling_step", Subject: ofReport(report), Detail: detail})
}

// take locks an open assignment with its parts that the caller may see and change.
func (s *Service) take(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (row, []part, error) {
	a, parts, err := s.lock(ctx, tx, id)
	if err != nil {
		return a, nil, err
	}
	if err := s.see(ctx, tx, a); err != nil {
		return a, nil, err
	}
	if err := authz.Holds(tx.Principal(), authz.AssignmentWrite); err != nil {
		return a, nil, err
	}
	switch a.State {
	case Closed:
		return a, nil, errs.New(errs.Conflict, "这项交办已经办结")
	case Ended:
		return a, nil, errs.New(errs.Conflict, "这项交办已经撤销")
	}
	return a, parts, nil
}

// Close ends the matter with its result and the feedback to the public, once every part has an answer that passed.
func (s *Service) Close(ctx context.Context, id uuid.UUID, c Closing) (uuid.UUID, error) {
	c, err := c.check()
	if err != nil {
		return uuid.Nil, err
	}
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		a, parts, err := s.take(ctx, tx, id)
		if err != nil {
			return err
		}
		if !answered(statesOf(parts)) {
			return errs.New(errs.Conflict, "还有承办单位没有答复或答复没有通过审核，不能办结")
		}
		now := tx.Now()
		a.State, a.Result, a.Feedback, a.Note, a.EndedAt = Closed, c.Result, c.Feedback, c.Note, &now
		tx.Record(tenancy.Event{Kind: "assignment.closed", Subject: subject(id), Detail: map[string]string{"result": c.Result}})
		if err := insertStep(ctx, tx, id, step{ID: tenancy.NewID(), Step: "close", Note: c.Feedback, HappenedOn: today(now)}); err != nil {
			return err
		}
		if err := save(ctx, tx, a); err != nil {
			return err
		}
		_, err = s.reports.Tell(ctx, tx, a.ReportID, News{Kind: NewsClosed, Result: c.Result, Words: c.Feedback})
		return err
	})
}

// Cancel takes the assignment back with all its parts, with the reason.
func (s *Service) Cancel(ctx context.Context, id uuid.UUID, reason string) (uuid.UUID, error) {
	var faults errs.Fields
	if reason = documents.Clean(reason, true); reason == "" {
		faults.Add("reason", "请写明撤销的理由")
	}
	documents.CheckText(&faults, "reason", reason, maxNote)
	if err := faults.Err(); err != nil {
		return uuid.Nil, err
	}
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		a, parts, err := s.take(ctx, tx, id)
		if err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "assignment.cancelled", Subject: subject(id)})
		for _, p := range parts {
			m, ok := next(p.State, StepCancel)
			if !ok {
				continue
			}
			p.State = m.To
			if err := savePart(ctx, tx, p); err != nil {
				return err
			}
		}
		now := tx.Now()
		a.State, a.EndedAt, a.Note = Ended, &now, reason
		if err := insertStep(ctx, tx, id, step{ID: tenancy.NewID(), Step: StepCancel, Note: reason, HappenedOn: today(now)}); err != nil {
			return err
		}
		noteOnReport(tx, a.ReportID, "撤销交办", reason)
		return save(ctx, tx, a)
	})
}

// Before is the gate of archiving: nothing that was given to departments is open, and what a leader wrote has a result.
func (s *Service) Before(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, action string) error {
	if action != "archive" {
		return nil
	}
	rows, err := ofReportRows(ctx, tx, report)
	if err != nil {
		return err
	}
	closed := false
	for _, a := range rows {
		if a.State == Open {
			return errs.New(errs.Conflict, "还有交办事项没有办结，不能归档")
		}
		closed = closed || a.State == Closed
	}
	standing, err := s.instructions.Standing(ctx, tx, report)
	if err == nil && len(standing) > 0 && !closed {
		err = errs.New(errs.Conflict, "领导批示还没有办理结果，不能归档")
	}
	return err
}

func statesOf(parts []part) []string {
	list := make([]string, 0, len(parts))
	for _, p := range parts {
		list = append(list, p.State)
	}
	return list
}

// answersOf are the answers that passed, each under its department where there are several.
func answersOf(parts []part) string {
	list := []string{}
	parts = slices.DeleteFunc(slices.Clone(parts), func(p part) bool { return p.State != Passed })
	for _, p := range parts {
		if len(parts) == 1 {
			return p.Answer
		}
		list = append(list, fmt.Sprintf("%s：%s", p.Department, p.Answer))
	}
	return strings.Join(list, "\n")
}
