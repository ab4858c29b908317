package mailbox

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

type (
	viewOutput struct {
		ETag string `header:"ETag"`
		Body View
	}
	setInput struct {
		IfMatch string `header:"If-Match" doc:"The version that was read, as its ETag"`
		Body    struct {
			Config
			Password string `json:"password,omitempty" maxLength:"200" doc:"不填则沿用原来的；保存后不再显示"`
		}
	}
	listInput struct {
		State  string    `query:"state" enum:"clue,draft,submitted,refused"`
		Before time.Time `query:"before" doc:"上一页最后一封的收到时间"`
		Limit  int       `query:"limit" minimum:"1" maximum:"100" default:"50"`
	}
	listOutput struct {
		Body struct {
			Items []Mail `json:"items"`
		}
	}
)

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"mailbox"}}
}

// Routes registers the routes of the mailbox.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.SettingWrite, operation("get-mailbox", http.MethodGet, "/mailbox", "来信邮箱的设置"),
		func(ctx context.Context, _ *struct{}) (*viewOutput, error) { return s.answer(ctx) })
	authz.Register(api, authz.SettingWrite, operation("put-mailbox", http.MethodPut, "/mailbox", "设置来信邮箱"), s.put)
	authz.Register(api, authz.SettingWrite, operation("check-mailbox", http.MethodPost, "/mailbox/check", "立即收信"),
		func(ctx context.Context, _ *struct{}) (*viewOutput, error) {
			if _, err := tenancy.Changed(uuid.Nil, s.Ask(ctx)); err != nil {
				return nil, err
			}
			return s.answer(ctx)
		})
	authz.Register(api, authz.ImportRun, operation("list-mails", http.MethodGet, "/mails", "收到的邮件"),
		func(ctx context.Context, in *listInput) (*listOutput, error) {
			if in.Before.IsZero() {
				in.Before = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
			}
			found, err := s.List(ctx, in.State, in.Before, in.Limit)
			out := &listOutput{}
			out.Body.Items = found
			return out, err
		})
}

func (s *Service) answer(ctx context.Context) (*viewOutput, error) {
	v, err := s.Get(ctx)
	return &viewOutput{ETag: strconv.Quote(strconv.Itoa(v.Version)), Body: v}, err
}

func (s *Service) put(ctx context.Context, in *setInput) (*viewOutput, error) {
	version, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(in.IfMatch, "W/"), `"`))
	if err != nil {
		return nil, errs.New(errs.Invalid, "修改时须注明所依据的版本（If-Match）")
	}
	if _, err := tenancy.Changed(uuid.Nil, s.Set(ctx, version, in.Body.Config, in.Body.Password)); err != nil {
		return nil, err
	}
	return s.answer(ctx)
}
