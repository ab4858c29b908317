package consultations

import (
	"bytes"
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/workdays"
	"shangda/services/attachments"
	"shangda/tenancy"
)

var zone = workdays.Zone

// Sheet is a consultation as its readers see it. Who was only asked sees his own opinion; of a workshop, everybody's.
type Sheet struct {
	ID          uuid.UUID  `json:"id"`
	ReportID    uuid.UUID  `json:"report_id"`
	ReportTitle string     `json:"report_title"`
	Kind        string     `json:"kind" enum:"joint,expert,workshop"`
	State       string     `json:"state" enum:"open,closed,cancelled"`
	Question    string     `json:"question"`
	DueOn       string     `json:"due_on" doc:"A date"`
	Overdue     bool       `json:"overdue"`
	MeetsAt     *time.Time `json:"meets_at,omitempty"`
	Place       string     `json:"place,omitempty"`
	Minutes     string     `json:"minutes,omitempty"`
	Conclusion  string     `json:"conclusion,omitempty" doc:"Of a sheet that was taken back: the reason"`
	Resulting   *int       `json:"resulting,omitempty" doc:"The version of the text that came of it"`
	Starter     string     `json:"starter"`
	StartedAt   time.Time  `json:"started_at"`
	Closer      string     `json:"closer,omitempty"`
	ClosedAt    *time.Time `json:"closed_at,omitempty"`
	Changed     bool       `json:"changed" doc:"The text has been changed since people were asked; only for who reads the report"`
	Version     int        `json:"version"`
	Opinions    []Opinion  `json:"opinions"`
	Can         []string   `json:"can" doc:"What the caller may do now: ask, close, cancel"`
}

// Opinion is one line of the sheet.
type Opinion struct {
	ID          uuid.UUID                `json:"id"`
	Name        string                   `json:"name"`
	Kind        string                   `json:"kind" enum:"unit,member,expert,department"`
	Outside     bool                     `json:"outside" doc:"Without an account: written down by hand"`
	State       string                   `json:"state" enum:"asked,given,released"`
	Verdict     string                   `json:"verdict,omitempty" enum:"agree,change,against"`
	Opinion     string                   `json:"opinion,omitempty"`
	Dimensions  []Dimension              `json:"dimensions"`
	Giver       string                   `json:"giver,omitempty"`
	Recorder    string                   `json:"recorder,omitempty" doc:"Who wrote it down, where that is somebody else"`
	GivenAt     *time.Time               `json:"given_at,omitempty"`
	Late        bool                     `json:"late"`
	Attachments []attachments.Attachment `json:"attachments"`
	Can         []string                 `json:"can" doc:"What the caller may do now: answer, release"`
}

// see is nil where the caller may see the sheet: who sees checks of the report, and who was asked.
func (s *Service) see(ctx context.Context, q tenancy.Querier, c sheetRow) error {
	p := q.Principal()
	if _, err := s.reports.Load(ctx, q, c.ReportID); err == nil && authz.May(p, authz.CheckRead) {
		return nil
	} else if err != nil && !errs.Is(err, errs.NotFound) {
		return err
	}
	if authz.May(p, authz.ConsultationAnswer) {
		mine, err := isAsked(ctx, q, c.ID)
		if err != nil || mine {
			return err
		}
	}
	return errs.Missing()
}

// Of is the sheets of a report, oldest first.
func (s *Service) Of(ctx context.Context, report uuid.UUID) ([]Sheet, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	r, err := s.reports.Load(ctx, q, report)
	if err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.CheckRead); err != nil {
		return nil, err
	}
	rows, err := sheetsOf(ctx, q, r.ID)
	if err != nil {
		return nil, err
	}
	list := make([]Sheet, 0, len(rows))
	for _, c := range rows {
		v, err := s.view(ctx, q, c, true)
		if err != nil {
			return nil, err
		}
		v.Changed = !bytes.Equal(c.Digest, r.digest())
		list = append(list, v)
	}
	return list, nil
}

// Get is one sheet, as far as the caller may see it.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Sheet, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Sheet{}, err
	}
	c, err := findSheet(ctx, q, id)
	if err != nil {
		return Sheet{}, err
	}
	if err := s.see(ctx, q, c); err != nil {
		return Sheet{}, err
	}
	r, err := s.reports.Load(ctx, q, c.ReportID)
	if err != nil && !errs.Is(err, errs.NotFound) {
		return Sheet{}, err
	}
	whole := err == nil && authz.May(q.Principal(), authz.CheckRead)
	v, err := s.view(ctx, q, c, whole)
	v.Changed = whole && !bytes.Equal(c.Digest, r.digest())
	return v, err
}

