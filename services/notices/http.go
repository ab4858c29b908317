package notices

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

type listInput struct {
	Unread bool   `query:"unread" doc:"只列未读"`
	Cursor string `query:"cursor" maxLength:"200"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"30"`
}

type listOutput struct {
	Body struct {
		Items []Item `json:"items"`
		Next  string `json:"next"`
	}
}

type readInput struct {
	Body struct {
		IDs []uuid.UUID `json:"ids,omitempty" maxItems:"100"`
		All bool        `json:"all,omitempty"`
	}
}

// Routes adds the routes of notices. The live stream is Hub's.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.NoticeRead, huma.Operation{
		OperationID: "list-notices", Method: http.MethodGet, Path: "/notices", Summary: "我的通知", Tags: []string{"notices"}},
		func(ctx context.Context, in *listInput) (*listOutput, error) {
			items, next, err := s.List(ctx, in.Unread, in.Cursor, in.Limit)
			if err != nil {
				return nil, err
			}
			var out listOutput
			out.Body.Items, out.Body.Next = items, next
			return &out, nil
		})
	authz.Register(api, authz.NoticeRead, huma.Operation{
		OperationID: "read-notices", Method: http.MethodPost, Path: "/notices/read", Summary: "标为已读", Tags: []string{"notices"}},
		func(ctx context.Context, in *readInput) (*struct{}, error) {
			if !in.Body.All && len(in.Body.IDs) == 0 {
				return nil, errs.InvalidField("ids", "请指明要标为已读的通知")
			}
			err := s.Read(ctx, in.Body.IDs, in.Body.All)
			if repeat := (*tenancy.Repeat)(nil); errors.As(err, &repeat) {
				err = nil
			}
			return nil, err
		})
}
