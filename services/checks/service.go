package checks

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

// Service keeps checks and proofs.
type Service struct {
	db      *tenancy.DB
	reports Reports
	notices Notifier
	files   Files
	lock    func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (row, error)
}

// New checks the reports.
func New(db *tenancy.DB, reports Reports, notices Notifier, files Files) *Service {
	return &Service{db: db, reports: reports, notices: notices, files: files, lock: lock}
}

// open is a report the caller may read and do this with. A draft is its author's alone: nothing is checked of it yet.
func (s *Service) open(ctx context.Context, q tenancy.Querier, report uuid.UUID, permission authz.Permission) (Report, error) {
	r, err := s.reports.Load(ctx, q, report)
	if err != nil {
		return r, err
	}
	if err := authz.Holds(q.Principal(), permission); err != nil {
		return r, err
	}
	if r.State == "draft" {
		return r, errs.New(errs.Conflict, "草稿提交后才能核实或校对")
	}
	return r, nil
}

// as is nil where the report is as the caller read it: nobody answers for words that he has not seen.
func (r Report) as(version int) error {
	if r.Version != version {
		return errs.New(errs.Stale, "信息刚有变动，请看过最新内容后再登记")
	}
	return nil
}

// Record keeps a check of the version the caller read, that he made, or that a department outside made and he writes down.
func (s *Service) Record(ctx context.Context, report uuid.UUID, version int, n NewCheck) (uuid.UUID, error) {
	n, err := n.check()
	if err != nil {
		return uuid.Nil, err
	}
	id := tenancy.NewID()
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, err := s.open(ctx, tx, report, authz.CheckWrite)
		if err != nil {
			return err
		}
		if err := r.as(version); err != nil {
			return err
		}
		c := row{ID: id, ReportID: report, ReportTitle: r.Title, Matter: n.Matter, State: Asked, Department: n.Department}
		if err := s.settle(ctx, tx, r, &c, n.Finding); err != nil {
			return err
		}
		if err := insert(ctx, tx, c); err != nil {
			return err
		}
		return s.files.Claim(ctx, tx, n.Attachments, subject(id))
	})
}

// settle fills in what was found, by whom, and of which text, and records it.
func (s *Service) settle(ctx context.Context, tx *tenancy.Tx, r Report, c *row, f Finding) error {
	p := tx.Principal()
	now := tx.Now()
	c.State, c.Method, c.Result, c.Note, c.CheckedAt, c.RecordedBy = Done, f.Method, f.Result, f.Note, &now, &p.Membership
	c.Checker, c.CheckedBy = c.Department, nil
	if c.Department == "" {
		c.Checker, c.CheckedBy = p.Name, &p.Membership
	}
	if err := s.second(ctx, tx, r, *c); err != nil {
		return err
	}
	c.Digest, c.Figures = r.digests()
	tx.Record(tenancy.Event{Kind: "check.done", Subject: subject(c.ID), Detail: map[string]string{"matter": c.Matter, "result": c.Result}})
	tx.Record(tenancy.Event{Kind: "report.checked", Subject: ofReport(r.ID), Category: r.Category, Detail: map[string]string{
		"matter": matterText[c.Matter], "method": methodText[c.Method], "result": resultText[c.Result], "checker": c.Checker}})
	return nil
}

// second refuses a verification of the figures by the author, or by the only person who checked the facts.
func (s *Service) second(ctx context.Context, tx *tenancy.Tx, r Report, c row) error {
	if c.Matter != MatterFigures || c.CheckedBy == nil {
		return nil
	}
	if r.AuthorID == *c.CheckedBy {
		return errs.InvalidField("matter", "数据和来源须由作者以外的人核实")
	}
	k, err := knownOf(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	if first := k.last(MatterFacts); first != nil && first.CheckedBy != nil && *first.CheckedBy == *c.CheckedBy {
		return errs.InvalidField("matter", "您已核实过这篇信息的情况，数据和来源须由第二人核实")
	}
	return nil
}

// Ask asks a unit, a person or a department to check, and tells whom it may.
func (s *Service) Ask(ctx context.Context, report uuid.UUID, n NewRequest) (uuid.UUID, error) {
	id := tenancy.NewID()
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, err := s.open(ctx, tx, report, authz.CheckWrite)
		if err != nil {
			return err
		}
		rules, err := RuleSetting.Get(ctx, tx)
		if err != nil {
			return err
		}
		n, due, err := n.check(tx.Now(), rules.Days)
		if err != nil {
			return err
		}
		to, err := asked(ctx, tx, n)
		if err != nil {
			return err
		}
		if n.Matter == MatterFigures && n.MembershipID != nil && *n.MembershipID == r.AuthorID {
			return errs.InvalidField("to", "数据和来源须由作者以外的人核实")
		}
		now, p := tx.Now(), tx.Principal()
		c := row{ID: id, ReportID: report, ReportTitle: r.Title, Matter: n.Matter, State: Asked, UnitID: n.UnitID, MembershipID: n.MembershipID,
			Department: n.Department, Question: n.Question, AskedBy: &p.Membership, AskedAt: &now, DueOn: &due}
		if err := insert(ctx, tx, c); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "check.asked", Subject: subject(id), Detail: map[string]string{"matter": n.Matter, "to": to.Name}})
		tx.Record(tenancy.Event{Kind: "report.check_asked", Subject: ofReport(report), Category: r.Category, Detail: map[string]string{
			"matter": matterText[n.Matter], "to": to.Name}})
		return s.notices.Tell(ctx, tx, to.People, notices.Notice{Kind: "check.asked", Subject: subject(id),
			Text: "请核实《" + r.Title + "》（" + matterText[n.Matter] + "），" + day(due) + "前答复"})
	})
}

