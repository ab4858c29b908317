package instructions

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/tenancy"
)

// Service keeps instructions.
type Service struct {
	db      *tenancy.DB
	reports Reports
	files   Files
}

// New keeps instructions on the reports.
func New(db *tenancy.DB, reports Reports, files Files) *Service {
	return &Service{db: db, reports: reports, files: files}
}

// Instruction is an entry as its readers see it: leader, text and scan only with the right to them; the text also where it
// was released.
type Instruction struct {
	ID           uuid.UUID                `json:"id"`
	ReportID     uuid.UUID                `json:"report_id"`
	Level        string                   `json:"level" enum:"county,city,province,national"`
	GivenOn      string                   `json:"given_on" doc:"A date"`
	Leader       string                   `json:"leader,omitempty"`
	LeaderTitle  string                   `json:"leader_title,omitempty"`
	Body         string                   `json:"body,omitempty"`
	Released     bool                     `json:"released"`
	Confidential bool                     `json:"confidential" doc:"There is more that the caller may not see"`
	State        string                   `json:"state" enum:"standing,corrected,withdrawal"`
	Corrects     *uuid.UUID               `json:"corrects,omitempty"`
	Reason       string                   `json:"reason,omitempty" doc:"Why it corrects the other"`
	Recorder     string                   `json:"recorder,omitempty"`
	RecordedAt   time.Time                `json:"recorded_at"`
	Attachments  []attachments.Attachment `json:"attachments"`
	Can          []string                 `json:"can" doc:"What the caller may do now: correct"`
}

// Record writes an instruction down, and tells the fact to everybody whose text is in the report.
func (s *Service) Record(ctx context.Context, report uuid.UUID, e Entry) (uuid.UUID, error) {
	id := tenancy.NewID()
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := s.reports.MayRead(ctx, tx, report); err != nil {
			return err
		}
		e, on, err := e.check(tx.Now())
		if err != nil {
			return err
		}
		note(tx, id, "recorded", e.Level)
		event, err := s.reports.Instructed(ctx, tx, report, News{Level: e.Level, At: moment(on, tx.Now()), Words: e.words()})
		if err != nil {
			return err
		}
		return s.write(ctx, tx, e.row(id, report, on, event), e.Attachments)
	})
}

// note is what the audit learns: that an entry was made and the leader's level, never what it says. It comes first, so that a
// repeat of the change is answered with the entry.
func note(tx *tenancy.Tx, id uuid.UUID, what, level string) {
	tx.Record(tenancy.Event{Kind: "instruction." + what, Subject: subject(id), Detail: map[string]string{"level": level}})
}

func (e Entry) row(id, report uuid.UUID, on time.Time, event uuid.UUID) row {
	return row{ID: id, ReportID: report, Leader: e.Leader, LeaderTitle: e.LeaderTitle, Level: e.Level, GivenOn: on, Body: e.Body, Released: e.Released, Event: event}
}

// write keeps the entry and its scan.
func (s *Service) write(ctx context.Context, tx *tenancy.Tx, r row, files []uuid.UUID) error {
	inserted, err := insert(ctx, tx, r)
	if err != nil {
		return err
	}
	if !inserted {
		return errs.New(errs.Conflict, "这条批示登记刚被更正，请刷新后再看")
	}
	if len(files) == 0 {
		return nil
	}
	return s.files.Claim(ctx, tx, files, subject(r.ID))
}

// Correct puts a correcting entry beside a wrong one, which stays. Those below hear of it only where it changes what they
// were told.
func (s *Service) Correct(ctx context.Context, id uuid.UUID, c Correction) (uuid.UUID, error) {
	next := tenancy.NewID()
	return next, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		old, err := s.see(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := authz.Holds(tx.Principal(), authz.InstructionRecord); err != nil {
			return err
		}
		if !old.stands() {
			return errs.New(errs.Conflict, "这条批示登记已经更正")
		}
		if c, err = c.check(); err != nil {
			return err
		}
		r, files := old, []uuid.UUID(nil)
		r.Withdrawn = c.Entry == nil
		if c.Entry != nil {
			e, on, err := c.Entry.check(tx.Now())
			if err != nil {
				return err
			}
			r, files = e.row(next, old.ReportID, on, old.Event), e.Attachments
		}
		note(tx, next, "corrected", r.Level)
		r.ID, r.Corrects, r.Reason = next, &old.ID, c.Reason
		if r.Event, err = s.retell(ctx, tx, old, r); err != nil {
			return err
		}
		return s.write(ctx, tx, r, files)
	})
}

