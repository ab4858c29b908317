package reports

import (
	"context"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy"
)

// Head is what other nouns show of a report that is linked to theirs.
type Head struct {
	ID    uuid.UUID `json:"id"`
	Title string    `json:"title"`
	State State     `json:"state" enum:"draft,submitted,taken_up,editing,returned,kept,declined,merged,reviewing,signed,recalled,split,archived"`
}

// Heads are those of the reports that the caller may read, oldest first. The others are left out without a word.
func (s *Service) Heads(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) ([]Head, error) {
	heads := []Head{}
	if len(ids) == 0 {
		return heads, nil
	}
	found, err := tenancy.Collect[Report](ctx, q, `
		select `+columns+` from reports where tenant_id = $1 and id = any($2) order by created_at, id`, q.Tenant(), ids)
	for i := range found {
		if r := &found[i]; authz.Allows(q.Principal(), authz.ReportRead, r.object()) {
			heads = append(heads, Head{ID: r.ID, Title: r.Title, State: r.State})
		}
	}
	return heads, err
}

// TextOf is the text of a report as it stands, for another noun that grows from it. Not found where the caller may not read it.
func (s *Service) TextOf(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Text, error) {
	r, err := load(ctx, q, id)
	if err != nil {
		return Text{}, err
	}
	return r.Text, authz.Check(q.Principal(), authz.ReportRead, r.object())
}
