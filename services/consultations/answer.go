package consultations

import (
	"context"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Answer gives an opinion: whom it was asked of, once; of those without an account whoever may consult writes it down.
func (s *Service) Answer(ctx context.Context, opinion uuid.UUID, n NewOpinion) (uuid.UUID, error) {
	n, err := n.check()
	if err != nil {
		return uuid.Nil, err
	}
	return opinion, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		o, c, err := s.lock(ctx, tx, opinion)
		if err != nil {
			return err
		}
		if err := s.mayAnswer(ctx, tx, c, o); err != nil {
			return err
		}
		if err := open(c); err != nil {
			return err
		}
		if o.State == Given {
			return errs.New(errs.Conflict, "%s的意见已由%s提出", o.Name, o.Giver)
		}
		if o.State == Released {
			return errs.New(errs.Conflict, "已不再征求%s的意见", o.Name)
		}
		o.fill(tx, c, n)
		if err := s.put(ctx, tx, o); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "consultation.answered", Subject: ofOpinion(o.ID), Detail: map[string]string{"verdict": o.Verdict}})
		tx.Record(tenancy.Event{Kind: "report.opinion_given", Subject: ofReport(c.ReportID), Detail: map[string]string{
			"what": kindText[c.Kind], "who": o.Name, "verdict": verdictText[o.Verdict]}})
		if err := s.files.Claim(ctx, tx, n.Attachments, ofOpinion(o.ID)); err != nil {
			return err
		}
		return s.notices.Tell(ctx, tx, []uuid.UUID{c.StartedBy}, notices.Notice{Kind: "consultation.answered", Subject: ofReport(c.ReportID),
			Text: "《" + c.ReportTitle + "》" + kindText[c.Kind] + "：" + o.Name + verdictText[o.Verdict]})
	})
}

// put writes a line; whoever closes the sheet must have read it (Stale).
func (s *Service) put(ctx context.Context, tx *tenancy.Tx, o opinionRow) error {
	if err := saveOpinion(ctx, tx, o); err != nil {
		return err
	}
	tx.Touch(tenancy.Change{Kind: "consultation", ID: o.ConsultationID.String()})
	return touchSheet(ctx, tx, o.ConsultationID)
}

// fill puts down what was said, by whom, and whether it came late.
func (o *opinionRow) fill(tx *tenancy.Tx, c sheetRow, n NewOpinion) {
	p, now := tx.Principal(), tx.Now()
	o.State, o.Verdict, o.Opinion, o.Dimensions, o.GivenAt = Given, n.Verdict, n.Opinion, n.Dimensions, &now
	o.Late = today(now).After(c.DueOn)
	o.RecordedBy, o.GivenBy, o.Giver = &p.Membership, &p.Membership, p.Name
	if o.Outside {
		o.GivenBy, o.Giver = nil, o.Name
		if n.Giver != "" {
			o.Giver = n.Giver
		}
	}
}

// lockOpinion is a line and its sheet for a change; who comes second waits and then sees the first one's change.
func lockOpinion(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (opinionRow, sheetRow, error) {
	o, err := findOpinion(ctx, tx, id)
	if err != nil {
		return o, sheetRow{}, err
	}
	c, err := lockSheet(ctx, tx, o.ConsultationID)
	if err != nil {
		return o, c, err
	}
	o, err = findOpinion(ctx, tx, id)
	return o, c, err
}

// mayAnswer is nil for whom the opinion is asked of; of those outside, for whoever may consult about the report.
func (s *Service) mayAnswer(ctx context.Context, tx *tenancy.Tx, c sheetRow, o opinionRow) error {
	if err := s.see(ctx, tx, c); err != nil {
		return err
	}
	if o.Outside {
		if err := authz.Holds(tx.Principal(), authz.ConsultationStart); err != nil {
			return err
		}
		return s.mayRead(ctx, tx, c)
	}
	if !o.of(tx.Principal()) {
		return errs.New(errs.Forbidden, "这里征求的是%s的意见，由其提出", o.Name)
	}
	return authz.Holds(tx.Principal(), authz.ConsultationAnswer)
}
