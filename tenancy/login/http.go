package login

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"shangda/authz"
	"shangda/tenancy"
)

type signInInput struct {
	Body struct {
		Login    string `json:"login" minLength:"1" maxLength:"64" doc:"用户名"`
		Password string `json:"password" minLength:"1" maxLength:"128" doc:"密码"`
	}
}

type tenantInput struct {
	Tenant string `path:"tenant" maxLength:"32" doc:"单位代码"`
}

type accountOutput struct{ Body accountView }

type meOutput struct{ Body meView }

// Routes adds the session routes. They stand before any permission; each says why.
func (s *Service) Routes(api *authz.API) {
	authz.Open(api, "登录之前没有权限可言", operation(http.MethodPost, "/api/v1/session", "sign-in", "登录"), s.postSession)
	authz.Open(api, "任何人都可以退出", operation(http.MethodDelete, "/api/v1/session", "sign-out", "退出登录，同时退出所有单位"), s.deleteSession)
	authz.Open(api, "只回答本人是谁、属于哪些单位", operation(http.MethodGet, "/api/v1/me", "who-am-i", "本人及所属单位"), s.getPerson)
	authz.Open(api, "凭个人会话进入，非成员一律没有找到", operation(http.MethodPost, authz.TenantPath+"/session", "enter-tenant", "进入单位或切换单位"), s.postTenantSession)
	authz.Open(api, "任何人都可以离开单位", operation(http.MethodDelete, authz.TenantPath+"/session", "leave-tenant", "离开单位"), s.deleteTenantSession)
	authz.Open(api, "该单位的任何有效会话都可以问自己是谁", operation(http.MethodGet, authz.TenantPath+"/me", "me-in-tenant", "本人在该单位的身份、角色和权限"), s.getMe)
}

func operation(method, path, id, summary string) huma.Operation {
	return huma.Operation{
		OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"登录"},
		Middlewares: huma.Middlewares{withVisit},
	}
}

func (s *Service) postSession(ctx context.Context, in *signInInput) (*accountOutput, error) {
	v := ctx.Value(visitKey{}).(visit)
	token, person, err := s.signIn(ctx, in.Body.Login, in.Body.Password, v.address())
	if err != nil {
		return nil, err
	}
	if err := s.endToken(ctx, v.token("")); err != nil {
		return nil, err
	}
	found, err := s.personOf(ctx, token)
	if err != nil {
		return nil, err
	}
	account, err := s.viewAccount(ctx, person, found.Name, found.Login)
	if err != nil {
		return nil, err
	}
	v.dropAll()
	v.keep("", token)
	return &accountOutput{Body: account}, nil
}

func (s *Service) deleteSession(ctx context.Context, _ *struct{}) (*struct{}, error) {
	v := ctx.Value(visitKey{}).(visit)
	if err := s.endToken(ctx, v.token("")); err != nil {
		return nil, err
	}
	v.dropAll()
	return nil, nil
}

func (s *Service) getPerson(ctx context.Context, _ *struct{}) (*accountOutput, error) {
	v := ctx.Value(visitKey{}).(visit)
	found, err := s.personOf(ctx, v.token(""))
	if err != nil {
		return nil, err
	}
	account, err := s.viewAccount(ctx, found.Person, found.Name, found.Login)
	if err != nil {
		return nil, err
	}
	return &accountOutput{Body: account}, nil
}

func (s *Service) postTenantSession(ctx context.Context, in *tenantInput) (*meOutput, error) {
	v := ctx.Value(visitKey{}).(visit)
	person, err := s.personOf(ctx, v.token(""))
	if err != nil {
		return nil, err
	}
	token, p, err := s.enter(ctx, person, in.Tenant, v.token(in.Tenant), v.principal())
	if err != nil {
		return nil, err
	}
	me, err := s.viewMe(tenancy.With(ctx, p))
	if err != nil {
		return nil, err
	}
	v.keep(in.Tenant, token)
	return &meOutput{Body: me}, nil
}

func (s *Service) deleteTenantSession(ctx context.Context, in *tenantInput) (*struct{}, error) {
	v := ctx.Value(visitKey{}).(visit)
	if err := s.endToken(ctx, v.token(in.Tenant)); err != nil {
		return nil, err
	}
	v.drop(in.Tenant)
	return nil, nil
}

func (s *Service) getMe(ctx context.Context, _ *tenantInput) (*meOutput, error) {
	me, err := s.viewMe(ctx)
	if err != nil {
		return nil, err
	}
	return &meOutput{Body: me}, nil
}
