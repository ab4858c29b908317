package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/segment"
	"shangda/tenancy"
)

const (
	ranked   = 300    // newest hits in titles, and anywhere, that are ranked
	counted  = 10_001 // hits are counted no further
	pageSize = 20
)

// Found is one page of the answer. Total is how many there are, More that there are more than were counted. Listed is how
// many can be paged through: the best ranked. Partial says that no report has all the words, so those with some are listed.
type Found struct {
	Results []Result `json:"items"`
	Total   int      `json:"total" doc:"How many the caller may read; counted to 10000"`
	More    bool     `json:"more" doc:"There are more than were counted"`
	Listed  int      `json:"listed" doc:"How many can be paged through: the best ranked, or the newest"`
	Partial bool     `json:"partial" doc:"No report has all the words; those with some of them are listed"`
	Facets  []Facet  `json:"facets"`
}

// Facet is how many of what is listed share a value.
type Facet struct {
	Name  string `json:"name" enum:"state,category,sender,urgency,source_kind"`
	Value string `json:"value"`
	Text  string `json:"text,omitempty" doc:"What the value is called, where it is a name"`
	Count int    `json:"count"`
}

// Find answers a question with what the caller may read.
func (s *Service) Find(ctx context.Context, question Question) (*Found, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.ReportRead); err != nil {
		return nil, err
	}
	from, to, err := question.days()
	if err != nil {
		return nil, err
	}
	marks := question.marks(lexemesOf(q.Tenant()))
	if len(marks) == 0 && (question.From != "" || question.To != "") {
		marks = []string{"!" + quote("none")} // the days alone
	}
	words := segment.Question(question.Words)
	strict, loose, ok := conditions(q.Principal(), string(authz.ReportRead), words, marks)
	found := &Found{Results: []Result{}, Facets: []Facet{}}
	if !ok {
		return found, nil
	}
	hits, err := s.hits(ctx, q, found, strict, from, to)
	if err == nil && len(hits) == 0 && loose.query != "" {
		found.Partial = true
		hits, err = s.hits(ctx, q, found, loose, from, to)
	}
	if err != nil {
		return nil, err
	}
	return found, s.page(ctx, q, found, hits, question, words)
}

func (s *Service) hits(ctx context.Context, q tenancy.Querier, found *Found, c condition, from, to time.Time) ([]hit, error) {
	hits, err := find(ctx, q, c.query, c.title, from, to, ranked)
	if err != nil || len(hits) < ranked {
		found.Total = len(hits)
		return hits, err
	}
	if found.Total, err = count(ctx, q, c.query, from, to, counted); err == nil && found.Total == counted {
		found.Total, found.More = counted-1, true
	}
	return hits, err
}

// page orders what was hit, drops what is no longer so, counts the facets and writes out one page.
func (s *Service) page(ctx context.Context, q tenancy.Querier, found *Found, hits []hit, question Question, words []segment.Alternative) error {
	byRank := func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.Rank, a.Rank), b.ListedAt.Compare(a.ListedAt), cmp.Compare(b.ReportID.String(), a.ReportID.String()))
	}
	if question.Newest || len(words) == 0 {
		byRank = func(a, b hit) int {
			return cmp.Or(b.ListedAt.Compare(a.ListedAt), cmp.Compare(b.ReportID.String(), a.ReportID.String()))
		}
	}
	slices.SortFunc(hits, byRank)
	ids := make([]uuid.UUID, len(hits))
	for i, h := range hits {
		ids[i] = h.ReportID
	}
	heads, err := s.readable(ctx, q, ids, false)
	if err != nil {
		return err
	}
	listed := ids[:0]
	for _, id := range ids {
		if d, ok := heads[id]; ok && question.meets(d) {
			listed = append(listed, id)
		} else if found.Total > 0 {
			found.Total--
		}
	}
	found.Listed, found.Facets = len(listed), facets(heads, listed)
	start := min(max(question.Page-1, 0)*pageSize, len(listed))
	found.Results, err = s.write(ctx, q, listed[start:min(start+pageSize, len(listed))], words)
	return err
}

func (s *Service) readable(ctx context.Context, q tenancy.Querier, ids []uuid.UUID, texts bool) (map[uuid.UUID]Document, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := s.reports.Readable(ctx, q, ids, texts)
	all := make(map[uuid.UUID]Document, len(list))
	for _, d := range list {
		all[d.ID] = d
	}
	return all, err
}

func (s *Service) write(ctx context.Context, q tenancy.Querier, ids []uuid.UUID, words []segment.Alternative) ([]Result, error) {
	docs, err := s.readable(ctx, q, ids, true)
	if err != nil {
		return nil, err
	}
	files := map[uuid.UUID]string{}
	if len(docs) > 0 && len(words) > 0 {
		if files, err = attached(ctx, q, ids); err != nil {
			return nil, err
		}
	}
	results := make([]Result, 0, len(ids))
	for _, id := range ids {
		if d, ok := docs[id]; ok {
			d.Attached = files[id]
			results = append(results, resultOf(d, words))
		}
	}
	return results, nil
}

// facets counts what the listed reports share, the most frequent first.
func facets(heads map[uuid.UUID]Document, listed []uuid.UUID) []Facet {
	counts := map[Facet]int{}
	for _, id := range listed {
		d := heads[id]
		for _, f := range []Facet{
			{Name: "state", Value: d.State}, {Name: "category", Value: d.Category}, {Name: "sender", Value: d.Sender, Text: d.SenderName},
			{Name: "urgency", Value: d.Urgency}, {Name: "source_kind", Value: d.SourceKind},
		} {
			if f.Value != "" {
				counts[f]++
			}
		}
	}
	all := make([]Facet, 0, len(counts))
	for f, n := range counts {
		f.Count = n
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b Facet) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return all
}

// Narrow is what a list of another kind asks for: words, in these states, of the caller's own.
type Narrow struct {
	Words  string
	States []string
	Own    bool
}

// mostInList is how many reports with the words a list in its own order can hold: the newest.
const mostInList = 2000

// Matching are the newest reports that the caller may read and that have all the words.
func (s *Service) Matching(ctx context.Context, q tenancy.Querier, n Narrow) ([]uuid.UUID, error) {
	l := lexemesOf(q.Tenant())
	var marks []string
	if len(n.States) > 0 {
		any := make([]string, len(n.States))
		for i, state := range n.States {
			any[i] = l.mark("state", state)
		}
		marks = append(marks, "("+strings.Join(any, " | ")+")")
	}
	if n.Own {
		marks = append(marks, l.mark("own", q.Principal().Membership.String()))
	}
	question := segment.Question(n.Words)
	if len(question) == 0 {
		return nil, nil
	}
	strict, _, ok := conditions(q.Principal(), string(authz.ReportRead), question, marks)
	if !ok {
		return nil, nil
	}
	return newest(ctx, q, strict.query, mostInList)
}