// retell tells those below what the correction changes for them; the event is that of what now stands.
func (s *Service) retell(ctx context.Context, tx *tenancy.Tx, old, now row) (uuid.UUID, error) {
	words := func(r row) string { return Entry{Body: r.Body, Released: r.Released}.words() }
	if !now.Withdrawn && old.Level == now.Level && old.GivenOn.Equal(now.GivenOn) && words(old) == words(now) {
		return old.Event, nil
	}
	if err := s.reports.Corrected(ctx, tx, old.ReportID, old.Event); err != nil || now.Withdrawn {
		return old.Event, err
	}
	return s.reports.Instructed(ctx, tx, old.ReportID, News{Level: now.Level, At: moment(now.GivenOn, tx.Now()), Words: words(now), Again: true})
}

// see is the entry where the caller may read its report and what leaders write; NotFound otherwise.
func (s *Service) see(ctx context.Context, q tenancy.Querier, id uuid.UUID) (row, error) {
	r, err := find(ctx, q, id)
	if err != nil {
		return r, err
	}
	if err := s.reports.MayRead(ctx, q, r.ReportID); err != nil {
		return r, err
	}
	if !authz.May(q.Principal(), authz.InstructionRead) {
		return r, errs.Missing()
	}
	return r, nil
}

// MayRead is nil where the caller may see what the leader wrote, NotFound otherwise.
func (s *Service) MayRead(ctx context.Context, q tenancy.Querier, id uuid.UUID) error {
	_, err := s.see(ctx, q, id)
	return err
}

// Get is one entry, for who may see what the leader wrote.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Instruction, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Instruction{}, err
	}
	r, err := s.see(ctx, q, id)
	if err != nil {
		return Instruction{}, err
	}
	return s.view(ctx, q, r)
}

// Of is the instructions on a report, oldest first. Who may not see what was written sees the fact, and only of what stands.
func (s *Service) Of(ctx context.Context, report uuid.UUID) ([]Instruction, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.reports.MayRead(ctx, q, report); err != nil {
		return nil, err
	}
	rows, err := ofReport(ctx, q, report)
	list := make([]Instruction, 0, len(rows))
	for _, r := range rows {
		if !authz.May(q.Principal(), authz.InstructionRead) && !r.stands() {
			continue
		}
		v, err := s.view(ctx, q, r)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, err
}

// Standing are the instructions on a report that are in force, for whoever asks on behalf of the report.
func (s *Service) Standing(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]uuid.UUID, error) {
	rows, err := ofReport(ctx, q, report)
	list := []uuid.UUID{}
	for _, r := range rows {
		if r.stands() {
			list = append(list, r.ID)
		}
	}
	return list, err
}

func (s *Service) view(ctx context.Context, q tenancy.Querier, r row) (Instruction, error) {
	v := Instruction{ID: r.ID, ReportID: r.ReportID, Level: r.Level, GivenOn: r.GivenOn.Format(time.DateOnly), Released: r.Released, RecordedAt: r.RecordedAt,
		State: "standing", Attachments: []attachments.Attachment{}, Can: []string{}}
	if r.Released {
		v.Body = r.Body
	}
	switch {
	case r.Withdrawn:
		v.State = "withdrawal"
	case r.CorrectedBy != nil:
		v.State = "corrected"
	}
	if !authz.May(q.Principal(), authz.InstructionRead) {
		v.Confidential = true
		return v, nil
	}
	v.Leader, v.LeaderTitle, v.Body, v.Corrects, v.Reason, v.Recorder = r.Leader, r.LeaderTitle, r.Body, r.Corrects, r.Reason, r.Recorder
	if r.stands() && authz.May(q.Principal(), authz.InstructionRecord) {
		v.Can = append(v.Can, "correct")
	}
	var err error
	v.Attachments, err = s.files.Of(ctx, q, subject(r.ID))
	return v, err
}
