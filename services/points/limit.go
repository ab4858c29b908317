package points

import (
	"context"
	"time"

	"shangda/internal/limit"
	"shangda/tenancy"
)

// A household or an office behind one address leaves a few clues an hour; a whole meeting scans the code at once.
var (
	looks  = limit.Allowance{Most: 120, Span: time.Minute}
	leaves = limit.Allowance{Most: 10, Span: 10 * time.Minute}
)

// allow counts one more visit and refuses what is too much.
func (s *Service) allow(ctx context.Context, what, address string, a limit.Allowance) error {
	key := tenancy.Key(tenancy.Tenant{Code: "platform"}, "visitor", what, limit.Network(address))
	return s.Limit.Allow(ctx, key, a, s.db.Clock.Now())
}
