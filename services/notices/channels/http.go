package channels

import (
	"context"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/httpx"
	"shangda/tenancy"
)

type channelList struct {
	Body struct {
		Items []View `json:"items"`
	}
}

type setInput struct {
	IfMatch string `header:"If-Match" doc:"The version of the channel that was read"`
	Body    struct {
		Channel string `json:"channel" enum:"email,webhook,wecom,dingtalk"`
		Setup
	}
}

type waysOutput struct {
	ETag string `header:"ETag"`
	Body Ways
}

type chooseInput struct {
	IfMatch string `header:"If-Match" doc:"The version that was read"`
	Body    Choice
}

type sendsInput struct {
	All    bool   `query:"all" doc:"全单位的发送记录，须有设置权限"`
	State  string `query:"state" enum:"queued,sent,failed"`
	Cursor string `query:"cursor" maxLength:"100"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"30"`
}

type sendsOutput struct {
	Body struct {
		Items []Entry `json:"items"`
		Next  string  `json:"next"`
	}
}

type resendInput struct {
	ID uuid.UUID `path:"id"`
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"notices"}, MaxBodyBytes: 16 << 10}
}

// Routes registers the channels of the unit, the choice of each member, and the log of sends.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.SettingWrite, operation("list-channels", http.MethodGet, "/notice-channels", "通知渠道"),
		func(ctx context.Context, _ *struct{}) (*channelList, error) { return s.channelList(ctx) })
	authz.Register(api, authz.SettingWrite, operation("put-channel", http.MethodPut, "/notice-channels", "设置通知渠道"),
		func(ctx context.Context, in *setInput) (*channelList, error) {
			version, err := httpx.Version(in.IfMatch)
			if err != nil {
				return nil, err
			}
			if _, err := tenancy.Changed(uuid.Nil, s.Set(ctx, in.Body.Channel, version, in.Body.Setup)); err != nil {
				return nil, err
			}
			return s.channelList(ctx)
		})
	authz.Register(api, authz.NoticeRead, operation("get-notice-ways", http.MethodGet, "/notice-ways", "我的消息接收方式"),
		func(ctx context.Context, _ *struct{}) (*waysOutput, error) { return s.waysOutput(ctx) })
	authz.Register(api, authz.NoticeRead, operation("put-notice-ways", http.MethodPut, "/notice-ways", "选择消息接收方式"),
		func(ctx context.Context, in *chooseInput) (*waysOutput, error) {
			version, err := httpx.Version(in.IfMatch)
			if err != nil {
				return nil, err
			}
			if _, err := tenancy.Changed(uuid.Nil, s.Choose(ctx, version, in.Body)); err != nil {
				return nil, err
			}
			return s.waysOutput(ctx)
		})
	authz.Register(api, authz.NoticeRead, operation("list-notice-sends", http.MethodGet, "/notice-sends", "消息发送记录"),
		func(ctx context.Context, in *sendsInput) (*sendsOutput, error) {
			out := &sendsOutput{}
			var err error
			out.Body.Items, out.Body.Next, err = s.Sends(ctx, in.All, in.State, in.Cursor, in.Limit)
			return out, err
		})
	authz.Register(api, authz.NoticeRead, operation("resend-notice", http.MethodPost, "/notice-sends/{id}/resend", "重发消息"),
		func(ctx context.Context, in *resendInput) (*struct{}, error) {
			_, err := tenancy.Changed(in.ID, s.Resend(ctx, in.ID))
			return nil, err
		})
}

func (s *Service) channelList(ctx context.Context) (*channelList, error) {
	out := &channelList{}
	var err error
	out.Body.Items, err = s.Channels(ctx)
	return out, err
}

func (s *Service) waysOutput(ctx context.Context) (*waysOutput, error) {
	w, err := s.Ways(ctx)
	if err != nil {
		return nil, err
	}
	return &waysOutput{ETag: strconv.Quote(strconv.Itoa(w.Version)), Body: w}, nil
}
