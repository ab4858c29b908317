package program

import (
	"context"

	"shangda/services/hints"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/login"
)

// limiting gives hints the rules that reports keeps.
type limiting struct{ *reports.Service }

// Limits are the unit's rules for its texts.
func (l limiting) Limits(ctx context.Context, q tenancy.Querier) (hints.Rules, error) {
	r, err := l.Rules(ctx, q)
	return hints.Rules{Required: r.Required, MaxTitle: r.TitleLimit, GoodTitle: r.TitleGood, MaxText: r.DraftLimit, GoodText: r.IssuedLimit}, err
}

// textRules are the same rules for the console.
func (p *Program) textRules(ctx context.Context, q tenancy.Querier) (login.TextRules, error) {
	r, err := p.Reports.Rules(ctx, q)
	return login.TextRules{DraftLimit: r.DraftLimit, IssuedLimit: r.IssuedLimit, TitleLimit: r.TitleLimit, TitleGood: r.TitleGood, Required: r.Required,
		SecrecyCheck: r.SecrecyCheck}, err
}
