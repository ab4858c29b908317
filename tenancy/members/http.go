package members

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
)

type (
	listInput struct {
		Q      string `query:"q" maxLength:"60" doc:"姓名、职务或登录名"`
		Cursor string `query:"cursor" maxLength:"300" doc:"上一页的 next"`
		Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"30"`
	}
	listOutput struct {
		Body struct {
			Items []Member `json:"items"`
			Next  string   `json:"next"`
		}
	}
	memberOutput struct{ Body Member }
	idInput      struct {
		ID uuid.UUID `path:"id"`
	}
	createInput struct {
		Body struct {
			Name        string    `json:"name" maxLength:"30"`
			Login       string    `json:"login" maxLength:"64"`
			Password    string    `json:"password,omitempty" maxLength:"128" doc:"新的登录名须设置；已有的登录名不改动其密码"`
			Title       string    `json:"title,omitempty" maxLength:"60"`
			Post        string    `json:"post,omitempty" maxLength:"40"`
			Class       string    `json:"class,omitempty" enum:"business,system,security,audit"`
			Roles       []string  `json:"roles,omitempty" maxItems:"50"`
			Sector      string    `json:"sector,omitempty" maxLength:"30"`
			Party       string    `json:"party,omitempty" maxLength:"30"`
			Contributor string    `json:"contributor,omitempty" maxLength:"30"`
			UnitID      uuid.UUID `json:"unit_id,omitempty"`
			Email       string    `json:"email,omitempty" maxLength:"100" doc:"从这个地址发来的邮件成为本人的草稿"`
		}
	}
	updateInput struct {
		ID   uuid.UUID `path:"id"`
		Body struct {
			Name        *string    `json:"name,omitempty" maxLength:"30"`
			Title       *string    `json:"title,omitempty" maxLength:"60"`
			Post        *string    `json:"post,omitempty" maxLength:"40"`
			Sector      *string    `json:"sector,omitempty" maxLength:"30"`
			Party       *string    `json:"party,omitempty" maxLength:"30"`
			Contributor *string    `json:"contributor,omitempty" maxLength:"30"`
			UnitID      *uuid.UUID `json:"unit_id,omitempty"`
			Email       *string    `json:"email,omitempty" maxLength:"100"`
		}
	}
)

func op(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"成员"}}
}

// Routes registers the roll of a tenant's members.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.MemberRead, op("members", http.MethodGet, "/members", "成员名册"), s.list)
	creation := op("member-create", http.MethodPost, "/members", "登记成员")
	creation.DefaultStatus = http.StatusCreated
	authz.Register(api, authz.MemberWrite, creation, s.create)
	authz.Register(api, authz.MemberRead, op("member", http.MethodGet, "/members/{id}", "一名成员"),
		func(ctx context.Context, in *idInput) (*memberOutput, error) { return s.after(ctx, in.ID, nil) })
	authz.Register(api, authz.MemberWrite, op("member-update", http.MethodPatch, "/members/{id}", "修改成员"),
		func(ctx context.Context, in *updateInput) (*memberOutput, error) {
			return s.after(ctx, in.ID, s.Update(ctx, in.ID, Edit(in.Body)))
		})
	authz.Register(api, authz.MemberWrite, op("member-suspend", http.MethodPost, "/members/{id}/suspend", "停用成员"),
		func(ctx context.Context, in *idInput) (*memberOutput, error) {
			return s.after(ctx, in.ID, s.Suspend(ctx, in.ID))
		})
	authz.Register(api, authz.MemberWrite, op("member-resume", http.MethodPost, "/members/{id}/resume", "恢复成员"),
		func(ctx context.Context, in *idInput) (*memberOutput, error) {
			return s.after(ctx, in.ID, s.Resume(ctx, in.ID))
		})
}

func (s *Service) list(ctx context.Context, in *listInput) (*listOutput, error) {
	items, next, err := s.List(ctx, in.Q, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &listOutput{}
	out.Body.Items, out.Body.Next = items, next
	return out, nil
}

func (s *Service) create(ctx context.Context, in *createInput) (*memberOutput, error) {
	b := in.Body
	id, err := s.Create(ctx, NewMember{Name: b.Name, Login: b.Login, Password: b.Password, Title: b.Title, Post: b.Post, Class: b.Class,
		Sector: b.Sector, Party: b.Party, Contributor: b.Contributor, UnitID: b.UnitID, Email: b.Email, Roles: b.Roles})
	return s.after(ctx, id, err)
}

// after answers a change with the member as he is now.
func (s *Service) after(ctx context.Context, id uuid.UUID, err error) (*memberOutput, error) {
	if err != nil {
		return nil, err
	}
	m, err := s.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	return &memberOutput{Body: m}, nil
}
