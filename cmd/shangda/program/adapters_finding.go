package program

import (
	"context"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/services/reports"
	"shangda/services/search"
	"shangda/services/similarity"
	"shangda/services/topics"
	"shangda/tenancy"
)

// wireFinding lets search and comparison follow the reports.
func (p *Program) wireFinding() {
	texts := searched{p.Reports, p.Attachments, p.Directory}
	p.Search = search.New(p.DB, p.Directory, texts)
	p.Similarity = similarity.New(p.DB, compared{searched: texts})
	p.Search.Neighbours = append(p.Search.Neighbours, compared{texts, p.Similarity})
	p.Topics = topics.New(p.DB, texts, categories(), p.topics)
	p.Reports.Finder = finder{p.Search}
	p.Reports.Gates = append(p.Reports.Gates, p.Similarity)
	p.DB.Followers = append(p.DB.Followers, p.Search, p.Similarity)
}

// searched gives the search the reports, with the texts of their files.
type searched struct {
	reports *reports.Service
	files   *attachments.Service
	dir     *tenancy.Directory
}

// Document is one report for the index.
func (s searched) Document(ctx context.Context, q tenancy.Querier, id uuid.UUID) (search.Document, error) {
	r, err := s.reports.Whole(ctx, q, id)
	if err != nil {
		return search.Document{}, err
	}
	d, err := s.document(ctx, *r)
	if err != nil {
		return d, err
	}
	d.Attached, err = s.files.Text(ctx, q, tenancy.Subject{Kind: "report", ID: id})
	return d, err
}

// Readable are those the caller may read.
func (s searched) Readable(ctx context.Context, q tenancy.Querier, ids []uuid.UUID, texts bool) ([]search.Document, error) {
	found, err := s.reports.Readable(ctx, q, ids, texts)
	if err != nil {
		return nil, err
	}
	docs := make([]search.Document, 0, len(found))
	for _, r := range found {
		d, err := s.document(ctx, r)
		if err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, nil
}

// Following lists ids for a rebuild.
func (s searched) Following(ctx context.Context, q tenancy.Querier, after uuid.UUID, limit int) ([]uuid.UUID, error) {
	return s.reports.Following(ctx, q, after, limit)
}

func (s searched) document(ctx context.Context, r reports.Report) (search.Document, error) {
	d := search.Document{
		ID: r.ID, Number: r.Number, Title: r.Title, Problem: r.Problem, Cause: r.Cause, Advice: r.Advice, AuthorName: r.AuthorName, AuthorTitle: r.AuthorTitle,
		ListedAt: r.ListedAt(), State: string(r.State), Category: r.Category, Topic: r.Topic, Urgency: r.Urgency, Class: r.Class, Flags: r.Flags,
		Mode: r.Mode, Channel: r.Channel, SourceKind: r.SourceKind, Made: r.Sender == nil && !r.Combined && r.SplitFrom == nil,
	}
	d.Owners = r.Owners()
	if r.UnitID != nil {
		d.Unit = *r.UnitID
	}
	for _, a := range r.Adoptions {
		d.Adoptions = append(d.Adoptions, search.Adoption{Level: a.Level, Form: a.Form})
	}
	if r.Sender != nil {
		t, err := s.dir.ByID(ctx, *r.Sender)
		if err != nil {
			return d, err
		}
		d.Sender, d.SenderName = t.Code, t.Name
	}
	return d, nil
}

// finder finds a list's reports by their words.
type finder struct{ *search.Service }

// Matching are the newest with the words.
func (f finder) Matching(ctx context.Context, q tenancy.Querier, words string, states []reports.State, own bool) ([]uuid.UUID, error) {
	n := search.Narrow{Words: words, Own: own}
	for _, s := range states {
		n.States = append(n.States, string(s))
	}
	return f.Service.Matching(ctx, q, n)
}

// compared gives the comparison of reports the reports, and follows the index of the search.
type compared struct {
	searched
	*similarity.Service
}

// Readable are those the caller may read.
func (c compared) Readable(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) ([]similarity.Report, error) {
	docs, err := c.searched.Readable(ctx, q, ids, true)
	found := make([]similarity.Report, 0, len(docs))
	for _, d := range docs {
		found = append(found, comparedOf(d))
	}
	return found, err
}

// Indexed keeps what a report is compared by in step with the search.
func (c compared) Indexed(ctx context.Context, tx *tenancy.Tx, d search.Document) error {
	return c.Service.Indexed(ctx, tx, comparedOf(d))
}

func comparedOf(d search.Document) similarity.Report {
	return similarity.Report{
		ID: d.ID, Text: similarity.Text{Title: d.Title, Problem: d.Problem, Cause: d.Cause, Advice: d.Advice}, Number: d.Number, State: d.State, Category: d.Category,
		Author: d.AuthorName, Sender: d.SenderName, At: d.ListedAt, Made: d.Made,
	}
}

// Text is what a topic is suggested for.
func (s searched) Text(ctx context.Context, q tenancy.Querier, id uuid.UUID) (topics.Text, error) {
	found, err := s.reports.Readable(ctx, q, []uuid.UUID{id}, true)
	if err != nil {
		return topics.Text{}, err
	}
	if len(found) == 0 {
		return topics.Text{}, errs.Missing()
	}
	r := found[0]
	return topics.Text{Title: r.Title, Body: r.Problem + "\n" + r.Cause + "\n" + r.Advice}, nil
}

func categories() []topics.Category {
	var all []topics.Category
	for _, c := range reports.Categories() {
		all = append(all, topics.Category{Name: c.Name, Topics: c.Topics})
	}
	return all
}
