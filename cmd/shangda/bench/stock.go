package bench

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/segment"
	"shangda/services/search"
	"shangda/services/similarity"
	"shangda/tenancy"
)

// The stock spans so many days back from its newest report.
const days = 1800

var newest = time.Date(2026, 11, 1, 4, 0, 0, 0, time.UTC)

// unitReports is how many reports each of the other tenants has.
const unitReports = 30_000

// stocked is one report of the stock with its place in the index.
type stocked struct {
	tenant int32
	id     uuid.UUID
	search.Document
	at time.Time
}

// stock loads reports into the bench's own tenant and into others beside it, with their places in the indexes, as the
// superuser and by COPY; the indexes of the words are built afterwards. It gives the ids of the tenant's own.
func (p *place) stock(ctx context.Context, n size) ([]uuid.UUID, error) {
	conn, err := pgx.Connect(ctx, p.admin)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close(ctx) }()
	if err := execute(ctx, conn, `set maintenance_work_mem = '1GB'`, `set synchronous_commit = off`, `drop index search_documents_terms`); err != nil {
		return nil, err
	}
	own := tenancy.From(p.editor).Tenant.ID
	maker := newMaker()
	ids := []uuid.UUID{}
	tenant := own
	for at, left := 0, n.all; left > 0; {
		count := min(n.own, left)
		if tenant != own {
			count = min(unitReports, left)
			if err := neighbour(ctx, conn, tenant); err != nil {
				return nil, err
			}
		}
		reports := maker.make(tenant, count, at)
		if err := load(ctx, conn, reports, tenant == own); err != nil {
			return nil, err
		}
		if tenant == own {
			for _, r := range reports {
				ids = append(ids, r.id)
			}
		}
		at, left, tenant = at+count, left-count, tenant+1
	}
	return ids, execute(ctx, conn, `create index search_documents_terms on search_documents using gin (terms)`,
		`vacuum analyze reports`, `vacuum analyze search_documents`, `vacuum analyze similarity_keys`, `vacuum analyze similarity_prints`)
}

