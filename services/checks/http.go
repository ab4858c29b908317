package checks

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
	"shangda/tenancy/settings"
)

type byID struct {
	ID uuid.UUID `path:"id"`
}

type one[T any] struct{ Body T }

func answer[T any](found T, err error) (*one[T], error) { return &one[T]{found}, err }

type taskList struct {
	Body struct {
		Items []Check `json:"items"`
	}
}

type recordInput struct {
	ID      uuid.UUID `path:"id"`
	IfMatch string    `header:"If-Match" doc:"The version of the report that was checked"`
	Body    NewCheck
}

type askInput struct {
	ID   uuid.UUID `path:"id"`
	Body NewRequest
}

type answerInput struct {
	ID      uuid.UUID `path:"id"`
	IfMatch string    `header:"If-Match" doc:"The version of the report that was checked"`
	Body    Finding
}

type cancelInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Reason string `json:"reason" maxLength:"500"`
	}
}

type proofInput struct {
	ID      uuid.UUID `path:"id"`
	IfMatch string    `header:"If-Match" doc:"The version of the report that was proofread"`
	Body    NewProof
}

// Routes registers the routes of checks and proofs, and their settings.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.CheckRead, operation("list-checks", http.MethodGet, "/reports/{id}/checks", "信息的核实情况"),
		func(ctx context.Context, in *byID) (*one[Sheet], error) { return answer(s.Of(ctx, in.ID)) })
	record, ask := operation("record-check", http.MethodPost, "/reports/{id}/checks", "登记核实"), operation("ask-check", http.MethodPost, "/reports/{id}/check-requests", "请人核实")
	record.DefaultStatus, ask.DefaultStatus = http.StatusCreated, http.StatusCreated
	authz.Register(api, authz.CheckWrite, record, func(ctx context.Context, in *recordInput) (*one[Check], error) {
		version, err := read(in.IfMatch)
		if err != nil {
			return nil, err
		}
		return s.after(ctx)(s.Record(ctx, in.ID, version, in.Body))
	})
	authz.Register(api, authz.CheckWrite, ask, func(ctx context.Context, in *askInput) (*one[Check], error) {
		return s.after(ctx)(s.Ask(ctx, in.ID, in.Body))
	})
	authz.Register(api, authz.ConsultationAnswer, operation("get-check", http.MethodGet, "/checks/{id}", "一项核实"),
		func(ctx context.Context, in *byID) (*one[Check], error) { return answer(s.Get(ctx, in.ID)) })
	authz.Register(api, authz.ConsultationAnswer, operation("answer-check", http.MethodPost, "/checks/{id}/answer", "答复核实"),
		func(ctx context.Context, in *answerInput) (*one[Check], error) {
			version, err := read(in.IfMatch)
			if err != nil {
				return nil, err
			}
			return s.after(ctx)(s.Answer(ctx, in.ID, version, in.Body))
		})
	authz.Register(api, authz.CheckWrite, operation("cancel-check", http.MethodPost, "/checks/{id}/cancel", "撤销核实请求"),
		func(ctx context.Context, in *cancelInput) (*one[Check], error) {
			return s.after(ctx)(s.Cancel(ctx, in.ID, in.Body.Reason))
		})
	authz.Register(api, authz.ConsultationAnswer, operation("list-check-tasks", http.MethodGet, "/check-tasks", "请我核实的事项"),
		func(ctx context.Context, _ *struct{}) (*taskList, error) {
			found, err := s.Tasks(ctx)
			out := &taskList{}
			out.Body.Items = found
			return out, err
		})
	authz.Register(api, authz.CheckRead, operation("get-proof", http.MethodGet, "/reports/{id}/proof", "校对提示和记录"),
		func(ctx context.Context, in *byID) (*one[ProofSheet], error) { return answer(s.Proof(ctx, in.ID)) })
	authz.Register(api, authz.CheckWrite, operation("proofread", http.MethodPost, "/reports/{id}/proof", "登记校对"), s.postProof)
	settings.Serve(api, s.db, RuleSetting)
	settings.Serve(api, s.db, ListSetting)
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"checks"}, MaxBodyBytes: 128 << 10}
}

// read is the version of the report that the caller has read.
func read(ifMatch string) (int, error) {
	version, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(ifMatch, "W/"), `"`))
	if err != nil {
		return 0, errs.New(errs.Invalid, "核实和校对时须注明所依据的版本（If-Match）")
	}
	return version, nil
}

// after answers a change with the check as it is now; a repeat of the same key counts as done.
func (s *Service) after(ctx context.Context) func(uuid.UUID, error) (*one[Check], error) {
	return func(id uuid.UUID, err error) (*one[Check], error) {
		if id, err = tenancy.Changed(id, err); err != nil {
			return nil, err
		}
		return answer(s.Get(ctx, id))
	}
}

func (s *Service) postProof(ctx context.Context, in *proofInput) (*one[ProofSheet], error) {
	version, err := read(in.IfMatch)
	if err != nil {
		return nil, err
	}
	if _, err := tenancy.Changed(s.Proofread(ctx, in.ID, version, in.Body)); err != nil {
		return nil, err
	}
	return answer(s.Proof(ctx, in.ID))
}
