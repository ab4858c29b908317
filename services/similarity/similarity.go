// Package similarity finds reports that describe the same matter as another one.
//
// Its rules: a report is compared by its words, weighted by how much they tell (print.go), with those of its own tenant and
// what that received; drafts are compared with others, never others with them. Who checks sees titles and texts of what he
// may read, of the rest only that there is something. Of other tenants nobody learns more than yes or no, once a report, at
// its submission, and only where the tenant takes part. What people said of two reports is remembered.
package similarity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// Text is what is compared.
type Text struct{ Title, Problem, Cause, Advice string }

func (t Text) all() string { return t.Title + "\n" + t.Problem + "\n" + t.Cause + "\n" + t.Advice }

// Report is a report as this noun knows it.
type Report struct {
	ID uuid.UUID
	Text
	Number   string
	State    string
	Category string
	Author   string
	Sender   string // name of the unit it was received from
	At       time.Time
	Made     bool // it began here: neither received nor combined
}

// Reports gives what is compared; services/reports fulfils it.
type Reports interface {
	// Readable are those of the reports that the caller may read, in any order.
	Readable(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) ([]Report, error)
}

// Service compares.
type Service struct {
	db      *tenancy.DB
	reports Reports
}

// New makes the service.
func New(db *tenancy.DB, reports Reports) *Service { return &Service{db: db, reports: reports} }

// readable are the reports by their id, in so far as the caller may read them.
func (s *Service) readable(ctx context.Context, q tenancy.Querier, ids ...uuid.UUID) (map[uuid.UUID]Report, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := s.reports.Readable(ctx, q, ids)
	all := make(map[uuid.UUID]Report, len(list))
	for _, r := range list {
		all[r.ID] = r
	}
	return all, err
}
