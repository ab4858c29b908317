package assignments

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/tenancy"
)

// Assignment is a matter with departments, as its readers see it.
type Assignment struct {
	ID            uuid.UUID  `json:"id"`
	ReportID      uuid.UUID  `json:"report_id"`
	ReportTitle   string     `json:"report_title"`
	InstructionID *uuid.UUID `json:"instruction_id,omitempty"`
	Mode          string     `json:"mode" enum:"single,several,joint"`
	Request       string     `json:"request"`
	State         string     `json:"state" enum:"open,closed,cancelled"`
	Result        string     `json:"result,omitempty" enum:"A,B,C"`
	Feedback      string     `json:"feedback,omitempty"`
	Note          string     `json:"note,omitempty" doc:"At its end, for the unit itself"`
	Assigner      string     `json:"assigner"`
	AssignedAt    time.Time  `json:"assigned_at"`
	EndedAt       *time.Time `json:"ended_at,omitempty"`
	Parts         []Part     `json:"parts"`
	Steps         []Step     `json:"steps" doc:"Everything that happened, oldest first"`
	Voices        []Voice    `json:"voices" doc:"How satisfied authors are with the answer that stands"`
	Can           []string   `json:"can" doc:"What the caller may do now: close, cancel"`
}

// Part is one department's.
type Part struct {
	ID         uuid.UUID `json:"id"`
	Role       string    `json:"role" enum:"sole,main,joint"`
	Department string    `json:"department"`
	State      string    `json:"state" enum:"assigned,refused,accepted,extension,replied,passed,reassigned,cancelled"`
	DueOn      string    `json:"due_on" doc:"A date"`
	AskedDue   string    `json:"asked_due,omitempty" doc:"The date that is asked for"`
	Overdue    bool      `json:"overdue" doc:"The date has passed without an answer"`
	Late       bool      `json:"late" doc:"The answer came after the date"`
	Answer     string    `json:"answer,omitempty"`
	RepliedOn  string    `json:"replied_on,omitempty"`
	Extended   int       `json:"extended" doc:"How often the date was put off"`
	Can        []string  `json:"can" doc:"The steps that the caller may write down now"`
}

// Step is one line of the history.
type Step struct {
	ID          uuid.UUID                `json:"id"`
	PartID      *uuid.UUID               `json:"part_id,omitempty"`
	Step        string                   `json:"step" enum:"assign,accept,refuse,insist,reassign,ask_extension,grant,deny,reply,pass,send_back,close,cancel"`
	Department  string                   `json:"department,omitempty"`
	Note        string                   `json:"note,omitempty"`
	On          string                   `json:"on" doc:"The day it happened"`
	DueOn       string                   `json:"due_on,omitempty"`
	ByHand      bool                     `json:"by_hand" doc:"The department's step, written down by a clerk"`
	Recorder    string                   `json:"recorder"`
	RecordedAt  time.Time                `json:"recorded_at"`
	Attachments []attachments.Attachment `json:"attachments"`
}

// Voice is how satisfied an author is; who it is stays in his unit.
type Voice struct {
	Unit    string    `json:"unit"`
	Verdict string    `json:"verdict" enum:"satisfied,fair,unsatisfied"`
	Note    string    `json:"note,omitempty"`
	At      time.Time `json:"at"`
}

// see is nil where the caller may read the report and follow its handling; NotFound otherwise.
func (s *Service) see(ctx context.Context, q tenancy.Querier, a row) error {
	if _, err := s.reports.Load(ctx, q, a.ReportID); err != nil {
		return err
	}
	if !authz.May(q.Principal(), authz.AssignmentRead) {
		return errs.Missing()
	}
	return nil
}

// MayRead is nil where the caller may see a step, for the files that hang on it.
func (s *Service) MayRead(ctx context.Context, q tenancy.Querier, stepID uuid.UUID) error {
	id, err := ofStepID(ctx, q, stepID)
	if err != nil {
		return err
	}
	a, err := find(ctx, q, id)
	if err != nil {
		return err
	}
	return s.see(ctx, q, a)
}

