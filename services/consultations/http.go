package consultations

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

type byID struct {
	ID uuid.UUID `path:"id"`
}

type output struct {
	ETag string `header:"ETag"`
	Body Sheet
}

type listOutput struct {
	Body struct {
		Items []Sheet `json:"items"`
	}
}

type startInput struct {
	ID   uuid.UUID `path:"id"`
	Body Opening
}

type askInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Participants []Participant `json:"participants" minItems:"1" maxItems:"30"`
	}
}

type answerInput struct {
	ID   uuid.UUID `path:"id"`
	Body NewOpinion
}

type closeInput struct {
	ID      uuid.UUID `path:"id"`
	IfMatch string    `header:"If-Match" doc:"The version that was read, as its ETag"`
	Body    Closing
}

type cancelInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Reason string `json:"reason" maxLength:"500"`
	}
}

// Routes registers the routes of consultations.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.CheckRead, operation("list-consultations", http.MethodGet, "/reports/{id}/consultations", "信息的会商单"),
		func(ctx context.Context, in *byID) (*listOutput, error) { return list(s.Of(ctx, in.ID)) })
	start := operation("start-consultation", http.MethodPost, "/reports/{id}/consultations", "发起会商")
	start.DefaultStatus = http.StatusCreated
	authz.Register(api, authz.ConsultationStart, start, func(ctx context.Context, in *startInput) (*output, error) {
		return s.after(ctx, s.Get)(s.Start(ctx, in.ID, in.Body))
	})
	authz.Register(api, authz.ConsultationAnswer, operation("list-opinion-tasks", http.MethodGet, "/opinion-tasks", "请我提意见的会商"),
		func(ctx context.Context, _ *struct{}) (*listOutput, error) { return list(s.Tasks(ctx)) })
	authz.Register(api, authz.ConsultationAnswer, operation("get-consultation", http.MethodGet, "/consultations/{id}", "一张会商单"),
		func(ctx context.Context, in *byID) (*output, error) { return answer(s.Get(ctx, in.ID)) })
	authz.Register(api, authz.ConsultationStart, operation("ask-consultation", http.MethodPost, "/consultations/{id}/participants", "增加征求意见的对象"),
		func(ctx context.Context, in *askInput) (*output, error) {
			return s.after(ctx, s.Get)(s.Ask(ctx, in.ID, in.Body.Participants))
		})
	authz.Register(api, authz.ConsultationStart, operation("close-consultation", http.MethodPost, "/consultations/{id}/close", "会商办结"), s.postClose)
	authz.Register(api, authz.ConsultationStart, operation("cancel-consultation", http.MethodPost, "/consultations/{id}/cancel", "撤销会商"),
		func(ctx context.Context, in *cancelInput) (*output, error) {
			return s.after(ctx, s.Get)(s.Cancel(ctx, in.ID, in.Body.Reason))
		})
	authz.Register(api, authz.ConsultationAnswer, operation("answer-consultation", http.MethodPost, "/opinions/{id}/answer", "提出意见"),
		func(ctx context.Context, in *answerInput) (*output, error) {
			return s.after(ctx, s.SheetOf)(s.Answer(ctx, in.ID, in.Body))
		})
	authz.Register(api, authz.ConsultationStart, operation("release-opinion", http.MethodPost, "/opinions/{id}/release", "不再征求意见"),
		func(ctx context.Context, in *byID) (*output, error) {
			return s.after(ctx, s.SheetOf)(s.Release(ctx, in.ID))
		})
	s.paperRoute(api)
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"consultations"}, MaxBodyBytes: 128 << 10}
}

func list(found []Sheet, err error) (*listOutput, error) {
	out := &listOutput{}
	out.Body.Items = found
	return out, err
}

func answer(c Sheet, err error) (*output, error) {
	return &output{ETag: strconv.Quote(strconv.Itoa(c.Version)), Body: c}, err
}

// after answers a change with the sheet as it is now; a repeat of the same key counts as done.
func (s *Service) after(ctx context.Context, get func(context.Context, uuid.UUID) (Sheet, error)) func(uuid.UUID, error) (*output, error) {
	return func(id uuid.UUID, err error) (*output, error) {
		if id, err = tenancy.Changed(id, err); err != nil {
			return nil, err
		}
		return answer(get(ctx, id))
	}
}

func (s *Service) postClose(ctx context.Context, in *closeInput) (*output, error) {
	version, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(in.IfMatch, "W/"), `"`))
	if err != nil {
		return nil, errs.New(errs.Invalid, "办结时须注明所依据的版本（If-Match）")
	}
	return s.after(ctx, s.Get)(s.Close(ctx, in.ID, version, in.Body))
}
