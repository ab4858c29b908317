package reports

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy"
)

// Finder finds reports by their words; services/search fulfils it.
type Finder interface {
	// Matching are the newest reports that the caller may read and that have all the words, in these states (any where
	// none is named), only the caller's own where own.
	Matching(ctx context.Context, q tenancy.Querier, words string, states []State, own bool) ([]uuid.UUID, error)
}

func (nobody) Matching(context.Context, tenancy.Querier, string, []State, bool) ([]uuid.UUID, error) {
	return nil, nil
}

// Whole is a report as it is, for the index; only the indexer may have it, drafts included.
func (s *Service) Whole(ctx context.Context, q tenancy.Querier, id uuid.UUID) (*Report, error) {
	if err := indexing(q); err != nil {
		return nil, err
	}
	return load(ctx, q, id)
}

// Following lists the ids of the tenant's reports after one, in the order of ids, for who indexes them anew.
func (s *Service) Following(ctx context.Context, q tenancy.Querier, after uuid.UUID, limit int) ([]uuid.UUID, error) {
	if err := indexing(q); err != nil {
		return nil, err
	}
	return tenancy.Scalars[uuid.UUID](ctx, q, `select id from reports where tenant_id = $1 and id > $2 order by id limit $3`, q.Tenant(), after, limit)
}

func indexing(q tenancy.Querier) error {
	return authz.Check(q.Principal(), authz.SearchIndex, authz.Object{Read: authz.SearchIndex})
}

// Readable are those of the reports that the caller may read, in any order; without their texts where they are not wanted.
func (s *Service) Readable(ctx context.Context, q tenancy.Querier, ids []uuid.UUID, texts bool) ([]Report, error) {
	found, err := tenancy.CollectPart[Report](ctx, q, `
		select id, number, state, version, author_id, author_name, author_title, unit_id, title, case when $3 then problem else '' end as problem,
			case when $3 then cause else '' end as cause, case when $3 then advice else '' end as advice, category, topic, urgency, class,
			flags, mode, channel, source_kind, sender, origin, combined, adopted, adoptions, created_at, updated_at, submitted_at, signed_at,
			coauthors, readers, recorder_id, recorder_name, split_from
		from reports where tenant_id = $1 and id = any($2)`, q.Tenant(), ids, texts)
	readable := found[:0]
	for _, r := range found {
		if authz.Allows(q.Principal(), authz.ReportRead, r.object()) {
			readable = append(readable, r)
		}
	}
	return readable, err
}

// Owners are those of this tenant who may read it as their own: author, further authors, who recorded it, who was asked to read it.
func (r *Report) Owners() []uuid.UUID {
	owners := append(append([]uuid.UUID{}, r.sharers()...), r.Readers...)
	if r.AuthorID != nil {
		owners = append(owners, *r.AuthorID)
	}
	return owners
}

// ListedAt is the moment a list shows it at: when it was submitted, of a draft when it was begun.
func (r *Report) ListedAt() time.Time { return r.listedAt() }
