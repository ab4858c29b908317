package reports

import (
	"context"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// decide is a decision of this unit on one report: its next outcome.
func (s *Service) decide(ctx context.Context, id uuid.UUID, action Action, kind, form, reason string) (uuid.UUID, error) {
	return s.act(ctx, id, action, func(tx *tenancy.Tx, r *Report, t transition) error {
		t.move(r)
		return s.decided(ctx, tx, r, kind, form, reason)
	})
}

// decided numbers the decision, saves the report and lets the outcome take effect.
func (s *Service) decided(ctx context.Context, tx *tenancy.Tx, r *Report, kind, form, reason string) error {
	return s.decidedFor(ctx, tx, r, Outcome{Kind: kind, Form: form, Reason: reason})
}

func (s *Service) decidedFor(ctx context.Context, tx *tenancy.Tx, r *Report, o Outcome) error {
	r.OutcomeNo++
	if err := save(ctx, tx, r); err != nil {
		return err
	}
	p := tx.Principal()
	o.Event, o.Decider, o.DeciderReport, o.No, o.Level, o.OccurredAt = tenancy.NewID(), p.Tenant, r.ID, r.OutcomeNo, p.Tenant.Level, tx.Now()
	_, err := s.apply(ctx, tx, r, o)
	return err
}

// TakeUp begins the screening of a submitted or received report. From now on its author cannot withdraw it.
func (s *Service) TakeUp(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return s.decide(ctx, id, ActTakeUp, KindTakenUp, "", "")
}

// Keep lays the report aside for later use, with a reason.
func (s *Service) Keep(ctx context.Context, id uuid.UUID, why Why) (uuid.UUID, error) {
	return s.withReason(ctx, id, ActKeep, KindKept, forKeep, why)
}

// Decline says that the report will not be used, with a reason.
func (s *Service) Decline(ctx context.Context, id uuid.UUID, why Why) (uuid.UUID, error) {
	return s.withReason(ctx, id, ActDecline, KindDeclined, forDecline, why)
}

// Return sends the report back for improvement: to its author, or to the unit it came from.
func (s *Service) Return(ctx context.Context, id uuid.UUID, why Why) (uuid.UUID, error) {
	return s.withReason(ctx, id, ActReturn, KindReturned, forReturn, why)
}

func (s *Service) withReason(ctx context.Context, id uuid.UUID, action Action, kind, purpose string, why Why) (uuid.UUID, error) {
	return s.act(ctx, id, action, func(tx *tenancy.Tx, r *Report, t transition) error {
		known, err := s.Catalogue.Reasons(ctx, tx)
		if err != nil {
			return err
		}
		reason, err := why.check(known, purpose)
		if err != nil {
			return err
		}
		t.move(r)
		return s.decidedFor(ctx, tx, r, Outcome{Kind: kind, Reason: reason, ReasonCode: why.Code})
	})
}

// NewAdoption is an adoption of a report by this unit. Note and RelayedTo (the department a 转送 goes to) may be empty.
type NewAdoption struct {
	Form      string
	Note      string
	RelayedTo string
}

// Adopt adopts the report as a single one, or relays it. A combined report is adopted as combined, and so is each of its
// sources: one 篇次 a source.
func (s *Service) Adopt(ctx context.Context, id uuid.UUID, a NewAdoption) (uuid.UUID, error) {
	note, to := plain(a.Note), plain(a.RelayedTo)
	var faults errs.Fields
	if a.Form != FormSingle && a.Form != FormRelayed {
		faults.Add("form", "采用形式只能是单篇采用或转送")
	}
	checkNote(&faults, "note", note)
	checkNote(&faults, "relayed_to", to)
	if err := faults.Err(); err != nil {
		return uuid.Nil, err
	}
	action := ActAdoptSingle
	if a.Form == FormRelayed {
		action = ActAdoptRelayed
		if to != "" {
			note = joinNonEmpty("；", "转送"+to, note)
		}
	}
	return s.act(ctx, id, action, func(tx *tenancy.Tx, r *Report, t transition) error {
		t.move(r)
		form := a.Form
		if r.Combined {
			form = FormCombined
		}
		return s.decided(ctx, tx, r, KindAdopted, form, note)
	})
}

// CorrectAdoption withdraws this unit's adoption. Its figures are negated in the month they were booked in.
func (s *Service) CorrectAdoption(ctx context.Context, id uuid.UUID, reason string) (uuid.UUID, error) {
	reason = plain(reason)
	var faults errs.Fields
	if reason == "" {
		faults.Add("reason", "请写明更正的理由")
	}
	checkNote(&faults, "reason", reason)
	if err := faults.Err(); err != nil {
		return uuid.Nil, err
	}
	return s.decide(ctx, id, ActCorrect, KindCorrected, "", reason)
}

func joinNonEmpty(between, a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + between + b
}
