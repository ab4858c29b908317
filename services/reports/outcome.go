package reports

import (
	"context"
	"maps"
	"slices"

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
	return s.applyVia(ctx, tx, r, o, "")
}

// applyVia is apply to a report that hears of the outcome as the source of another: as a part of a combined one, as the
// whole that was split, or as a duplicate, which is told and counts nothing.
func (s *Service) applyVia(ctx context.Context, tx *tenancy.Tx, r *Report, o Outcome, via string) (bool, error) {
	fresh, err := insertOutcome(ctx, tx, r.ID, o)
	if err != nil || !fresh {
		return false, err
	}
	own := o.Decider.ID == tx.Tenant() && o.DeciderReport == r.ID
	tx.Record(outcomeEvent(r, o, own))
	if !follows(o.Kind) {
		if err := s.settle(ctx, tx, r); err != nil {
			return false, err
		}
	}
	if r.Sender != nil {
		if err := s.News.Tell(ctx, tx, r.ID, o); err != nil {
			return false, err
		}
	}
	if via != sourceWhole { // its authors are the part's, who have heard of the part
		if err := s.tellPeople(ctx, tx, r, o); err != nil {
			return false, err
		}
	}
	return true, eachSource(ctx, tx, r, func(source *Report, kind string) error {
		told := o
		told.Told = o.Told || kind == sourceDuplicate
		if kind == sourcePart && o.Kind == KindAdopted {
			told.Form = FormCombined
		}
		_, err := s.applyVia(ctx, tx, source, told, kind)
		return err
	})
}

// eachSource locks the reports that hear of this one's outcomes, always in the same order: the parts of a combined report,
// the whole that it was split from, the duplicates that went into it.
func eachSource(ctx context.Context, tx *tenancy.Tx, r *Report, fn func(source *Report, kind string) error) error {
	kinds := map[uuid.UUID]string{}
	if r.SplitFrom != nil {
		kinds[*r.SplitFrom] = sourceWhole
	}
	if r.Combined || r.Absorbed {
		parts, err := sources(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		for _, part := range parts {
			kinds[part.SourceID] = part.Kind
		}
	}
	for _, id := range sorted(slices.Collect(maps.Keys(kinds))) {
		source, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := fn(source, kinds[id]); err != nil {
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
	if o.ReasonCode != "" {
		detail["reason_code"] = o.ReasonCode
	}
	if o.Kind == KindInstructed {
		detail["leader_level"] = o.Level
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
	if words := followWords(o.Kind, o.Form, o.Level, o.Decider.Name); words != "" {
		return "《" + r.Title + "》" + words
	}
	text := "《" + r.Title + "》：" + o.Decider.Name + outcomeWords(o.Kind, o.Form, o.Reason)
	if o.Reason != "" && o.Kind != KindForwarded {
		text += "。" + o.Reason
	}
	return text
}
