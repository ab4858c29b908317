package reports

import (
	"context"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Apply books what another unit decided about the report: told by letter, and once, whatever the number of ways. direct is
// true where the decider is a unit this tenant sent it to: what it returned is to be edited again.
func (s *Service) Apply(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, o Outcome, direct bool) error {
	if err := carried(tx); err != nil {
		return err
	}
	r, err := lock(ctx, tx, id)
	if err != nil {
		return err
	}
	fresh, err := s.apply(ctx, tx, r, o)
	if err != nil || !fresh || !direct || o.Kind != KindReturned || r.State != Signed {
		return err
	}
	r.State = Editing
	return save(ctx, tx, r)
}

// carried allows only the courier: what crosses tenants comes by letter.
func carried(tx *tenancy.Tx) error {
	if !authz.May(tx.Principal(), authz.LetterCarry) {
		return errs.Missing()
	}
	return nil
}

// apply is the one place where an outcome takes effect, this tenant's own or one that was told: once per origin event onto
// the timeline, into adoptions and figures, down to whom the report came from, to its people, and to the sources of a
// combined report. False where it was known.
func (s *Service) apply(ctx context.Context, tx *tenancy.Tx, r *Report, o Outcome) (bool, error) {
	fresh, err := insertOutcome(ctx, tx, r.ID, o)
	if err != nil || !fresh {
		return false, err
	}
	own := o.Decider.ID == tx.Tenant() && o.DeciderReport == r.ID
	tx.Record(outcomeEvent(r, o, own))
	if o.Kind != KindTakenUp && o.Kind != KindForwarded {
		if err := s.settle(ctx, tx, r); err != nil {
			return false, err
		}
	}
	if r.Sender != nil {
		if err := s.News.Tell(ctx, tx, r.ID, o); err != nil {
			return false, err
		}
	}
	if err := s.tellPeople(ctx, tx, r, o); err != nil {
		return false, err
	}
	if !r.Combined {
		return true, nil
	}
	if o.Kind == KindAdopted {
		o.Form = FormCombined
	}
	return true, eachSource(ctx, tx, r, func(source *Report) error {
		_, err := s.apply(ctx, tx, source, o)
		return err
	})
}

// eachSource locks the parts of a combined report, always in the same order.
func eachSource(ctx context.Context, tx *tenancy.Tx, r *Report, fn func(source *Report) error) error {
	parts, err := sources(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	ids := make([]uuid.UUID, 0, len(parts))
	for _, part := range parts {
		ids = append(ids, part.SourceID)
	}
	for _, id := range sorted(ids) {
		source, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := fn(source); err != nil {
			return err
		}
	}
	return nil
}

func outcomeEvent(r *Report, o Outcome, own bool) tenancy.Event {
	detail := tenantDetail(o.Decider)
	detail["kind"] = o.Kind
	if o.Form != "" {
		detail["form"] = o.Form
	}
	if o.Reason != "" {
		detail["reason"] = o.Reason
	}
	e := tenancy.Event{Kind: "report.outcome", Subject: subject(r.ID), OccurredAt: o.OccurredAt, Origin: o.Event, Category: r.Category, Detail: detail}
	if own {
		e.Kind, e.ID = "report."+o.Kind, o.Event
	}
	return e
}

func tenantDetail(t tenancy.Tenant) map[string]string {
	return map[string]string{"tenant": t.Code, "name": t.Name, "level": t.Level}
}

// tellPeople tells the author of every decision, and the desk of what other units decided.
func (s *Service) tellPeople(ctx context.Context, tx *tenancy.Tx, r *Report, o Outcome) error {
	n := notices.Notice{Kind: "report." + o.Kind, Text: outcomeNotice(r, o), Subject: subject(r.ID)}
	told := o.Decider.ID != tx.Tenant()
	if err := s.tellAuthors(ctx, tx, r, n); err != nil {
		return err
	}
	if !told {
		return nil
	}
	return s.notices.TellRoles(ctx, tx, editors, n)
}

// outcomeNotice is the sentence that goes with an outcome.
func outcomeNotice(r *Report, o Outcome) string {
	text := "《" + r.Title + "》：" + o.Decider.Name + outcomeWords(o.Kind, o.Form, o.Reason)
	if o.Reason != "" && o.Kind != KindForwarded {
		text += "。" + o.Reason
	}
	return text
}
