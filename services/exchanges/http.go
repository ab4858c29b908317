package exchanges

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/services/attachments"
	"shangda/tenancy"
)

// View is an exchange as the console reads it.
type View struct {
	ID          uuid.UUID                `json:"id"`
	Kind        string                   `json:"kind" enum:"remark,request,supplement"`
	Sent        bool                     `json:"sent" doc:"由本单位发出"`
	Tenant      string                   `json:"tenant"`
	Name        string                   `json:"name" doc:"对方单位"`
	Text        string                   `json:"text"`
	DueOn       string                   `json:"due_on,omitempty"`
	Overdue     bool                     `json:"overdue"`
	Writer      string                   `json:"writer"`
	At          time.Time                `json:"at"`
	Answers     *uuid.UUID               `json:"answers,omitempty"`
	AnsweredAt  *time.Time               `json:"answered_at,omitempty"`
	State       string                   `json:"state,omitempty" enum:"queued,delivered,failed" doc:"发出的信函送到没有"`
	Attachments []attachments.Attachment `json:"attachments"`
}

func (e Exchange) view() View {
	files := e.Files
	if files == nil {
		files = []attachments.Attachment{}
	}
	return View{
		ID: e.ID, Kind: e.Kind, Sent: e.Sent, Tenant: e.Unit.Code, Name: e.Unit.Name, Text: e.Body, DueOn: e.DueOn, Overdue: e.Overdue, Writer: e.Writer,
		At: e.WrittenAt, Answers: e.Answers, AnsweredAt: e.AnsweredAt, State: e.State, Attachments: files,
	}
}

type path struct {
	ID uuid.UUID `path:"id"`
}

type output struct {
	Body struct {
		Items []View `json:"items"`
	}
}

func (s *Service) list(ctx context.Context, report uuid.UUID) (*output, error) {
	list, err := s.Of(ctx, report)
	if err != nil {
		return nil, err
	}
	out := &output{}
	out.Body.Items = make([]View, 0, len(list))
	for _, e := range list {
		out.Body.Items = append(out.Body.Items, e.view())
	}
	return out, nil
}

func (s *Service) after(ctx context.Context) func(report uuid.UUID, err error) (*output, error) {
	return func(report uuid.UUID, err error) (*output, error) {
		if report, err = tenancy.Changed(report, err); err != nil {
			return nil, err
		}
		return s.list(ctx, report)
	}
}

func operation(id, method, path, summary string) huma.Operation {
	o := huma.Operation{OperationID: id, Method: method, Path: path, Tags: []string{"报送"}, Summary: summary}
	if method == http.MethodPost {
		o.DefaultStatus = http.StatusCreated
	}
	return o
}

// Routes registers the routes of what is said between units.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.ReportScreen, operation("list-exchanges", http.MethodGet, "/reports/{id}/exchanges", "与上下级就一篇信息的往来"),
		func(ctx context.Context, in *path) (*output, error) { return s.list(ctx, in.ID) })
	authz.Register(api, authz.ReportScreen, operation("remark-down", http.MethodPost, "/reports/{id}/remarks", "批注给下级，不作决定"),
		func(ctx context.Context, in *struct {
			ID   uuid.UUID `path:"id"`
			Body struct {
				Text string `json:"text" maxLength:"4000"`
			}
		}) (*output, error) {
			return s.after(ctx)(s.Comment(ctx, in.ID, in.Body.Text))
		})
	authz.Register(api, authz.ReportScreen, operation("request-supplement", http.MethodPost, "/reports/{id}/supplement-requests", "要求下级补充材料"),
		func(ctx context.Context, in *struct {
			ID   uuid.UUID `path:"id"`
			Body struct {
				Text  string `json:"text" maxLength:"4000"`
				DueOn string `json:"due_on" maxLength:"10" doc:"期限，如 2026-12-03"`
			}
		}) (*output, error) {
			return s.after(ctx)(s.Ask(ctx, in.ID, in.Body.Text, in.Body.DueOn))
		})
	authz.Register(api, authz.ReportForward, operation("send-supplement", http.MethodPost, "/exchanges/{id}/supplement", "向上级补充材料"),
		func(ctx context.Context, in *struct {
			ID   uuid.UUID `path:"id"`
			Body struct {
				Text        string      `json:"text" maxLength:"12000"`
				Attachments []uuid.UUID `json:"attachments,omitempty" maxItems:"20"`
			}
		}) (*output, error) {
			return s.after(ctx)(s.Answer(ctx, in.ID, in.Body.Text, in.Body.Attachments))
		})
}