func execute(ctx context.Context, conn *pgx.Conn, statements ...string) error {
	for _, s := range statements {
		if _, err := conn.Exec(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// neighbour opens another tenant, in which nobody works.
func neighbour(ctx context.Context, conn *pgx.Conn, id int32) error {
	tx, err := conn.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(ctx) }()
	if _, err := tx.Exec(ctx, `select set_config('app.tenant', '1', true)`); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `insert into platform.tenants (id, code, name, short_name, kind, level, opened_at) values ($1, $2, $2, $2, 'cppcc', 'county', now())`,
		id, fmt.Sprintf("bench-%d", id)); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// load copies reports and their places in the indexes; compared says whether they can be compared too.
func load(ctx context.Context, conn *pgx.Conn, reports []stocked, compared bool) error {
	cut, words := remembered(segment.Terms), remembered(segment.Words)
	if _, err := conn.CopyFrom(ctx, pgx.Identifier{"reports"},
		[]string{"tenant_id", "id", "number", "state", "author_name", "title", "problem", "cause", "advice", "category", "urgency", "class", "flags", "mode", "channel", "origin", "created_at", "updated_at", "submitted_at"},
		pgx.CopyFromSlice(len(reports), func(i int) ([]any, error) {
			r := reports[i]
			return []any{r.tenant, r.id, r.Number, r.State, r.AuthorName, r.Title, r.Problem, r.Cause, r.Advice, r.Category, r.Urgency, "ordinary", []string{}, "found", "web", r.tenant, r.at, r.at, r.at}, nil
		})); err != nil {
		return err
	}
	// A tsvector goes as text: into a table beside, then over.
	if err := execute(ctx, conn, `create temporary table if not exists stock_terms (tenant_id int, report_id uuid, listed_at timestamptz, terms text)`, `truncate stock_terms`); err != nil {
		return err
	}
	if _, err := conn.CopyFrom(ctx, pgx.Identifier{"stock_terms"}, []string{"tenant_id", "report_id", "listed_at", "terms"},
		pgx.CopyFromSlice(len(reports), func(i int) ([]any, error) {
			r := reports[i]
			return []any{r.tenant, r.id, r.at, search.Vector(r.tenant, r.Document, cut)}, nil
		})); err != nil {
		return err
	}
	if err := execute(ctx, conn, `insert into search_documents (tenant_id, report_id, listed_at, terms) select tenant_id, report_id, listed_at, terms::tsvector from stock_terms`); err != nil {
		return err
	}
	if !compared {
		return nil
	}
	return loadPrints(ctx, conn, reports, words)
}

func loadPrints(ctx context.Context, conn *pgx.Conn, reports []stocked, words func(string) []string) error {
	var prints, keys [][]any
	for _, r := range reports {
		own, packed := similarity.Packed(similarity.Text{Title: r.Title, Problem: r.Problem, Cause: r.Cause, Advice: r.Advice}, words)
		prints = append(prints, []any{r.tenant, r.id, own, packed})
		for _, k := range own {
			keys = append(keys, []any{r.tenant, k, r.id})
		}
	}
	if _, err := conn.CopyFrom(ctx, pgx.Identifier{"similarity_prints"}, []string{"tenant_id", "report_id", "keys", "words"}, pgx.CopyFromRows(prints)); err != nil {
		return err
	}
	_, err := conn.CopyFrom(ctx, pgx.Identifier{"similarity_keys"}, []string{"tenant_id", "key", "report_id"}, pgx.CopyFromRows(keys))
	return err
}

// remembered cuts each phrase once: the stock is made of phrases that come again.
func remembered(cut func(string) []string) func(string) []string {
	known := map[string][]string{}
	return func(text string) []string {
		var all []string
		for phrase := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '。' || r == '，' || r == '：' }) {
			terms, ok := known[phrase]
			if !ok {
				terms = cut(phrase)
				if len(known) < 400_000 {
					known[phrase] = terms
				}
			}
			all = append(all, terms...)
		}
		return all
	}
}

// maker makes reports out of places, matters and sentences.
type maker struct{ r *rand.Rand }

func newMaker() *maker { return &maker{rand.New(rand.NewPCG(7, 11))} }

func (m *maker) one(list []string) string { return list[m.r.IntN(len(list))] }

func (m *maker) make(tenant int32, count, from int) []stocked {
	reports := make([]stocked, count)
	for i := range reports {
		reports[i] = m.report(tenant, from+i, newest.Add(-time.Duration(float64(i)/float64(count)*days*24*float64(time.Hour))))
	}
	return reports
}

func (m *maker) report(tenant int32, number int, at time.Time) stocked {
	town, site, matter := m.one(towns), m.one(places), m.one(matters)
	urgency := "normal"
	if m.r.IntN(20) == 0 {
		urgency = "urgent"
	}
	r := stocked{tenant: tenant, id: idAt(at, number), at: at, Document: search.Document{
		Number: fmt.Sprintf("B%d", number), Title: town + "：" + site + matter + "问题的建议", State: "submitted", Category: m.one(categories), Urgency: urgency, Class: "ordinary",
		AuthorName: m.one(families) + m.one(given), ListedAt: at, Mode: "found", Channel: "web", Made: true,
		Problem: town + "，" + site + matter + "，居民反映强烈。" + m.sentences(4), Cause: m.sentences(2), Advice: m.sentences(3),
	}}
	r.ID = r.id
	return r
}

func (m *maker) sentences(n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(m.one(openings) + m.one(middles) + m.one(ends) + "。")
	}
	return b.String()
}

// idAt is a UUIDv7 of that time.
func idAt(at time.Time, number int) uuid.UUID {
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:8], uint64(at.UnixMilli())<<16)
	binary.BigEndian.PutUint64(id[8:], uint64(number)*0x9e3779b97f4a7c15)
	id[6], id[8] = 0x70|id[6]&0x0f, 0x80|id[8]&0x3f
	return id
}
