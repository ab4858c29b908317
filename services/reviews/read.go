package reviews

import (
	"context"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy"
)

// Of lists the reviews of a report the caller may read, oldest first.
func (s *Service) Of(ctx context.Context, report uuid.UUID) ([]Review, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.subject.MayRead(ctx, q, report); err != nil {
		return nil, err
	}
	rows, err := reviewsOf(ctx, q, report)
	if err != nil {
		return nil, err
	}
	return view(ctx, q, rows)
}

// Get finds a review of a report the caller may read.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Review, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Review{}, err
	}
	r, err := findReview(ctx, q, id)
	if err != nil {
		return Review{}, err
	}
	if err := s.subject.MayRead(ctx, q, r.SubjectID); err != nil {
		return Review{}, err
	}
	views, err := view(ctx, q, []row{r})
	if err != nil {
		return Review{}, err
	}
	return views[0], nil
}

// WaitingFor lists the reports whose current step waits for the caller, oldest review first.
func (s *Service) WaitingFor(ctx context.Context, q tenancy.Querier) ([]uuid.UUID, error) {
	p := q.Principal()
	if !authz.May(p, authz.ReviewAct) {
		return nil, nil
	}
	return waitingFor(ctx, q, p.Post, p.Roles)
}

func view(ctx context.Context, q tenancy.Querier, rows []row) ([]Review, error) {
	ids, at := make([]uuid.UUID, len(rows)), make(map[uuid.UUID]int, len(rows))
	views := make([]Review, len(rows))
	for i, r := range rows {
		ids[i], at[r.ID] = r.ID, i
		views[i] = Review{ID: r.ID, ReportID: r.SubjectID, State: r.State, ChainName: r.ChainName, StartedAt: r.StartedAt, EndedAt: r.EndedAt, Can: []string{}}
	}
	steps, err := stepsOf(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	p := q.Principal()
	for _, s := range steps {
		v := &views[at[s.ReviewID]]
		v.Steps = append(v.Steps, ReviewStep{No: s.No, Title: s.Title, Post: s.Post, Role: s.Role, State: s.State, By: s.Name, Opinion: s.Opinion, At: s.ActedAt})
		if v.State == Running && s.State == Current && authz.May(p, authz.ReviewAct) && waitsFor(s, p, p.Post) {
			v.Can = []string{"approve", "return"}
		}
	}
	return views, nil
}
