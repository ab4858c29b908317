package consultations

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Service keeps consultations.
type Service struct {
	db      *tenancy.DB
	reports Reports
	experts Experts
	notices Notifier
	files   Files
	lock    func(ctx context.Context, tx *tenancy.Tx, opinion uuid.UUID) (opinionRow, sheetRow, error)
}

// New asks about the reports.
func New(db *tenancy.DB, reports Reports, experts Experts, notices Notifier, files Files) *Service {
	return &Service{db: db, reports: reports, experts: experts, notices: notices, files: files, lock: lockOpinion}
}

// Start opens a sheet on a report and asks everybody on it at once.
func (s *Service) Start(ctx context.Context, report uuid.UUID, n Opening) (uuid.UUID, error) {
	id := tenancy.NewID()
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, err := s.reports.Load(ctx, tx, report)
		if err != nil {
			return err
		}
		if err := authz.Holds(tx.Principal(), authz.ConsultationStart); err != nil {
			return err
		}
		if r.State == "draft" {
			return errs.New(errs.Conflict, "草稿提交后才能会商")
		}
		n, due, err := n.check(tx.Now())
		if err != nil {
			return err
		}
		c := sheetRow{ID: id, ReportID: report, ReportTitle: r.Title, Kind: n.Kind, State: Open, Question: n.Question, DueOn: due, MeetsAt: n.MeetsAt, Place: n.Place,
			Digest: r.digest(), StartedBy: tx.Principal().Membership}
		if err := insertSheet(ctx, tx, c); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "consultation.started", Subject: subject(id), Detail: map[string]string{"kind": n.Kind}})
		tx.Record(tenancy.Event{Kind: "report.consultation_started", Subject: ofReport(report), Category: r.Category, Detail: map[string]string{"what": kindText[n.Kind]}})
		return s.ask(ctx, tx, c, n.Participants, 0)
	})
}

// Ask adds participants to an open sheet, also who has spoken and should speak again.
func (s *Service) Ask(ctx context.Context, id uuid.UUID, list []Participant) (uuid.UUID, error) {
	var faults errs.Fields
	if len(list) == 0 {
		faults.Add("participants", "请选择要请的人或机构")
	}
	list = checkParticipants(&faults, list)
	if err := faults.Err(); err != nil {
		return uuid.Nil, err
	}
	return id, s.manage(ctx, id, func(tx *tenancy.Tx, c sheetRow) error {
		there, err := opinionsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if len(there)+len(list) > 2*mostAsked {
			return errs.InvalidField("participants", "一张会商单最多请 %d 方", 2*mostAsked)
		}
		tx.Record(tenancy.Event{Kind: "consultation.changed", Subject: subject(id)})
		if err := touchSheet(ctx, tx, id); err != nil {
			return err
		}
		return s.ask(ctx, tx, c, list, len(there))
	})
}

// ask puts participants on the sheet and tells them.
func (s *Service) ask(ctx context.Context, tx *tenancy.Tx, c sheetRow, list []Participant, already int) error {
	people := []uuid.UUID{}
	for i, p := range list {
		o, who, err := s.resolve(ctx, tx, p)
		if err != nil {
			return err
		}
		o.ID, o.ConsultationID, o.Position = tenancy.NewID(), c.ID, already+i+1
		fresh, err := insertOpinion(ctx, tx, o)
		if err != nil {
			return err
		}
		if !fresh {
			return errs.InvalidField("participants", "%s已在征求意见的名单中", o.Name)
		}
		people = append(people, who...)
	}
	return s.notices.Tell(ctx, tx, people, notices.Notice{Kind: "consultation.asked", Subject: subject(c.ID),
		Text: kindText[c.Kind] + "：请您就《" + c.ReportTitle + "》提出意见，" + day(c.DueOn) + "前答复" + meeting(c)})
}

func meeting(c sheetRow) string {
	if c.MeetsAt == nil {
		return ""
	}
	return "；会议时间 " + c.MeetsAt.In(zone).Format("1月2日 15:04") + " " + c.Place
}

// resolve is a participant as it stands on the sheet, and the people who are told.
func (s *Service) resolve(ctx context.Context, tx *tenancy.Tx, p Participant) (opinionRow, []uuid.UUID, error) {
	o := opinionRow{State: Asked, UnitID: p.UnitID, MembershipID: p.MembershipID, ExpertID: p.ExpertID, Name: p.Department}
	if p.ExpertID != nil {
		found, err := s.experts.Find(ctx, tx, *p.ExpertID)
		if errs.Is(err, errs.NotFound) || err == nil && !found.Active {
			return o, nil, errs.InvalidField("participants", "没有这位专家，或已停用")
		}
		if err != nil {
			return o, nil, err
		}
		o.Name, o.MembershipID = found.Name, found.MembershipID
	}
	o.Outside = o.UnitID == nil && o.MembershipID == nil
	if o.Outside {
		return o, nil, nil
	}
	name, people, err := peopleOf(ctx, tx, o.UnitID, o.MembershipID)
	if err == nil && len(people) == 0 {
		return o, nil, errs.InvalidField("participants", "%s目前没有可以提意见的人员", name)
	}
	o.Name = name
	return o, people, err
}