// Get is one assignment.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Assignment, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Assignment{}, err
	}
	a, err := find(ctx, q, id)
	if err != nil {
		return Assignment{}, err
	}
	if err := s.see(ctx, q, a); err != nil {
		return Assignment{}, err
	}
	return s.view(ctx, q, a)
}

// Of is the assignments of a report, oldest first.
func (s *Service) Of(ctx context.Context, report uuid.UUID) ([]Assignment, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := s.reports.Load(ctx, q, report); err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.AssignmentRead); err != nil {
		return nil, err
	}
	rows, err := ofReportRows(ctx, q, report)
	list := make([]Assignment, 0, len(rows))
	for _, a := range rows {
		v, err := s.view(ctx, q, a)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, err
}

func (s *Service) view(ctx context.Context, q tenancy.Querier, a row) (Assignment, error) {
	v := Assignment{ID: a.ID, ReportID: a.ReportID, ReportTitle: a.ReportTitle, InstructionID: a.InstructionID, Mode: a.Mode, Request: a.Request, State: a.State,
		Result: a.Result, Feedback: a.Feedback, Note: a.Note, Assigner: a.Assigner, AssignedAt: a.AssignedAt, EndedAt: a.EndedAt,
		Parts: []Part{}, Steps: []Step{}, Voices: []Voice{}, Can: []string{}}
	parts, err := partsOf(ctx, q, a.ID)
	if err != nil {
		return v, err
	}
	open := a.State == Open && authz.May(q.Principal(), authz.AssignmentWrite)
	for _, p := range parts {
		v.Parts = append(v.Parts, p.view(q.Now(), open))
	}
	if open {
		if answered(statesOf(parts)) {
			v.Can = append(v.Can, "close")
		}
		v.Can = append(v.Can, "cancel")
	}
	if err := s.addSteps(ctx, q, &v); err != nil {
		return v, err
	}
	return v, s.addVoices(ctx, q, a, &v)
}

func (p part) view(now time.Time, open bool) Part {
	v := Part{ID: p.ID, Role: p.Role, Department: p.Department, State: p.State, DueOn: p.DueOn.Format(time.DateOnly), AskedDue: date(p.AskedDue),
		Overdue: waits(p.State) && p.DueOn.Before(today(now)), Late: p.RepliedOn != nil && p.RepliedOn.After(p.DueOn), Answer: p.Answer, RepliedOn: date(p.RepliedOn),
		Extended: p.Extended, Can: []string{}}
	if open {
		v.Can = possible(p.State)
	}
	return v
}

func date(at *time.Time) string {
	if at == nil {
		return ""
	}
	return at.Format(time.DateOnly)
}

func (s *Service) addSteps(ctx context.Context, q tenancy.Querier, v *Assignment) error {
	steps, err := stepsOf(ctx, q, v.ID)
	if err != nil {
		return err
	}
	for _, line := range steps {
		shown := Step{ID: line.ID, PartID: line.PartID, Step: line.Step, Department: line.Department, Note: line.Note, On: line.HappenedOn.Format(time.DateOnly),
			DueOn: date(line.DueOn), ByHand: line.ByHand, Recorder: line.Recorder, RecordedAt: line.RecordedAt, Attachments: []attachments.Attachment{}}
		if line.PartID != nil {
			if shown.Attachments, err = s.files.Of(ctx, q, ofStep(line.ID)); err != nil {
				return err
			}
		}
		v.Steps = append(v.Steps, shown)
	}
	return nil
}

func (s *Service) addVoices(ctx context.Context, q tenancy.Querier, a row, v *Assignment) error {
	if a.AnsweredEvent == nil {
		return nil
	}
	voices, err := voicesOn(ctx, q, *a.AnsweredEvent)
	if err != nil {
		return err
	}
	for _, said := range voices {
		unit, err := s.dir.ByID(ctx, said.Unit)
		if err != nil {
			return err
		}
		v.Voices = append(v.Voices, Voice{Unit: unit.Name, Verdict: said.Verdict, Note: said.Note, At: said.SaidAt})
	}
	return nil
}
