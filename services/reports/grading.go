package reports

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Graded is a report as its first screening reads it.
type Graded struct {
	Text
	Evidence string
	Flags    []string
	Score    *int
	State    State
}

// ToGrade is the report for who may screen it.
func (s *Service) ToGrade(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Graded, error) {
	r, err := load(ctx, q, id)
	if err != nil {
		return Graded{}, err
	}
	return Graded{Text: r.Text, Evidence: r.Evidence, Flags: r.Flags, Score: r.Score, State: r.State}, authz.Check(q.Principal(), authz.ReportScreen, r.object())
}

// Grade keeps the score of the first screening and the screener's flags; what waited in the inbox is taken up with it.
func (s *Service) Grade(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, score int, given []string) error {
	r, t, err := s.take(ctx, tx, id, ActScreen)
	if err != nil {
		return err
	}
	list, known := sortedFlags(given)
	if !known {
		return errs.InvalidField("flags", "标记只能是敏感、热点或预警")
	}
	r.Score, r.Flags = &score, list
	if r.State != Submitted {
		return save(ctx, tx, r)
	}
	t.move(r)
	return s.decided(ctx, tx, r, KindTakenUp, "", "")
}

// MayAny is nil where the caller may see the report and holds one of the permissions on it.
func (s *Service) MayAny(ctx context.Context, q tenancy.Querier, id uuid.UUID, permissions ...authz.Permission) error {
	r, err := load(ctx, q, id)
	if err != nil {
		return err
	}
	may := func(p authz.Permission) bool { return authz.Allows(q.Principal(), p, r.object()) }
	if may(authz.ReportRead) && slices.ContainsFunc(permissions, may) {
		return nil
	}
	return authz.Check(q.Principal(), permissions[0], r.object())
}
