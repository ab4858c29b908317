package reports

import (
	"context"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// UnderReview is what the approval asks about a report: its text, and what the conditions of flows look at.
type UnderReview struct {
	Text
	Class, Urgency, Category string
	Source                   string // own, received or combined
	SourceKind               string
}

// ForReview tells the approval what the report says now. Who may know it was asked before.
func (s *Service) ForReview(ctx context.Context, q tenancy.Querier, id uuid.UUID) (UnderReview, error) {
	r, err := load(ctx, q, id)
	if err != nil {
		return UnderReview{}, err
	}
	u := UnderReview{Text: r.Text, Class: r.Class, Urgency: r.Urgency, Category: r.Category, Source: "own", SourceKind: r.SourceKind}
	switch {
	case r.Combined:
		u.Source = "combined"
	case r.Sender != nil:
		u.Source = "received"
	}
	return u, nil
}

// BeginReview hands the report to the approval, which records that it began and how its steps ended.
func (s *Service) BeginReview(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	return s.moved(ctx, tx, id, ActReview)
}

// moved is a change that moves the report and nothing else; whoever asks for it records why.
func (s *Service) moved(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, action Action) error {
	r, t, err := s.take(ctx, tx, id, action)
	if err != nil {
		return err
	}
	t.move(r)
	return save(ctx, tx, r)
}

// ReviewText is a leader's edit within a step of the review.
func (s *Service) ReviewText(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, t Text) error {
	r, _, err := s.take(ctx, tx, id, ActReviewEdit)
	if err != nil {
		return err
	}
	in := r.input()
	in.Text = t
	if in, err = checked(ctx, tx, in, asKept, r.Text); err != nil {
		return err
	}
	if in.Text == r.Text {
		return nil
	}
	return s.rewrite(ctx, tx, r, in, true)
}

// Sign ends the review: the text stands as issued. It counts as signed once, at the first time.
func (s *Service) Sign(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	r, t, err := s.take(ctx, tx, id, ActApprove)
	if err != nil {
		return err
	}
	t.move(r)
	var measures map[string]int
	if r.SignedAt == nil {
		now := tx.Now()
		r.SignedAt, measures = &now, map[string]int{"own_signed": 1}
	}
	record(tx, r, "signed", measures, nil)
	if err := save(ctx, tx, r); err != nil {
		return err
	}
	if err := appendVersion(ctx, tx, r.ID, versionIssued, r.Text, Origin{}); err != nil {
		return err
	}
	return s.tellAuthor(ctx, tx, r, "report.signed", "《"+r.Title+"》已由"+tx.Principal().Tenant.Name+"签发")
}

// ReviewReturned takes the report out of its review, back to the editor. The review records and tells the opinion.
func (s *Service) ReviewReturned(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, _ string) error {
	return s.moved(ctx, tx, id, ActReviewReturn)
}

// ReviewToAuthor sends the report back for improvement out of its review: to its author, or to the unit it came from.
func (s *Service) ReviewToAuthor(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, opinion string) error {
	r, t, err := s.take(ctx, tx, id, ActReviewAuthor)
	if err != nil {
		return err
	}
	t.move(r)
	return s.decided(ctx, tx, r, KindReturned, "", opinion)
}

// ReviewWithdrawn takes the report out of a review that was called off, back to the editor.
func (s *Service) ReviewWithdrawn(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	return s.moved(ctx, tx, id, ActReviewWithdraw)
}

// ReviewReopened takes a signed report back into its review, as long as it was neither adopted nor sent to anybody.
func (s *Service) ReviewReopened(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	r, t, err := s.take(ctx, tx, id, ActReviewReopen)
	if err != nil {
		return err
	}
	all, err := outcomes(ctx, tx, id)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.Outcome == KindForwarded && o.Decider == tx.Tenant() {
			return errs.New(errs.Conflict, "信息已经报送，不能重新打开审签；需要修改时请先撤回报送并另行处理")
		}
	}
	t.move(r)
	return save(ctx, tx, r)
}
