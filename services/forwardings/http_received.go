package forwardings

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
)

type originalOut struct {
	From      unitOut      `json:"from"`
	Letter    uuid.UUID    `json:"letter"`
	SentAt    time.Time    `json:"sent_at"`
	Signature string       `json:"signature" enum:"valid,unsigned,fault" doc:"每次打开时验证"`
	Algorithm string       `json:"algorithm,omitempty"`
	Key       *uuid.UUID   `json:"key,omitempty"`
	Fault     string       `json:"fault,omitempty"`
	Cover     string       `json:"cover,omitempty"`
	Urgency   string       `json:"urgency,omitempty"`
	ReplyBy   string       `json:"reply_by,omitempty"`
	Sheet     []SignedStep `json:"sheet"`
}

type clockOut struct {
	ReportID   uuid.UUID  `json:"report_id"`
	StartedAt  time.Time  `json:"started_at"`
	DueOn      string     `json:"due_on"`
	ReplyBy    string     `json:"reply_by,omitempty"`
	AnsweredAt *time.Time `json:"answered_at,omitempty"`
	Overdue    bool       `json:"overdue"`
}

type receivedOut struct {
	Body struct {
		Items []originalOut `json:"items"`
		Clock *clockOut     `json:"clock,omitempty"`
	}
}

type clocksOut struct {
	Body struct {
		Items []clockOut `json:"items"`
	}
}

func (s *Service) routesReceived(api *authz.API) {
	authz.Register(api, authz.ReportRead, huma.Operation{
		OperationID: "received-originals", Method: http.MethodGet, Path: "/reports/{id}/received", Tags: []string{"报送"}, Summary: "来文原件的签名、初核表和答复期限",
	}, func(ctx context.Context, in *reportPath) (*receivedOut, error) {
		list, clock, err := s.Received(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		out := &receivedOut{}
		out.Body.Items = make([]originalOut, 0, len(list))
		for _, o := range list {
			out.Body.Items = append(out.Body.Items, o.show())
		}
		if clock != nil {
			c := clockOut(*clock)
			out.Body.Clock = &c
		}
		return out, nil
	})
	authz.Register(api, authz.ReportScreen, huma.Operation{
		OperationID: "list-answer-clocks", Method: http.MethodGet, Path: "/answer-clocks", Tags: []string{"报送"}, Summary: "等待本单位答复的来文及其期限",
	}, func(ctx context.Context, _ *struct{}) (*clocksOut, error) {
		list, err := s.Waiting(ctx)
		if err != nil {
			return nil, err
		}
		out := &clocksOut{}
		out.Body.Items = make([]clockOut, 0, len(list))
		for _, c := range list {
			out.Body.Items = append(out.Body.Items, clockOut(c))
		}
		return out, nil
	})
}

func (o Original) show() originalOut {
	out := originalOut{
		From: unitOut{o.From.Code, o.From.Name, o.From.Level}, Letter: o.Letter, SentAt: o.SentAt, Signature: o.Signature, Algorithm: o.Algorithm,
		Fault: o.Fault, Cover: o.Cover, Urgency: o.Urgency, ReplyBy: o.ReplyBy, Sheet: o.Sheet,
	}
	if o.Key != uuid.Nil {
		out.Key = &o.Key
	}
	return out
}
