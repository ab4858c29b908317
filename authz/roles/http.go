package roles

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy"
)

type matrixOutput struct{ Body Matrix }

// Routes registers the role matrix and its changes.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.RoleRead, huma.Operation{
		OperationID: "role-matrix", Method: http.MethodGet, Path: "/roles", Summary: "角色权限表", Tags: []string{"角色"},
	}, func(ctx context.Context, _ *struct{}) (*matrixOutput, error) { return s.matrix(ctx, nil) })
	authz.Register(api, authz.RoleWrite, huma.Operation{
		OperationID: "role-create", Method: http.MethodPost, Path: "/roles", Summary: "复制一个角色", Tags: []string{"角色"},
		DefaultStatus: http.StatusCreated,
	}, s.create)
	authz.Register(api, authz.RoleWrite, huma.Operation{
		OperationID: "role-grants", Method: http.MethodPut, Path: "/roles/{code}/grants", Summary: "修改本单位角色的权限", Tags: []string{"角色"},
	}, s.setGrants)
	authz.Register(api, authz.RoleAssign, huma.Operation{
		OperationID: "member-roles", Method: http.MethodPut, Path: "/members/{id}/roles", Summary: "授予和收回成员的角色", Tags: []string{"成员"},
	}, s.assign)
}

func (s *Service) create(ctx context.Context, in *struct {
	Body struct {
		Code   string `json:"code" maxLength:"41"`
		Name   string `json:"name" maxLength:"30"`
		CopyOf string `json:"copy_of" maxLength:"41"`
	}
}) (*matrixOutput, error) {
	return s.matrix(ctx, s.Create(ctx, NewRole{Code: in.Body.Code, Name: in.Body.Name, CopyOf: in.Body.CopyOf}))
}

func (s *Service) setGrants(ctx context.Context, in *struct {
	Code string `path:"code"`
	Body map[string]string
}) (*matrixOutput, error) {
	return s.matrix(ctx, s.SetGrants(ctx, in.Code, in.Body))
}

// matrix answers a change with the table as it is now, also where the change was made before under the same key.
func (s *Service) matrix(ctx context.Context, err error) (*matrixOutput, error) {
	if _, err := tenancy.Changed(uuid.Nil, err); err != nil {
		return nil, err
	}
	m, err := s.Matrix(ctx)
	if err != nil {
		return nil, err
	}
	return &matrixOutput{Body: m}, nil
}

type rolesBody struct {
	Roles []string `json:"roles" maxItems:"50"`
}

func (s *Service) assign(ctx context.Context, in *struct {
	ID   uuid.UUID `path:"id"`
	Body rolesBody
}) (*struct{ Body rolesBody }, error) {
	if _, err := tenancy.Changed(in.ID, s.Assign(ctx, in.ID, in.Body.Roles)); err != nil {
		return nil, err
	}
	held, err := s.Held(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &struct{ Body rolesBody }{Body: rolesBody{Roles: held}}, nil
}
