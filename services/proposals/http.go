package proposals

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/httpx"
	"shangda/tenancy"
)

type listInput struct {
	State    string    `query:"state" enum:"draft,filed,dropped" required:"false"`
	Text     string    `query:"q" maxLength:"100"`
	ReportID uuid.UUID `query:"report" required:"false"`
	Cursor   string    `query:"cursor" maxLength:"200"`
	Limit    int       `query:"limit" default:"30" minimum:"1" maximum:"100"`
}

type page struct {
	Body struct {
		Items []Proposal `json:"items"`
		Next  string     `json:"next"`
	}
}

type byID struct {
	ID uuid.UUID `path:"id"`
}

type createInput struct{ Body Text }

type editInput struct {
	ID      uuid.UUID `path:"id"`
	IfMatch string    `header:"If-Match" required:"true"`
	Body    Change
}

type output struct {
	ETag string `header:"ETag"`
	Body Proposal
}

// Routes registers the routes of drafts of proposals.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.ProposalRead, operation("list-proposals", http.MethodGet, "/proposals", "提案草稿列表"), s.getList)
	authz.Register(api, authz.ProposalRead, operation("get-proposal", http.MethodGet, "/proposals/{id}", "提案草稿"),
		func(ctx context.Context, in *byID) (*output, error) { return s.answer(ctx, in.ID, nil) })
	create := operation("create-proposal", http.MethodPost, "/proposals", "新建提案草稿")
	convert := operation("report-to-proposal", http.MethodPost, "/reports/{id}/proposal", "信息转为提案草稿")
	create.DefaultStatus, convert.DefaultStatus = http.StatusCreated, http.StatusCreated
	authz.Register(api, authz.ProposalWrite, create, func(ctx context.Context, in *createInput) (*output, error) {
		id, err := s.Create(ctx, in.Body)
		return s.answer(ctx, id, err)
	})
	authz.Register(api, authz.ProposalWrite, convert, func(ctx context.Context, in *byID) (*output, error) {
		id, err := s.FromReport(ctx, in.ID)
		return s.answer(ctx, id, err)
	})
	authz.Register(api, authz.ProposalWrite, operation("edit-proposal", http.MethodPatch, "/proposals/{id}", "修改提案草稿"),
		func(ctx context.Context, in *editInput) (*output, error) {
			version, err := httpx.Version(in.IfMatch)
			if err != nil {
				return nil, err
			}
			id, err := s.Edit(ctx, in.ID, version, in.Body)
			return s.answer(ctx, id, err)
		})
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"proposals"}}
}

func (s *Service) answer(ctx context.Context, id uuid.UUID, err error) (*output, error) {
	if id, err = tenancy.Changed(id, err); err != nil {
		return nil, err
	}
	p, err := s.Get(ctx, id)
	return &output{ETag: httpx.ETag(p.Version), Body: p}, err
}

func (s *Service) getList(ctx context.Context, in *listInput) (*page, error) {
	f := Filter{State: in.State, Text: in.Text}
	if in.ReportID != uuid.Nil {
		f.ReportID = &in.ReportID
	}
	out := &page{}
	var err error
	out.Body.Items, out.Body.Next, err = s.List(ctx, f, in.Cursor, in.Limit)
	return out, err
}
