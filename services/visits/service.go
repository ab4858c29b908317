package visits

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Service keeps plans, rotas and the log. Clues is wired by the program.
type Service struct {
	Clues Clues

	db      *tenancy.DB
	notices Notifier
}

// New makes the service.
func New(db *tenancy.DB, notices Notifier) *Service { return &Service{db: db, notices: notices} }

// Filter narrows the log; empty parts do not matter. After is the last visit of the page before.
type Filter struct {
	Kind   string
	Text   string
	PlanID *uuid.UUID
	After  string
}

// the plan is the unit's, nobody's own.
var ofUnit = authz.Object{Read: authz.VisitRead}

func subject(kind string, id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: kind, ID: id} }

// read opens a read for whoever may see the log, and gives the member whose own it is where he sees only that.
func (s *Service) read(ctx context.Context) (tenancy.Querier, *uuid.UUID, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, nil, err
	}
	p := q.Principal()
	if p.Scope(string(authz.VisitRead)) == tenancy.ScopeTenant {
		return q, nil, nil
	}
	return q, &p.Membership, authz.Check(p, authz.VisitRead, authz.Object{Read: authz.VisitRead, Owner: p.Membership})
}

// Plans are those of the unit, the open ones first; for whoever sees the whole log.
func (s *Service) Plans(ctx context.Context) ([]Plan, error) {
	q, own, err := s.read(ctx)
	if err != nil || own != nil {
		return []Plan{}, err
	}
	return listPlans(ctx, q)
}

// Plan finds one with its targets.
func (s *Service) Plan(ctx context.Context, id uuid.UUID) (Plan, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Plan{}, err
	}
	if err := authz.Check(q.Principal(), authz.VisitRead, ofUnit); err != nil {
		return Plan{}, err
	}
	return findPlan(ctx, q, id)
}

// CreatePlan enters a plan with its targets.
func (s *Service) CreatePlan(ctx context.Context, n NewPlan) (uuid.UUID, error) {
	id := tenancy.NewID()
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Check(tx.Principal(), authz.VisitPlan, ofUnit); err != nil {
			return err
		}
		if err := n.check(); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "visit_plan.created", Subject: subject("visit_plan", id)})
		if err := insertPlan(ctx, tx, id, n); err != nil {
			return err
		}
		return saveTargets(ctx, tx, id, n.Targets)
	})
	return id, err
}

// EditPlan replaces a plan and its targets, on the version the caller read.
func (s *Service) EditPlan(ctx context.Context, id uuid.UUID, version int, n NewPlan) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Check(tx.Principal(), authz.VisitPlan, ofUnit); err != nil {
			return err
		}
		if err := lockPlan(ctx, tx, id); err != nil {
			return err
		}
		p, err := findPlan(ctx, tx, id)
		if err != nil {
			return err
		}
		if p.Version != version {
			return errs.New(errs.Stale, "走访计划已被他人修改，请刷新后重新修改")
		}
		if err := n.check(); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "visit_plan.edited", Subject: subject("visit_plan", id)})
		if err := savePlan(ctx, tx, id, n); err != nil {
			return err
		}
		return saveTargets(ctx, tx, id, n.Targets)
	})
}

// Rota is who goes where: of one plan, of one month, or of all; the own duties for whoever sees only those.
func (s *Service) Rota(ctx context.Context, plan *uuid.UUID, month string) ([]DutyView, error) {
	q, own, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	if err := checkMonth(month); err != nil {
		return nil, err
	}
	return listDuties(ctx, q, plan, month, own)
}

func checkMonth(text string) error {
	if _, ok := month(text); text != "" && !ok {
		return errs.InvalidField("month", "请填写月份，如 2026-11")
	}
	return nil
}

// SetRota makes the rota of a month of the plan, one line a target, and tells those who are to go. A line left out is taken
// back, unless the visit was made.
func (s *Service) SetRota(ctx context.Context, plan uuid.UUID, of string, duties []Duty) (uuid.UUID, error) {
	return plan, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Check(tx.Principal(), authz.VisitPlan, ofUnit); err != nil {
			return err
		}
		if err := lockPlan(ctx, tx, plan); err != nil {
			return err
		}
		p, err := findPlan(ctx, tx, plan)
		if err != nil {
			return err
		}
		if err := checkRota(p, of, duties); err != nil {
			return err
		}
		var who []uuid.UUID
		for _, d := range duties {
			who = append(who, d.Members...)
		}
		if unknown, err := strangers(ctx, tx, who); err != nil || unknown {
			return orInvalid(err, "duties", "排班中有人不是本单位在用的成员")
		}
		tx.Record(tenancy.Event{Kind: "visit_plan.rota_set", Subject: subject("visit_plan", plan), Detail: map[string]any{"month": of, "duties": len(duties)}})
		before, err := listDuties(ctx, tx, &plan, of, nil)
		if err != nil {
			return err
		}
		if err := saveRota(ctx, tx, plan, of, duties); err != nil {
			return err
		}
		return s.tellNew(ctx, tx, p, of, before, who)
	})
}

// tellNew tells whoever was not on duty in that month before.
func (s *Service) tellNew(ctx context.Context, tx *tenancy.Tx, p Plan, of string, before []DutyView, who []uuid.UUID) error {
	known := map[uuid.UUID]bool{tx.Principal().Membership: true}
	for _, d := range before {
		for _, m := range d.Members {
			known[m] = true
		}
	}
	fresh := slices.DeleteFunc(who, func(m uuid.UUID) bool { return known[m] })
	if len(fresh) == 0 {
		return nil
	}
	text := fmt.Sprintf("您被安排参加 %s 的走访（%s）", of, p.Title)
	return s.notices.Tell(ctx, tx, fresh, notices.Notice{Kind: "visit.assigned", Text: text, Subject: subject("visit_plan", p.ID)})
}

func orInvalid(err error, field, text string) error {
	if err != nil {
		return err
	}
	return errs.InvalidField(field, "%s", text)
}

func checkRota(p Plan, of string, duties []Duty) error {
	var faults errs.Fields
	if _, ok := month(of); !ok || of < p.FirstMonth || of > p.LastMonth {
		faults.Add("month", "月份应在 %s 至 %s 之间", p.FirstMonth, p.LastMonth)
	}
	if p.State != "open" {
		faults.Add("month", "这个计划已经结束")
	}
	seen := map[uuid.UUID]bool{}
	for i := range duties {
		d := &duties[i]
		documents.CheckWritten(&faults, documents.Written{Field: "duties", Name: "组名", Text: &d.Team, Most: maxName})
		if len(d.Members) == 0 || len(d.Members) > maxMembers {
			faults.Add("duties", "每项走访请安排 1 至 %d 人", maxMembers)
		}
		if seen[d.TargetID] {
			faults.Add("duties", "同一个目标在一个月里只安排一次")
		}
		seen[d.TargetID] = true
	}
	return faults.Err()
}
