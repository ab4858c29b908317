package program

import (
	"context"

	"github.com/google/uuid"

	"shangda/services/activities"
	"shangda/services/clues"
	"shangda/services/points"
	"shangda/tenancy"
)

// gathered counts what came of activities.
type gathered struct{ *clues.Service }

// Yields counts clues and reports by activity.
func (g gathered) Yields(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]activities.Yield, error) {
	found, err := g.Service.Yields(ctx, q, "activity", ids)
	all := make(map[uuid.UUID]activities.Yield, len(found))
	for id, y := range found {
		all[id] = activities.Yield{Clues: y.Clues, Reports: y.Reports}
	}
	return all, err
}

// left makes clues of what visitors leave at points.
type left struct{ *clues.Service }

// Leave enters the clue. The number of the form makes one that is sent twice the same clue.
func (l left) Leave(ctx context.Context, tx *tenancy.Tx, form points.Left) (uuid.UUID, string, error) {
	n := clues.NewClue{Title: form.Title, Body: form.Body, SourceKind: form.Point.Kind, SourceRef: "form:" + form.Form.String(), Place: form.Place,
		Channel: "point", Occasion: form.Point.Name, PointID: &form.Point.ID}
	if form.Member != nil || form.Name != "" {
		n.OnBehalf = &clues.Voice{MemberID: form.Member, Name: form.Name, Contact: form.Phone}
	}
	return l.Service.Leave(ctx, tx, n, form.Receipt, form.Member)
}

// Yields counts clues and reports by point.
func (l left) Yields(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]points.Yield, error) {
	found, err := l.Service.Yields(ctx, q, "point", ids)
	all := make(map[uuid.UUID]points.Yield, len(found))
	for id, y := range found {
		all[id] = points.Yield{Clues: y.Clues, Reports: y.Reports}
	}
	return all, err
}

// AtPoint is what came in at a point, as its keeper sees it.
func (l left) AtPoint(ctx context.Context, q tenancy.Querier, point uuid.UUID, after string, limit int) ([]points.Item, string, error) {
	found, next, err := l.Service.AtPoint(ctx, q, point, after, limit)
	items := make([]points.Item, 0, len(found))
	for _, c := range found {
		i := points.Item{ID: c.ID, Title: c.Title, Body: c.Body, State: c.State, Receipt: c.Receipt, ReceivedAt: c.ReceivedAt}
		if c.OnBehalf != nil {
			i.From, i.Contact = c.OnBehalf.Name, c.OnBehalf.Contact
		}
		items = append(items, i)
	}
	return items, next, err
}
