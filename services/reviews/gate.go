package reviews

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/reviews/flow"
	"shangda/tenancy"
)

// Before refuses to send up what was signed for elsewhere: who signs may depend on where a report goes, so one that was
// reviewed for the unit's own use must pass again before it leaves for a unit above. It fulfils the gate of reports.
func (s *Service) Before(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, action string) error {
	if action != "forward" {
		return nil
	}
	rows, err := reviewsOf(ctx, tx, report)
	if err != nil || len(rows) == 0 {
		return err
	}
	last := rows[len(rows)-1]
	if len(last.Addressees) == 0 || slices.Contains(last.Addressees, "upper") || last.State != flow.Signed && last.State != flow.Released {
		return nil
	}
	return errs.New(errs.Conflict, "送审时选定的报送去向不含上级单位，请重新打开审签，按报上级的流程审签后再报送")
}
