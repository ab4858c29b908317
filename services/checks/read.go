package checks

import (
	"bytes"
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/tenancy"
)

// Check is a check as its readers see it.
type Check struct {
	ID          uuid.UUID                `json:"id"`
	ReportID    uuid.UUID                `json:"report_id"`
	ReportTitle string                   `json:"report_title"`
	Matter      string                   `json:"matter" enum:"facts,figures"`
	State       string                   `json:"state" enum:"asked,done,cancelled"`
	To          string                   `json:"to,omitempty" doc:"Whom it was asked of"`
	Department  bool                     `json:"department" doc:"Asked of a department outside: its answer is written down by hand"`
	Question    string                   `json:"question,omitempty"`
	Asker       string                   `json:"asker,omitempty"`
	AskedAt     *time.Time               `json:"asked_at,omitempty"`
	DueOn       string                   `json:"due_on,omitempty" doc:"A date"`
	Overdue     bool                     `json:"overdue"`
	Method      string                   `json:"method,omitempty" enum:"site,phone,department,documents"`
	Result      string                   `json:"result,omitempty" enum:"true,partly,untrue,unclear"`
	Note        string                   `json:"note,omitempty"`
	Checker     string                   `json:"checker,omitempty"`
	Recorder    string                   `json:"recorder,omitempty" doc:"Who wrote it down, where that is somebody else"`
	CheckedAt   *time.Time               `json:"checked_at,omitempty"`
	Changed     bool                     `json:"changed" doc:"What was checked has been changed since"`
	Reason      string                   `json:"reason,omitempty" doc:"Why it was taken back"`
	Attachments []attachments.Attachment `json:"attachments"`
	Can         []string                 `json:"can" doc:"What the caller may do now: answer, cancel"`
}

// Sheet is everything about the checks of one report.
type Sheet struct {
	Checks []Check  `json:"checks"`
	Needs  []Need   `json:"needs" doc:"What the tenant asks for before the next steps, and whether it is there"`
	Can    []string `json:"can" doc:"What the caller may do now: record, ask, proofread"`
}

// see is nil where the caller may see the check: whoever sees checks of the report, and whom it was asked of.
func (s *Service) see(ctx context.Context, q tenancy.Querier, c row) error {
	if c.of(q.Principal()) && authz.May(q.Principal(), authz.ConsultationAnswer) {
		return nil
	}
	if _, err := s.reports.Load(ctx, q, c.ReportID); err != nil {
		return err
	}
	if !authz.May(q.Principal(), authz.CheckRead) {
		return errs.Missing()
	}
	return nil
}

// MayRead is nil where the caller may see the check, NotFound otherwise.
func (s *Service) MayRead(ctx context.Context, q tenancy.Querier, id uuid.UUID) error {
	c, err := find(ctx, q, id)
	if err != nil {
		return err
	}
	return s.see(ctx, q, c)
}

// Get is one check.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Check, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Check{}, err
	}
	c, err := find(ctx, q, id)
	if err != nil {
		return Check{}, err
	}
	if err := s.see(ctx, q, c); err != nil {
		return Check{}, err
	}
	return s.view(ctx, q, c, nil)
}

// Of is the checks of a report, oldest first, and what is still asked for.
func (s *Service) Of(ctx context.Context, report uuid.UUID) (Sheet, error) {
	sheet := Sheet{Checks: []Check{}, Needs: []Need{}, Can: []string{}}
	q, err := s.db.Read(ctx)
	if err != nil {
		return sheet, err
	}
	r, err := s.reports.Load(ctx, q, report)
	if err != nil {
		return sheet, err
	}
	if err := authz.Holds(q.Principal(), authz.CheckRead); err != nil {
		return sheet, err
	}
	rows, err := ofReportRows(ctx, q, report)
	if err != nil {
		return sheet, err
	}
	for _, c := range rows {
		v, err := s.view(ctx, q, c, &r)
		if err != nil {
			return sheet, err
		}
		sheet.Checks = append(sheet.Checks, v)
	}
	if authz.May(q.Principal(), authz.CheckWrite) && r.State != "draft" {
		sheet.Can = []string{"record", "ask", "proofread"}
	}
	sheet.Needs, err = s.needsOf(ctx, q, r, rows)
	return sheet, err
}

// needsOf is what the rules ask for before the report's next steps.
func (s *Service) needsOf(ctx context.Context, q tenancy.Querier, r Report, rows []row) ([]Need, error) {
	rules, err := RuleSetting.Get(ctx, q)
	if err != nil {
		return nil, err
	}
	k := known{}
	for _, c := range rows {
		if c.State == Done {
			k.checks = append(k.checks, c)
		}
	}
	if k.proof, err = lastProof(ctx, q, r.ID); err != nil {
		return nil, err
	}
	return needs(rules, r, k, sending), nil
}

// Tasks are the requests to the caller or to his unit: those that wait, by their date, then the newest of the others.
func (s *Service) Tasks(ctx context.Context) ([]Check, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.ConsultationAnswer); err != nil {
		return nil, err
	}
	rows, err := tasksOf(ctx, q)
	list := make([]Check, 0, len(rows))
	for _, c := range rows {
		list = append(list, c.view(q))
	}
	return list, err
}

// Readers are the members who were asked to check the report and have not answered yet: they may read its text meanwhile.
func (s *Service) Readers(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]uuid.UUID, error) {
	return readers(ctx, q, report)
}

// of tells whether the check was asked of the person or of his unit.
func (c row) of(p *tenancy.Principal) bool {
	return c.MembershipID != nil && *c.MembershipID == p.Membership || c.UnitID != nil && *c.UnitID == p.Unit
}

func (c row) view(q tenancy.Querier) Check {
	v := Check{ID: c.ID, ReportID: c.ReportID, ReportTitle: c.ReportTitle, Matter: c.Matter, State: c.State, To: c.To, Department: c.Department != "", Question: c.Question,
		Asker: c.Asker, AskedAt: c.AskedAt, Method: c.Method, Result: c.Result, Note: c.Note, Checker: c.Checker, CheckedAt: c.CheckedAt, Reason: c.Reason,
		Attachments: []attachments.Attachment{}, Can: []string{}}
	if c.Recorder != c.Checker {
		v.Recorder = c.Recorder
	}
	if c.DueOn != nil {
		v.DueOn = c.DueOn.Format(time.DateOnly)
		v.Overdue = c.State == Asked && c.DueOn.Before(today(q.Now()))
	}
	p := q.Principal()
	if c.State == Asked && (c.Department == "" && c.of(p) && authz.May(p, authz.ConsultationAnswer) || c.Department != "" && authz.May(p, authz.CheckWrite)) {
		v.Can = append(v.Can, "answer")
	}
	if c.State == Asked && authz.May(p, authz.CheckWrite) {
		v.Can = append(v.Can, "cancel")
	}
	return v
}

// view is the check with its files, and beside a report whether that was changed since.
func (s *Service) view(ctx context.Context, q tenancy.Querier, c row, r *Report) (Check, error) {
	v := c.view(q)
	if r != nil && c.State == Done {
		statements, figures := r.digests()
		v.Changed = c.Matter == MatterFacts && !bytes.Equal(c.Digest, statements) || c.Matter == MatterFigures && !bytes.Equal(c.Figures, figures)
	}
	if c.State != Done {
		return v, nil
	}
	var err error
	v.Attachments, err = s.files.Of(ctx, q, subject(c.ID))
	return v, err
}