// Answer is what whom it was asked of found in the version he read; of a department outside, whoever may check writes it down.
// Forbidden for others who see the request, Conflict once it is answered or taken back.
func (s *Service) Answer(ctx context.Context, id uuid.UUID, version int, f Finding) (uuid.UUID, error) {
	var faults errs.Fields
	f = f.check(&faults)
	if err := faults.Err(); err != nil {
		return uuid.Nil, err
	}
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		c, err := s.lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.mayAnswer(ctx, tx, c); err != nil {
			return err
		}
		if err := pending(c); err != nil {
			return err
		}
		r, err := s.reports.LoadText(ctx, tx, c.ReportID)
		if err != nil {
			return err
		}
		if err := r.as(version); err != nil {
			return err
		}
		if err := s.settle(ctx, tx, r, &c, f); err != nil {
			return err
		}
		if err := update(ctx, tx, c); err != nil {
			return err
		}
		if err := s.files.Claim(ctx, tx, f.Attachments, subject(id)); err != nil {
			return err
		}
		return s.notices.Tell(ctx, tx, []uuid.UUID{*c.AskedBy}, notices.Notice{Kind: "check.answered", Subject: ofReport(c.ReportID),
			Text: "《" + r.Title + "》" + matterText[c.Matter] + "已答复：" + resultText[f.Result] + "（" + c.Checker + "）"})
	})
}

// mayAnswer is nil for whom it was asked of; for a department outside, for whoever may check.
func (s *Service) mayAnswer(ctx context.Context, q tenancy.Querier, c row) error {
	if err := s.see(ctx, q, c); err != nil {
		return err
	}
	if c.Department != "" {
		return authz.Holds(q.Principal(), authz.CheckWrite)
	}
	if !c.of(q.Principal()) {
		return errs.New(errs.Forbidden, "这项核实请的是%s，由其答复", c.To)
	}
	return authz.Holds(q.Principal(), authz.ConsultationAnswer)
}

func pending(c row) error {
	switch c.State {
	case Done:
		return errs.New(errs.Conflict, "这项核实已由%s答复", c.Checker)
	case Cancelled:
		return errs.New(errs.Conflict, "这项核实已经撤销")
	}
	return nil
}

// Cancel takes a request back, with the reason.
func (s *Service) Cancel(ctx context.Context, id uuid.UUID, reason string) (uuid.UUID, error) {
	reason = documents.Clean(reason, true)
	var faults errs.Fields
	if reason == "" {
		faults.Add("reason", "请写明撤销的理由")
	}
	documents.CheckText(&faults, "reason", reason, maxNote)
	if err := faults.Err(); err != nil {
		return uuid.Nil, err
	}
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		c, err := s.lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.see(ctx, tx, c); err != nil {
			return err
		}
		if err := authz.Holds(tx.Principal(), authz.CheckWrite); err != nil {
			return err
		}
		if err := pending(c); err != nil {
			return err
		}
		now := tx.Now()
		c.State, c.Reason, c.EndedAt = Cancelled, reason, &now
		tx.Record(tenancy.Event{Kind: "check.cancelled", Subject: subject(id)})
		tx.Record(tenancy.Event{Kind: "report.check_cancelled", Subject: ofReport(c.ReportID), Detail: map[string]string{"to": c.To, "reason": reason}})
		if err := update(ctx, tx, c); err != nil {
			return err
		}
		people, err := peopleOf(ctx, tx, c.UnitID, c.MembershipID)
		if err != nil {
			return err
		}
		return s.notices.Tell(ctx, tx, people, notices.Notice{Kind: "check.cancelled", Subject: subject(id), Text: "请您核实《" + c.ReportTitle + "》的事项已撤销：" + reason})
	})
}

func day(t time.Time) string { return t.Format("1月2日") }
