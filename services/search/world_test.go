package search_test

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/search"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// library is a world whose reports are what the tests say they are: the nouns are blind to each other.
type library struct {
	*tenancytest.World
	t      *testing.T
	search *search.Service
	docs   map[int32]map[uuid.UUID]search.Document
}

func newLibrary(t *testing.T) *library {
	t.Helper()
	l := &library{World: tenancytest.New(t), t: t, docs: map[int32]map[uuid.UUID]search.Document{}}
	l.search = search.New(l.DB, tenancy.NewDirectory(l.Pool()), l)
	return l
}

func object(d search.Document) authz.Object {
	return authz.Object{Read: authz.ReportRead, Sharers: d.Owners, Unit: d.Unit, Private: d.State == "draft"}
}

// Document is for the indexer alone.
func (l *library) Document(_ context.Context, q tenancy.Querier, id uuid.UUID) (search.Document, error) {
	if err := authz.Check(q.Principal(), authz.SearchIndex, authz.Object{Read: authz.SearchIndex}); err != nil {
		return search.Document{}, err
	}
	d, ok := l.docs[q.Tenant()][id]
	if !ok {
		return d, errs.Missing()
	}
	return d, nil
}

// Readable are those the caller may read.
func (l *library) Readable(_ context.Context, q tenancy.Querier, ids []uuid.UUID, _ bool) ([]search.Document, error) {
	var found []search.Document
	for _, id := range ids {
		if d, ok := l.docs[q.Tenant()][id]; ok && authz.Allows(q.Principal(), authz.ReportRead, object(d)) {
			found = append(found, d)
		}
	}
	return found, nil
}

// Following lists ids in their order.
func (l *library) Following(_ context.Context, q tenancy.Querier, after uuid.UUID, limit int) ([]uuid.UUID, error) {
	var ids []uuid.UUID
	for id := range l.docs[q.Tenant()] {
		if bytes.Compare(id[:], after[:]) > 0 {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	return ids[:min(limit, len(ids))], nil
}

// put keeps a report of the person's and indexes it.
func (l *library) put(p *tenancytest.Person, d search.Document) uuid.UUID {
	l.t.Helper()
	id := l.keep(p, d)
	l.index(p.Tenant.ID, id)
	return id
}

// keep is put before the job has run.
func (l *library) keep(p *tenancytest.Person, d search.Document) uuid.UUID {
	l.t.Helper()
	d.ID, d.Owners, d.AuthorName, d.AuthorTitle = tenancy.NewID(), append(d.Owners, p.Membership), p.Name, p.Title
	if d.State == "" {
		d.State = "submitted"
	}
	l.Clock.Advance(time.Minute)
	d.ListedAt = l.Clock.Now()
	if _, err := l.TestDB.Admin(l.t).Exec(context.Background(), `
		insert into reports (tenant_id, id, state, author_id, title, origin, created_at, updated_at, submitted_at) values ($1, $2, $3, $4, $5, $1, $6, $6, $6)`,
		p.Tenant.ID, d.ID, d.State, p.Membership, d.Title, d.ListedAt); err != nil {
		l.t.Fatal(err)
	}
	if l.docs[p.Tenant.ID] == nil {
		l.docs[p.Tenant.ID] = map[uuid.UUID]search.Document{}
	}
	l.docs[p.Tenant.ID][d.ID] = d
	return d.ID
}

func (l *library) change(tenant int32, id uuid.UUID, with func(*search.Document)) {
	d := l.docs[tenant][id]
	with(&d)
	l.docs[tenant][id] = d
}

func (l *library) index(tenant int32, id uuid.UUID) {
	l.t.Helper()
	if err := l.search.Index(context.Background(), tenant, id); err != nil {
		l.t.Fatal(err)
	}
}

func (l *library) find(p *tenancytest.Person, q search.Question) *search.Found {
	l.t.Helper()
	found, err := l.search.Find(p.Context(), q)
	if err != nil {
		l.t.Fatal(err)
	}
	return found
}

// titles are the found titles in their order.
func (l *library) titles(p *tenancytest.Person, q search.Question) []string {
	l.t.Helper()
	titles := []string{}
	for _, r := range l.find(p, q).Results {
		title := ""
		for _, piece := range r.Title {
			title += piece.Text
		}
		titles = append(titles, title)
	}
	return titles
}
