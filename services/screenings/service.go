package screenings

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy"
	"shangda/tenancy/settings"
)

// Reports is what is screened; the program wires it of reports and hints.
type Reports interface {
	// Remarks are the hints on a report's text, for who may screen it; not found for who may not see it.
	Remarks(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]Remark, error)
	// Grade keeps score and flags, and takes up what waits in the inbox.
	Grade(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, score int, flags []string) error
}

// Service screens the reports of all tenants, one at a time.
type Service struct {
	db      *tenancy.DB
	reports Reports
}

// New makes the service.
func New(db *tenancy.DB, reports Reports) *Service { return &Service{db: db, reports: reports} }

// View is all that a screener needs beside the text.
type View struct {
	Criteria   []Criterion `json:"criteria"`
	Suggestion Suggestion  `json:"suggestion"`
	Given      []Screening `json:"given" doc:"The screenings so far, the last one first"`
}

// Of is the screening of a report.
func (s *Service) Of(ctx context.Context, report uuid.UUID) (View, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return View{}, err
	}
	remarks, err := s.reports.Remarks(ctx, q, report)
	if err != nil {
		return View{}, err
	}
	criteria, err := CriteriaOf.Get(ctx, q)
	if err != nil {
		return View{}, err
	}
	given, err := screenings(ctx, q, report)
	return View{Criteria: criteria.Items, Suggestion: suggest(criteria, remarks), Given: given}, err
}

// Screen keeps a screening, gives the report its score and flags, and takes it up where it waited.
func (s *Service) Screen(ctx context.Context, report uuid.UUID, n Given) (uuid.UUID, error) {
	n.Note = strings.TrimSpace(n.Note)
	return report, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		remarks, err := s.reports.Remarks(ctx, tx, report)
		if err != nil {
			return err
		}
		criteria, err := CriteriaOf.Get(ctx, tx)
		if err != nil {
			return err
		}
		marks, score, err := n.judge(criteria)
		if err != nil {
			return err
		}
		if err := s.reports.Grade(ctx, tx, report, score, n.Flags); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "screening.given", Subject: tenancy.Subject{Kind: "report", ID: report}, Detail: map[string]int{"score": score}})
		return insert(ctx, tx, report, n, marks, score, suggest(criteria, remarks).Score)
	})
}

func screenings(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]Screening, error) {
	return tenancy.Collect[Screening](ctx, q, `
		select s.id, s.score, s.suggested, s.marks, s.flags, s.note, m.name as by, s.screened_at as at
		from screenings s join memberships m on m.tenant_id = s.tenant_id and m.id = s.screened_by
		where s.tenant_id = $1 and s.report_id = $2 order by s.id desc limit 20`, q.Tenant(), report)
}

func insert(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, n Given, marks []Mark, score, suggested int) error {
	if n.Flags == nil {
		n.Flags = []string{}
	}
	_, err := tx.Exec(ctx, `
		insert into screenings (tenant_id, id, report_id, score, suggested, marks, flags, note, screened_by, screened_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		tx.Tenant(), tenancy.NewID(), report, score, suggested, marks, n.Flags, n.Note, tx.Principal().Membership, tx.Now())
	return err
}

// ByID names one report in the path.
type ByID struct {
	ID uuid.UUID `path:"id"`
}

type screenInput struct {
	ByID
	Body struct {
		Marks map[string]int `json:"marks" doc:"0 to 5 by the code of each criterion"`
		Flags []string       `json:"flags" maxItems:"3" enum:"sensitive,hot,warning" doc:"The whole list"`
		Note  string         `json:"note,omitempty" maxLength:"1000"`
	}
}

type output struct{ Body View }

// Routes registers the routes of screenings.
func (s *Service) Routes(api *authz.API) {
	operation := func(id, method, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/reports/{id}/screening", Summary: summary, Tags: []string{"screenings"}}
	}
	view := func(ctx context.Context, id uuid.UUID) (*output, error) {
		v, err := s.Of(ctx, id)
		return &output{v}, err
	}
	authz.Register(api, authz.ReportScreen, operation("get-screening", http.MethodGet, "初筛：标准、建议分和已有评分"),
		func(ctx context.Context, in *ByID) (*output, error) { return view(ctx, in.ID) })
	authz.Register(api, authz.ReportScreen, operation("screen-report", http.MethodPost, "初筛评分"),
		func(ctx context.Context, in *screenInput) (*output, error) {
			_, err := tenancy.Changed(s.Screen(ctx, in.ID, Given{in.Body.Marks, in.Body.Flags, in.Body.Note}))
			if err != nil {
				return nil, err
			}
			return view(ctx, in.ID)
		})
	settings.Serve(api, s.db, CriteriaOf)
}