// SheetOf is the sheet that an opinion stands on.
func (s *Service) SheetOf(ctx context.Context, opinion uuid.UUID) (Sheet, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Sheet{}, err
	}
	o, err := findOpinion(ctx, q, opinion)
	if err != nil {
		return Sheet{}, err
	}
	return s.Get(ctx, o.ConsultationID)
}

// MayRead is nil where the caller may see the opinion, for the files that hang on it.
func (s *Service) MayRead(ctx context.Context, q tenancy.Querier, opinion uuid.UUID) error {
	o, err := findOpinion(ctx, q, opinion)
	if err != nil {
		return err
	}
	c, err := findSheet(ctx, q, o.ConsultationID)
	if err != nil {
		return err
	}
	if o.of(q.Principal()) || c.Kind == Workshop {
		return s.see(ctx, q, c)
	}
	if _, err := s.reports.Load(ctx, q, c.ReportID); err != nil {
		return err
	}
	return authz.Holds(q.Principal(), authz.CheckRead)
}

// Tasks are the sheets on which the caller's opinion, or his unit's, was asked: what waits by its date, then the newest.
func (s *Service) Tasks(ctx context.Context) ([]Sheet, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.ConsultationAnswer); err != nil {
		return nil, err
	}
	rows, err := tasksOf(ctx, q)
	if err != nil {
		return nil, err
	}
	list := make([]Sheet, 0, len(rows))
	for _, c := range rows {
		v, err := s.view(ctx, q, c, false)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// Readers are the members who were asked about the report on a sheet that is still open.
func (s *Service) Readers(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]uuid.UUID, error) {
	return readers(ctx, q, report)
}

// view is the sheet; whole shows all opinions of it.
func (s *Service) view(ctx context.Context, q tenancy.Querier, c sheetRow, whole bool) (Sheet, error) {
	v := Sheet{ID: c.ID, ReportID: c.ReportID, ReportTitle: c.ReportTitle, Kind: c.Kind, State: c.State, Question: c.Question, DueOn: c.DueOn.Format(time.DateOnly),
		Overdue: c.State == Open && c.DueOn.Before(today(q.Now())), MeetsAt: c.MeetsAt, Place: c.Place, Conclusion: c.Conclusion, Minutes: c.Minutes,
		Resulting: c.Resulting, Starter: c.Starter, StartedAt: c.StartedAt, Closer: c.Closer, ClosedAt: c.ClosedAt, Version: c.Version, Opinions: []Opinion{}, Can: []string{}}
	p := q.Principal()
	manages := whole && c.State == Open && authz.May(p, authz.ConsultationStart)
	if manages {
		v.Can = []string{"ask", "close", "cancel"}
	}
	if !whole && c.Kind != Workshop {
		v.Conclusion = "" // the office's
	}
	rows, err := opinionsOf(ctx, q, c.ID)
	if err != nil {
		return v, err
	}
	for _, o := range rows {
		if !whole && c.Kind != Workshop && !o.of(p) {
			continue
		}
		shown, err := s.opinion(ctx, q, c, o, manages)
		if err != nil {
			return v, err
		}
		v.Opinions = append(v.Opinions, shown)
	}
	return v, nil
}

func (s *Service) opinion(ctx context.Context, q tenancy.Querier, c sheetRow, o opinionRow, manages bool) (Opinion, error) {
	v := Opinion{ID: o.ID, Name: o.Name, Kind: o.kind(), Outside: o.Outside, State: o.State, Verdict: o.Verdict, Opinion: o.Opinion, Dimensions: o.Dimensions,
		Giver: o.Giver, GivenAt: o.GivenAt, Late: o.Late, Attachments: []attachments.Attachment{}, Can: []string{}}
	if o.Outside {
		v.Recorder = o.Recorder
	}
	p := q.Principal()
	if o.State == Asked && c.State == Open {
		if o.Outside && manages || !o.Outside && o.of(p) && authz.May(p, authz.ConsultationAnswer) {
			v.Can = append(v.Can, "answer")
		}
		if manages {
			v.Can = append(v.Can, "release")
		}
	}
	if o.State != Given {
		return v, nil
	}
	var err error
	v.Attachments, err = s.files.Of(ctx, q, ofOpinion(o.ID))
	return v, err
}

// of tells whether the opinion is asked of the person or of his unit.
func (o opinionRow) of(p *tenancy.Principal) bool {
	return o.MembershipID != nil && *o.MembershipID == p.Membership || o.UnitID != nil && *o.UnitID == p.Unit
}

func (o opinionRow) kind() string {
	switch {
	case o.ExpertID != nil:
		return "expert"
	case o.UnitID != nil:
		return "unit"
	case o.MembershipID != nil:
		return "member"
	}
	return "department"
}
