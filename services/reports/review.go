package reports

import (
	"context"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// BeginReview hands the report to the chain of its class; an urgent one goes the urgent way whatever its class. The review
// records that it began, and how its steps ended.
func (s *Service) BeginReview(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (route, title string, err error) {
	r, t, err := s.take(ctx, tx, id, ActReview)
	if err != nil {
		return "", "", err
	}
	t.move(r)
	route = r.Class
	if r.Urgency != "normal" {
		route = "urgent"
	}
	return route, r.Title, save(ctx, tx, r)
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
	r, t, err := s.take(ctx, tx, id, ActReviewReturn)
	if err != nil {
		return err
	}
	t.move(r)
	return save(ctx, tx, r)
}
