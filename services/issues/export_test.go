package issues

import (
	"context"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// NumberByHighest is the numbering that anyone would write first, and that gives two issues one number.
func (s *Service) NumberByHighest() {
	s.numbers = func(ctx context.Context, tx *tenancy.Tx, journal uuid.UUID, year, first int) (int, error) {
		if year == 0 {
			return takeNumber(ctx, tx, journal, year, first)
		}
		return tenancy.Scalar[int](ctx, tx, `select coalesce(max(no) + 1, $4) from issues where tenant_id = $1 and journal_id = $2 and year = $3`, tx.Tenant(), journal, year, first)
	}
}
