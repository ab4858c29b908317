// Package search finds reports by what they say, within what the caller may read.
//
// Its rules: the index (search_documents) is made of the reports by a job that follows every change, within a second or two
// of the commit; it can be made again at any time. A question is answered through one function of the database that sees one
// tenant, the transaction's; what it names is loaded as the caller, checked again, and judged as it is now. Drafts are found
// by their authors alone. What is counted is what the caller may read.
package search

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// Document is a report as the search knows it.
type Document struct {
	ID          uuid.UUID
	Number      string
	Title       string
	Problem     string
	Cause       string
	Advice      string
	Attached    string      // the text of its files, bounded
	Owners      []uuid.UUID // who may read it as their own, its author among them
	AuthorName  string
	AuthorTitle string
	Unit        uuid.UUID
	ListedAt    time.Time
	State       string
	Category    string
	Topic       string
	Urgency     string
	Class       string
	Flags       []string
	Mode        string
	Channel     string
	SourceKind  string
	Sender      string // code of the unit it was received from
	SenderName  string
	Adoptions   []Adoption
	Made        bool // it began here: neither received nor combined
}

// Adoption is one adoption in force.
type Adoption struct{ Level, Form string }

// Reports gives what is found; services/reports fulfils it.
type Reports interface {
	// Document is one report as it is, for the index; only the indexer may have it.
	Document(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Document, error)
	// Readable are those of the reports that the caller may read, in any order; their texts only where wanted.
	Readable(ctx context.Context, q tenancy.Querier, ids []uuid.UUID, texts bool) ([]Document, error)
	// Following lists the ids of the tenant's reports after one, in the order of ids.
	Following(ctx context.Context, q tenancy.Querier, after uuid.UUID, limit int) ([]uuid.UUID, error)
}

// Neighbour keeps an index of its own beside that of the search and is given each document in the same transaction.
type Neighbour interface {
	Indexed(ctx context.Context, tx *tenancy.Tx, d Document) error
}

// Service answers and keeps the index.
type Service struct {
	db         *tenancy.DB
	dir        *tenancy.Directory
	reports    Reports
	Neighbours []Neighbour
}

// New makes the service.
func New(db *tenancy.DB, dir *tenancy.Directory, reports Reports) *Service {
	return &Service{db: db, dir: dir, reports: reports}
}
