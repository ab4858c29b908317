package checklists

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/httpx"
	"shangda/tenancy"
)

type listOutput struct {
	Body struct {
		Items []List `json:"items"`
	}
}

// ListFields are what a unit sets of a list.
type ListFields struct {
	Name     string `json:"name" maxLength:"120"`
	Moment   string `json:"moment" enum:"topic,writing,screening,editing,review,release"`
	Position int    `json:"position" minimum:"0" maximum:"1000"`
	Active   bool   `json:"active"`
	Required bool   `json:"required,omitempty"`
	Items    []Item `json:"items" maxItems:"30"`
}

func (f ListFields) list(code string) List {
	return List{Code: code, Name: f.Name, Moment: f.Moment, Position: f.Position, Active: f.Active, Required: f.Required, Items: f.Items}
}

type saveInput struct {
	Code    string `path:"code"`
	IfMatch string `header:"If-Match" doc:"The version that was read; 0 for a list as shipped"`
	Body    ListFields
}

type createInput struct {
	Body struct {
		Code string `json:"code" maxLength:"40"`
		ListFields
	}
}

type ticksInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		List    string    `json:"list" maxLength:"40"`
		Version int       `json:"version"`
		Ticks   []NewTick `json:"ticks" maxItems:"30"`
	}
}

type ticksOutput struct {
	Body struct {
		Items []Ticked `json:"items"`
	}
}

// Routes registers the routes of checklists.
func (s *Service) Routes(api *authz.API) {
	operation := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"checklists"}}
	}
	read := func(ctx context.Context) (*listOutput, error) {
		out := &listOutput{}
		var err error
		out.Body.Items, err = s.List(ctx)
		return out, err
	}
	authz.Register(api, authz.ChecklistRead, operation("list-checklists", http.MethodGet, "/checklists", "核对清单"),
		func(ctx context.Context, _ *struct{}) (*listOutput, error) { return read(ctx) })
	authz.Register(api, authz.SettingWrite, operation("put-checklist", http.MethodPut, "/checklists/{code}", "设置核对清单"),
		func(ctx context.Context, in *saveInput) (*listOutput, error) {
			base, err := httpx.Version(in.IfMatch)
			if err != nil {
				return nil, err
			}
			if _, err := tenancy.Changed(uuid.Nil, s.Save(ctx, base, in.Body.list(in.Code))); err != nil {
				return nil, err
			}
			return read(ctx)
		})
	authz.Register(api, authz.SettingWrite, operation("create-checklist", http.MethodPost, "/checklists", "新建核对清单"),
		func(ctx context.Context, in *createInput) (*listOutput, error) {
			if _, err := tenancy.Changed(uuid.Nil, s.Create(ctx, in.Body.list(in.Body.Code))); err != nil {
				return nil, err
			}
			return read(ctx)
		})
	ticked := func(ctx context.Context, id uuid.UUID) (*ticksOutput, error) {
		out := &ticksOutput{}
		var err error
		out.Body.Items, err = s.Ticks(ctx, id)
		return out, err
	}
	authz.Register(api, authz.ReportRead, operation("list-ticks", http.MethodGet, "/reports/{id}/ticks", "一篇信息的核对情况"),
		func(ctx context.Context, in *struct {
			ID uuid.UUID `path:"id"`
		}) (*ticksOutput, error) {
			return ticked(ctx, in.ID)
		})
	authz.Register(api, authz.ReportRead, operation("tick", http.MethodPost, "/reports/{id}/ticks", "按清单核对"),
		func(ctx context.Context, in *ticksInput) (*ticksOutput, error) {
			if _, err := tenancy.Changed(s.Tick(ctx, in.ID, in.Body.List, in.Body.Version, in.Body.Ticks)); err != nil {
				return nil, err
			}
			return ticked(ctx, in.ID)
		})
}
