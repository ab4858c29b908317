package experts

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

type listInput struct {
	Field  string `query:"field" maxLength:"20" doc:"A field or an industry"`
	Q      string `query:"q" maxLength:"60"`
	Unit   string `query:"unit" format:"uuid" required:"false"`
	Active bool   `query:"active" doc:"Only who may be asked"`
}

type listOutput struct {
	Body struct {
		Items []Expert `json:"items"`
	}
}

type byID struct {
	ID uuid.UUID `path:"id"`
}

type addInput struct{ Body Entry }

type changeInput struct {
	ID      uuid.UUID `path:"id"`
	IfMatch string    `header:"If-Match" doc:"The version that was read, as its ETag"`
	Body    Entry
}

type output struct {
	ETag string `header:"ETag"`
	Body Expert
}

// Routes registers the routes of the directory.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.ExpertRead, operation("list-experts", http.MethodGet, "/experts", "专家库"), s.getList)
	authz.Register(api, authz.ExpertRead, operation("get-expert", http.MethodGet, "/experts/{id}", "专家"),
		func(ctx context.Context, in *byID) (*output, error) { return s.answer(ctx, in.ID) })
	add := operation("add-expert", http.MethodPost, "/experts", "登记专家")
	add.DefaultStatus = http.StatusCreated
	authz.Register(api, authz.ExpertWrite, add, func(ctx context.Context, in *addInput) (*output, error) {
		return s.after(ctx)(s.Add(ctx, in.Body))
	})
	authz.Register(api, authz.ExpertWrite, operation("change-expert", http.MethodPut, "/experts/{id}", "修改专家"), s.putExpert)
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"experts"}}
}

func (s *Service) getList(ctx context.Context, in *listInput) (*listOutput, error) {
	f := Filter{Field: in.Field, Text: in.Q, Active: in.Active}
	if in.Unit != "" {
		unit, err := uuid.Parse(in.Unit)
		if err != nil {
			return nil, errs.InvalidField("unit", "没有这个机构")
		}
		f.Unit = &unit
	}
	found, err := s.List(ctx, f)
	out := &listOutput{}
	out.Body.Items = found
	return out, err
}

func (s *Service) putExpert(ctx context.Context, in *changeInput) (*output, error) {
	version, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(in.IfMatch, "W/"), `"`))
	if err != nil {
		return nil, errs.New(errs.Invalid, "修改时须注明所依据的版本（If-Match）")
	}
	return s.after(ctx)(s.Change(ctx, in.ID, version, in.Body))
}

func (s *Service) after(ctx context.Context) func(uuid.UUID, error) (*output, error) {
	return func(id uuid.UUID, err error) (*output, error) {
		if id, err = tenancy.Changed(id, err); err != nil {
			return nil, err
		}
		return s.answer(ctx, id)
	}
}

func (s *Service) answer(ctx context.Context, id uuid.UUID) (*output, error) {
	e, err := s.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	return &output{ETag: strconv.Quote(strconv.Itoa(e.Version)), Body: e}, nil
}