// manage runs fn on an open sheet of a report that the caller may consult about.
func (s *Service) manage(ctx context.Context, id uuid.UUID, fn func(tx *tenancy.Tx, c sheetRow) error) error {
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		c, err := lockSheet(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.see(ctx, tx, c); err != nil {
			return err
		}
		if err := authz.Holds(tx.Principal(), authz.ConsultationStart); err != nil {
			return err
		}
		if err := s.mayRead(ctx, tx, c); err != nil {
			return err
		}
		if err := open(c); err != nil {
			return err
		}
		return fn(tx, c)
	})
}

// mayRead: who was only invited to the sheet does not manage it.
func (s *Service) mayRead(ctx context.Context, q tenancy.Querier, c sheetRow) error {
	_, err := s.reports.Load(ctx, q, c.ReportID)
	if errs.Is(err, errs.NotFound) {
		return errs.New(errs.Forbidden, "会商由发起单位的编辑办理")
	}
	return err
}

func open(c sheetRow) error {
	switch c.State {
	case Closed:
		return errs.New(errs.Conflict, "会商已经办结")
	case Cancelled:
		return errs.New(errs.Conflict, "会商已经撤销")
	}
	return nil
}

// Release no longer waits for a participant.
func (s *Service) Release(ctx context.Context, opinion uuid.UUID) (uuid.UUID, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	o, err := findOpinion(ctx, q, opinion)
	if err != nil {
		return uuid.Nil, err
	}
	return opinion, s.manage(ctx, o.ConsultationID, func(tx *tenancy.Tx, _ sheetRow) error {
		o, err := findOpinion(ctx, tx, opinion)
		if err != nil {
			return err
		}
		if o.State != Asked {
			return errs.New(errs.Conflict, "%s已经提出意见，不能撤下", o.Name)
		}
		o.State = Released
		tx.Record(tenancy.Event{Kind: "consultation.changed", Subject: ofOpinion(o.ID)})
		return s.put(ctx, tx, o)
	})
}

// Close ends a sheet with its conclusion, of a workshop with its minutes and the version that came of it. Who has not spoken
// is no longer asked.
func (s *Service) Close(ctx context.Context, id uuid.UUID, version int, n Closing) (uuid.UUID, error) {
	n, err := n.check()
	if err != nil {
		return uuid.Nil, err
	}
	return id, s.manage(ctx, id, func(tx *tenancy.Tx, c sheetRow) error {
		if c.Version != version {
			return errs.New(errs.Stale, "会商单上有了新的意见或变动，请看过后再办结")
		}
		if c.Kind == Workshop && n.Minutes == "" {
			return errs.InvalidField("minutes", "请填写研讨记录")
		}
		known, err := hasVersion(ctx, tx, c.ReportID, n.Resulting)
		if err != nil {
			return err
		}
		if !known {
			return errs.InvalidField("resulting", "没有这个版本")
		}
		c.Conclusion, c.Minutes, c.Resulting = n.Conclusion, n.Minutes, n.Resulting
		if err := s.end(ctx, tx, c, Closed); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "consultation.closed", Subject: subject(id)})
		tx.Record(tenancy.Event{Kind: "report.consultation_closed", Subject: ofReport(c.ReportID), Detail: map[string]string{"what": kindText[c.Kind]}})
		return s.tellAll(ctx, tx, c, "consultation.closed", kindText[c.Kind]+"已办结：《"+c.ReportTitle+"》")
	})
}

// Cancel takes a sheet back, with the reason. What was said stays on it.
func (s *Service) Cancel(ctx context.Context, id uuid.UUID, reason string) (uuid.UUID, error) {
	reason = documents.Clean(reason, true)
	var faults errs.Fields
	if reason == "" {
		faults.Add("reason", "请写明撤销的理由")
	}
	documents.CheckText(&faults, "reason", reason, maxShort)
	if err := faults.Err(); err != nil {
		return uuid.Nil, err
	}
	return id, s.manage(ctx, id, func(tx *tenancy.Tx, c sheetRow) error {
		c.Conclusion = reason
		if err := s.end(ctx, tx, c, Cancelled); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "consultation.cancelled", Subject: subject(id)})
		tx.Record(tenancy.Event{Kind: "report.consultation_cancelled", Subject: ofReport(c.ReportID), Detail: map[string]string{"what": kindText[c.Kind], "reason": reason}})
		return s.tellAll(ctx, tx, c, "consultation.cancelled", kindText[c.Kind]+"已撤销：《"+c.ReportTitle+"》，"+reason)
	})
}

func (s *Service) end(ctx context.Context, tx *tenancy.Tx, c sheetRow, state string) error {
	c.State = state
	return saveSheet(ctx, tx, c)
}

func (s *Service) tellAll(ctx context.Context, tx *tenancy.Tx, c sheetRow, kind, text string) error {
	people, err := participants(ctx, tx, c.ID, false)
	if err != nil {
		return err
	}
	return s.notices.Tell(ctx, tx, people, notices.Notice{Kind: kind, Subject: subject(c.ID), Text: text})
}

func day(t time.Time) string { return t.Format("1月2日") }
