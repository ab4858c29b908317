package forwardings

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/services/letters"
	"shangda/tenancy"
)

type unitOut struct {
	Code  string `json:"code"`
	Name  string `json:"name"`
	Level string `json:"level" enum:"county,city,province,national"`
}

type targetOut struct {
	Tenant          string `json:"tenant"`
	Name            string `json:"name"`
	Level           string `json:"level" enum:"county,city,province,national"`
	Kind            string `json:"kind" enum:"cppcc,party,federation,group,front,office,department"`
	Figures         bool   `json:"figures" doc:"该单位同时看到本单位及所属单位的统计"`
	SentThisYear    int    `json:"sent_this_year"`
	AdoptedThisYear int    `json:"adopted_this_year"`
	AlreadySent     bool   `json:"already_sent"`
}

type forwardingOut struct {
	ID              uuid.UUID  `json:"id"`
	ReportID        uuid.UUID  `json:"report_id"`
	To              unitOut    `json:"to"`
	State           string     `json:"state" enum:"queued,delivered,failed,recalled,returned"`
	LetterState     string     `json:"letter_state"`
	Attempts        int        `json:"attempts"`
	Problem         string     `json:"problem,omitempty"`
	Cover           string     `json:"cover,omitempty"`
	EncloseOriginal bool       `json:"enclose_original"`
	HideAuthor      bool       `json:"hide_author"`
	SentAt          time.Time  `json:"sent_at"`
	DeliveredAt     *time.Time `json:"delivered_at,omitempty"`
	Urgency         string     `json:"urgency,omitempty" enum:"normal,urgent,critical"`
	ReplyBy         string     `json:"reply_by,omitempty" doc:"希望答复日期"`
	Sheet           bool       `json:"sheet" doc:"附有初核表"`
}

type reportPath struct {
	ID uuid.UUID `path:"id"`
}

type targetsOut struct {
	Body struct {
		Items []targetOut `json:"items"`
	}
}

type listOut struct {
	Body struct {
		Items []forwardingOut `json:"items"`
	}
}

// Routes registers the routes of forwarding.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.ReportForward, huma.Operation{
		OperationID: "forwarding-targets", Method: http.MethodGet, Path: "/forwarding-targets", Tags: []string{"报送"}, Summary: "可以报送的上级单位",
	}, func(ctx context.Context, in *struct {
		Tenant string    `path:"tenant"`
		Report uuid.UUID `query:"report" required:"true"`
	}) (*targetsOut, error) {
		list, err := s.Targets(ctx, in.Report)
		if err != nil {
			return nil, err
		}
		return s.targetsOut(ctx, list)
	})
	authz.Register(api, authz.ReportForward, huma.Operation{
		OperationID: "forward-report", Method: http.MethodPost, Path: "/reports/{id}/forwardings", Tags: []string{"报送"}, Summary: "沿一条或几条报送关系报送", DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		ID   uuid.UUID `path:"id"`
		Body struct {
			To              []string `json:"to" minItems:"1" maxItems:"10"`
			Cover           string   `json:"cover,omitempty" maxLength:"500"`
			EncloseOriginal bool     `json:"enclose_original,omitempty"`
			HideAuthor      bool     `json:"hide_author,omitempty"`
			Urgency         string   `json:"urgency,omitempty" enum:"normal,urgent,critical" doc:"不填则为信息本身的紧急程度"`
			ReplyBy         string   `json:"reply_by,omitempty" maxLength:"10" doc:"希望答复日期，如 2026-12-03"`
		}
	}) (*listOut, error) {
		o := Options{Cover: in.Body.Cover, EncloseOriginal: in.Body.EncloseOriginal, HideAuthor: in.Body.HideAuthor,
			Urgency: in.Body.Urgency, ReplyBy: in.Body.ReplyBy}
		id, err := tenancy.Changed(s.Send(ctx, in.ID, in.Body.To, o))
		if err != nil {
			return nil, err
		}
		return s.list(ctx, id)
	})
	authz.Register(api, authz.ReportRead, huma.Operation{
		OperationID: "list-forwardings", Method: http.MethodGet, Path: "/reports/{id}/forwardings", Tags: []string{"报送"}, Summary: "一篇信息的报送情况",
	}, func(ctx context.Context, in *reportPath) (*listOut, error) { return s.list(ctx, in.ID) })
	authz.Register(api, authz.ReportForward, huma.Operation{
		OperationID: "recall-forwarding", Method: http.MethodPost, Path: "/forwardings/{id}/recall", Tags: []string{"报送"}, Summary: "撤回尚未受理的报送",
	}, func(ctx context.Context, in *reportPath) (*listOut, error) {
		report, err := tenancy.Changed(s.Recall(ctx, in.ID))
		if err != nil {
			return nil, err
		}
		return s.list(ctx, report)
	})
	s.routesReceived(api)
}

func (s *Service) targetsOut(ctx context.Context, list []Target) (*targetsOut, error) {
	out := &targetsOut{}
	out.Body.Items = make([]targetOut, 0, len(list))
	for _, t := range list {
		unit, err := s.dir.ByID(ctx, t.Tenant)
		if err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, targetOut{
			Tenant: unit.Code, Name: unit.Name, Level: unit.Level, Kind: unit.Kind, Figures: t.Figures,
			SentThisYear: t.SentThisYear, AdoptedThisYear: t.AdoptedThisYear, AlreadySent: t.AlreadySent,
		})
	}
	return out, nil
}

func (s *Service) list(ctx context.Context, report uuid.UUID) (*listOut, error) {
	list, states, err := s.Of(ctx, report)
	if err != nil {
		return nil, err
	}
	out := &listOut{}
	out.Body.Items = make([]forwardingOut, 0, len(list))
	for _, f := range list {
		unit, err := s.dir.ByID(ctx, f.Recipient)
		if err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, show(f, unit, states[f.LetterID]))
	}
	return out, nil
}

func show(f Forwarding, unit tenancy.Tenant, letter letters.State) forwardingOut {
	return forwardingOut{
		ID: f.ID, ReportID: f.ReportID, To: unitOut{unit.Code, unit.Name, unit.Level}, State: f.State,
		LetterState: letter.State, Attempts: letter.Attempts, Problem: letter.LastError,
		Cover: f.Cover, EncloseOriginal: f.EncloseOriginal, HideAuthor: f.HideAuthor, SentAt: f.SentAt, DeliveredAt: f.DeliveredAt,
		Urgency: f.Urgency, ReplyBy: f.ReplyBy, Sheet: f.Sheet,
	}
}
