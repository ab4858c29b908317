package visits

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/httpx"
	"shangda/tenancy"
)

type byID struct {
	ID uuid.UUID `path:"id"`
}

type items[T any] struct {
	Body struct {
		Items []T    `json:"items"`
		Next  string `json:"next"`
	}
}

type (
	plansOutput  = items[Plan]
	rotaOutput   = items[DutyView]
	visitsOutput = items[Visit]
)

type planOutput struct {
	ETag string `header:"ETag"`
	Body Plan
}

type visitOutput struct {
	ETag string `header:"ETag"`
	Body Visit
}

type planInput struct{ Body NewPlan }

type planEdit struct {
	ID      uuid.UUID `path:"id"`
	IfMatch string    `header:"If-Match" required:"true"`
	Body    NewPlan
}

type rotaQuery struct {
	Plan  uuid.UUID `query:"plan" required:"false"`
	Month string    `query:"month" maxLength:"7"`
}

type rotaInput struct {
	ID    uuid.UUID `path:"id"`
	Month string    `path:"month" doc:"如 2026-11"`
	Body  struct {
		Duties []Duty `json:"duties" maxItems:"200"`
	}
}

type visitsQuery struct {
	Kind   string    `query:"kind" enum:"university,firm,grassroots,department" required:"false"`
	Text   string    `query:"q" maxLength:"100"`
	Plan   uuid.UUID `query:"plan" required:"false"`
	Cursor string    `query:"cursor" maxLength:"40"`
	Limit  int       `query:"limit" default:"30" minimum:"1" maximum:"100"`
}

type visitInput struct{ Body NewVisit }

type visitEdit struct {
	ID      uuid.UUID `path:"id"`
	IfMatch string    `header:"If-Match" required:"true"`
	Body    NewVisit
}

type clueInput struct {
	ID   uuid.UUID `path:"id"`
	Body NewClue
}

type made struct {
	Body struct {
		ID uuid.UUID `json:"id" doc:"线索的编号"`
	}
}

// Routes registers the routes of visits.
func (s *Service) Routes(api *authz.API) {
	s.planRoutes(api)
	authz.Register(api, authz.VisitRead, operation("list-visits", http.MethodGet, "/visits", "走访记录"), s.getVisits)
	authz.Register(api, authz.VisitRead, operation("get-visit", http.MethodGet, "/visits/{id}", "一次走访"),
		func(ctx context.Context, in *byID) (*visitOutput, error) { return s.visit(ctx, in.ID, nil) })
	log := operation("log-visit", http.MethodPost, "/visits", "登记走访")
	clue := operation("visit-to-clue", http.MethodPost, "/visits/{id}/clue", "走访记录生成线索")
	log.DefaultStatus, clue.DefaultStatus = http.StatusCreated, http.StatusCreated
	authz.Register(api, authz.VisitWrite, log, func(ctx context.Context, in *visitInput) (*visitOutput, error) {
		id, err := s.Log(ctx, in.Body)
		return s.visit(ctx, id, err)
	})
	authz.Register(api, authz.VisitWrite, operation("edit-visit", http.MethodPut, "/visits/{id}", "修改走访记录"),
		func(ctx context.Context, in *visitEdit) (*visitOutput, error) {
			version, err := httpx.Version(in.IfMatch)
			if err != nil {
				return nil, err
			}
			id, err := s.Edit(ctx, in.ID, version, in.Body)
			return s.visit(ctx, id, err)
		})
	authz.Register(api, authz.VisitWrite, clue, func(ctx context.Context, in *clueInput) (*made, error) {
		id, err := tenancy.Changed(s.MakeClue(ctx, in.ID, in.Body))
		out := &made{}
		out.Body.ID = id
		return out, err
	})
}

func (s *Service) planRoutes(api *authz.API) {
	authz.Register(api, authz.VisitRead, operation("list-visit-plans", http.MethodGet, "/visit-plans", "走访计划与完成情况"),
		func(ctx context.Context, _ *struct{}) (*plansOutput, error) {
			out := &plansOutput{}
			var err error
			out.Body.Items, err = s.Plans(ctx)
			return out, err
		})
	authz.Register(api, authz.VisitRead, operation("get-visit-plan", http.MethodGet, "/visit-plans/{id}", "走访计划"),
		func(ctx context.Context, in *byID) (*planOutput, error) { return s.plan(ctx, in.ID, nil) })
	create := operation("create-visit-plan", http.MethodPost, "/visit-plans", "制订走访计划")
	create.DefaultStatus = http.StatusCreated
	authz.Register(api, authz.VisitPlan, create, func(ctx context.Context, in *planInput) (*planOutput, error) {
		id, err := s.CreatePlan(ctx, in.Body)
		return s.plan(ctx, id, err)
	})
	authz.Register(api, authz.VisitPlan, operation("edit-visit-plan", http.MethodPut, "/visit-plans/{id}", "修改走访计划"),
		func(ctx context.Context, in *planEdit) (*planOutput, error) {
			version, err := httpx.Version(in.IfMatch)
			if err != nil {
				return nil, err
			}
			id, err := s.EditPlan(ctx, in.ID, version, in.Body)
			return s.plan(ctx, id, err)
		})
	authz.Register(api, authz.VisitRead, operation("visit-rota", http.MethodGet, "/visit-rota", "走访排班"),
		func(ctx context.Context, in *rotaQuery) (*rotaOutput, error) {
			return s.rota(ctx, in.Plan, in.Month, nil)
		})
	authz.Register(api, authz.VisitPlan, operation("set-visit-rota", http.MethodPut, "/visit-plans/{id}/rota/{month}", "安排一个月的走访"),
		func(ctx context.Context, in *rotaInput) (*rotaOutput, error) {
			id, err := tenancy.Changed(s.SetRota(ctx, in.ID, in.Month, in.Body.Duties))
			return s.rota(ctx, id, in.Month, err)
		})
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"visits"}}
}

func (s *Service) visit(ctx context.Context, id uuid.UUID, err error) (*visitOutput, error) {
	if id, err = tenancy.Changed(id, err); err != nil {
		return nil, err
	}
	v, err := s.Get(ctx, id)
	return &visitOutput{ETag: httpx.ETag(v.Version), Body: v}, err
}

func (s *Service) plan(ctx context.Context, id uuid.UUID, err error) (*planOutput, error) {
	if id, err = tenancy.Changed(id, err); err != nil {
		return nil, err
	}
	p, err := s.Plan(ctx, id)
	return &planOutput{ETag: httpx.ETag(p.Version), Body: p}, err
}

func (s *Service) rota(ctx context.Context, plan uuid.UUID, month string, err error) (*rotaOutput, error) {
	out := &rotaOutput{}
	if err == nil {
		out.Body.Items, err = s.Rota(ctx, given(plan), month)
	}
	return out, err
}

func (s *Service) getVisits(ctx context.Context, in *visitsQuery) (*visitsOutput, error) {
	out := &visitsOutput{}
	var err error
	out.Body.Items, out.Body.Next, err = s.List(ctx, Filter{Kind: in.Kind, Text: in.Text, PlanID: given(in.Plan), After: in.Cursor}, in.Limit)
	return out, err
}

func given(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
