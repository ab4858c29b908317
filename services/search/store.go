package search

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/internal/segment"
	"shangda/tenancy"
)

// hit is a report that answers a question, and how well.
type hit struct {
	ReportID uuid.UUID
	Rank     float32
	ListedAt time.Time
}

func find(ctx context.Context, q tenancy.Querier, query, title string, from, to time.Time, most int) ([]hit, error) {
	return tenancy.Collect[hit](ctx, q, `select report_id, rank, listed_at from search_find($1::text::tsquery, $2::text::tsquery, $3, $4, $5)`, query, title, from, to, most)
}

func count(ctx context.Context, q tenancy.Querier, query string, from, to time.Time, most int) (int, error) {
	return tenancy.Scalar[int](ctx, q, `select search_count($1::text::tsquery, $2, $3, $4)`, query, from, to, most)
}

func newest(ctx context.Context, q tenancy.Querier, query string, most int) ([]uuid.UUID, error) {
	return tenancy.Scalars[uuid.UUID](ctx, q, `select report_id from search_newest($1::text::tsquery, $2)`, query, most)
}

// attached are the texts of the files of these reports; only those the caller may read are asked for.
func attached(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]string, error) {
	type row struct {
		ReportID uuid.UUID
		Attached string
	}
	rows, err := tenancy.Collect[row](ctx, q, `
		select report_id, attached from search_documents where tenant_id = $1 and report_id = any($2) and attached <> ''`, q.Tenant(), ids)
	texts := make(map[uuid.UUID]string, len(rows))
	for _, r := range rows {
		texts[r.ReportID] = r.Attached
	}
	return texts, err
}

// lock makes those who index one report follow each other: the later one reads the later text.
func lock(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	_, err := tenancy.Scalar[bool](ctx, tx, `
		select pg_advisory_xact_lock(hashtextextended('index ' || $1::int || ' ' || $2::uuid, 0)) is null`, tx.Tenant(), id)
	return err
}

func put(ctx context.Context, tx *tenancy.Tx, d Document) error {
	return tx.Derive(ctx, `
		insert into search_documents as s (tenant_id, report_id, listed_at, terms, attached) values ($1, $2, $3, $4::text::tsvector, $5)
		on conflict (tenant_id, report_id) do update set listed_at = excluded.listed_at, terms = excluded.terms, attached = excluded.attached
		where (s.listed_at, s.terms, s.attached) is distinct from (excluded.listed_at, excluded.terms, excluded.attached)`,
		tx.Tenant(), d.ID, d.ListedAt, Vector(tx.Tenant(), d, segment.Terms), d.Attached)
}
