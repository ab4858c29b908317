package assignments

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// Act moves one department's part by one step, and answers with the assignment. A department's own step is written down by a
// clerk of this unit, and says so.
func (s *Service) Act(ctx context.Context, partID uuid.UUID, a Act) (uuid.UUID, error) {
	var id uuid.UUID
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) (err error) {
		a, on, fault := a.check(tx.Now())
		if id, err = ofPart(ctx, tx, partID); err != nil {
			return err
		}
		whole, parts, err := s.take(ctx, tx, id)
		if err != nil {
			return err
		}
		if fault != nil {
			return fault
		}
		return s.act(ctx, tx, whole, parts, partID, a, on)
	})
	return id, err
}

func (s *Service) act(ctx context.Context, tx *tenancy.Tx, whole row, parts []part, partID uuid.UUID, a Act, on time.Time) error {
	at := 0
	for i := range parts {
		if parts[i].ID == partID {
			at = i
		}
	}
	p := &parts[at]
	m, ok := next(p.State, a.Step)
	if !ok || a.Step == StepCancel {
		return errs.New(errs.Conflict, "%s现在是“%s”，不能%s", p.Department, stateText[p.State], stepText[a.Step])
	}
	if on.Before(today(whole.AssignedAt)) {
		return errs.InvalidField("on", "日期不能早于交办之日")
	}
	tx.Record(tenancy.Event{Kind: "assignment." + a.Step, Subject: subject(whole.ID), Detail: map[string]string{"department": p.Department}})
	line := step{ID: tenancy.NewID(), PartID: &p.ID, Step: a.Step, Department: p.Department, Note: a.Note, HappenedOn: on, ByHand: m.By == department}
	p.State = m.To
	p.change(a, on, &line)
	if a.Step == StepReassign {
		replacement, err := s.reassign(ctx, tx, parts, *p, a, &line)
		if err != nil {
			return err
		}
		parts = append(parts, replacement)
		p = &parts[at]
	}
	if err := insertStep(ctx, tx, whole.ID, line); err != nil {
		return err
	}
	if err := savePart(ctx, tx, *p); err != nil {
		return err
	}
	if len(a.Attachments) > 0 {
		if err := s.files.Claim(ctx, tx, a.Attachments, ofStep(line.ID)); err != nil {
			return err
		}
	}
	noteOnReport(tx, whole.ReportID, sentence(line, *p), "")
	if m.To == Passed && answered(statesOf(parts)) {
		return s.tellAnswer(ctx, tx, whole, parts)
	}
	return nil
}

// change is what a step changes of the part beside its state.
func (p *part) change(a Act, on time.Time, line *step) {
	switch a.Step {
	case StepExtend:
		due := after(p.DueOn, a.Days)
		p.AskedDue, line.DueOn = &due, &due
	case StepGrant:
		if p.AskedDue != nil {
			p.DueOn, p.AskedDue = *p.AskedDue, nil
			p.Extended++
		}
		due := p.DueOn
		line.DueOn = &due
	case StepDeny:
		p.AskedDue = nil
	case StepReply:
		p.Answer, p.RepliedOn = a.Note, &on
	case StepSendBack:
		p.RepliedOn = nil
		if a.Days > 0 {
			p.DueOn = after(on, a.Days)
		}
		due := p.DueOn
		line.DueOn = &due
	}
}

// reassign gives the part to another department, in its role and by its date unless more days are given.
func (s *Service) reassign(ctx context.Context, tx *tenancy.Tx, parts []part, old part, a Act, line *step) (part, error) {
	for _, p := range parts {
		if p.Department == a.Department && !gone(p.State) {
			return part{}, errs.InvalidField("department", "“%s”已经是承办单位", a.Department)
		}
	}
	if a.Department == old.Department {
		return part{}, errs.InvalidField("department", "改派须换一个承办单位")
	}
	due := old.DueOn
	if a.Days > 0 {
		due = after(today(tx.Now()), a.Days)
	}
	line.DueOn = &due
	if line.Note != "" {
		line.Note = "改派" + a.Department + "。" + line.Note
	} else {
		line.Note = "改派" + a.Department
	}
	p := part{ID: tenancy.NewID(), AssignmentID: old.AssignmentID, Position: len(parts), Role: old.Role, Department: a.Department, State: Assigned, DueOn: due}
	return p, insertPart(ctx, tx, p)
}

// sentence is the step on the timeline of the report: who did what, and by when; what was said stays with the assignment.
func sentence(line step, p part) string {
	switch line.Step {
	case StepReassign:
		return p.Department + "承办事项改派其他单位"
	case StepGrant:
		return "同意" + p.Department + "延期至" + p.DueOn.Format("1月2日")
	case StepDeny:
		return "不同意" + p.Department + "延期"
	case StepInsist:
		return "不同意" + p.Department + "申退"
	case StepPass:
		return p.Department + "的答复通过审核"
	case StepSendBack:
		return p.Department + "的答复退回重办"
	}
	return p.Department + stepText[line.Step]
}

// tellAnswer tells the author and the units below that there is an answer; an earlier one, sent back since, is taken back.
func (s *Service) tellAnswer(ctx context.Context, tx *tenancy.Tx, whole row, parts []part) error {
	n := News{Kind: NewsAnswered, Words: answersOf(parts)}
	if whole.AnsweredEvent != nil {
		n.Instead = *whole.AnsweredEvent
	}
	event, err := s.reports.Tell(ctx, tx, whole.ReportID, n)
	if err != nil {
		return err
	}
	whole.AnsweredEvent = &event
	return save(ctx, tx, whole)
}
