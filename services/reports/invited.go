package reports

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy"
)

// Readers tells who was invited to read the text of a report for a time: to check it, or to give an opinion. They see the
// text and nothing else of it, and it stands in none of their lists. Checks and consultations fulfil it.
type Readers interface {
	Readers(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]uuid.UUID, error)
}

// ReportText is what an invited reader sees of a report.
type ReportText struct {
	ID       uuid.UUID `json:"id"`
	Version  int       `json:"version"`
	Number   string    `json:"number,omitempty"`
	Title    string    `json:"title"`
	Problem  string    `json:"problem"`
	Cause    string    `json:"cause"`
	Advice   string    `json:"advice"`
	Category string    `json:"category"`
	Urgency  string    `json:"urgency" enum:"normal,urgent,critical"`
}

// Load is the report for another noun, where the caller may read it; NotFound otherwise.
func (s *Service) Load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (*Report, error) {
	r, err := load(ctx, q, id)
	if err != nil {
		return nil, err
	}
	return r, authz.Check(q.Principal(), authz.ReportRead, r.object())
}

// LoadText is Load for invited readers too. A draft, also one that was withdrawn into it, is its author's alone.
func (s *Service) LoadText(ctx context.Context, q tenancy.Querier, id uuid.UUID) (*Report, error) {
	r, err := load(ctx, q, id)
	if err != nil {
		return nil, err
	}
	o := r.object()
	if authz.Allows(q.Principal(), authz.ReportRead, o) || o.Private {
		return r, authz.Check(q.Principal(), authz.ReportRead, o)
	}
	for _, source := range s.Invited {
		readers, err := source.Readers(ctx, q, id)
		if err != nil {
			return nil, err
		}
		o.Readers = append(o.Readers, readers...)
	}
	return r, authz.Check(q.Principal(), authz.ReportRead, o)
}

// Text is the text of a report for whoever may read it or was invited to.
func (s *Service) Text(ctx context.Context, id uuid.UUID) (ReportText, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return ReportText{}, err
	}
	r, err := s.LoadText(ctx, q, id)
	if err != nil {
		return ReportText{}, err
	}
	return ReportText{ID: r.ID, Version: r.Version, Number: r.Number, Title: r.Title, Problem: r.Problem, Cause: r.Cause, Advice: r.Advice, Category: r.Category, Urgency: r.Urgency}, nil
}

type textOutput struct{ Body ReportText }

func (s *Service) textRoute(api *authz.API) {
	authz.Register(api, authz.ReportRead, operation("get-report-text", http.MethodGet, "/reports/{id}/text", "信息的正文（可以阅读或应邀阅读的人）"),
		func(ctx context.Context, in *ByID) (*textOutput, error) {
			text, err := s.Text(ctx, in.ID)
			return &textOutput{text}, err
		})
}
