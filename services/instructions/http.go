package instructions

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy"
)

type byID struct {
	ID uuid.UUID `path:"id"`
}

type one struct{ Body Instruction }

type list struct {
	Body struct {
		Items []Instruction `json:"items"`
	}
}

type recordInput struct {
	ID   uuid.UUID `path:"id"`
	Body Entry
}

type correctInput struct {
	ID   uuid.UUID `path:"id"`
	Body Correction
}

// Routes registers the routes of instructions.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.ReportRead, operation("list-instructions", http.MethodGet, "/reports/{id}/instructions", "信息上的领导批示"),
		func(ctx context.Context, in *byID) (*list, error) {
			found, err := s.Of(ctx, in.ID)
			out := &list{}
			out.Body.Items = found
			return out, err
		})
	record := operation("record-instruction", http.MethodPost, "/reports/{id}/instructions", "登记领导批示")
	record.DefaultStatus = http.StatusCreated
	authz.Register(api, authz.InstructionRecord, record, func(ctx context.Context, in *recordInput) (*one, error) {
		return s.after(ctx)(s.Record(ctx, in.ID, in.Body))
	})
	authz.Register(api, authz.InstructionRead, operation("get-instruction", http.MethodGet, "/instructions/{id}", "一条领导批示"),
		func(ctx context.Context, in *byID) (*one, error) {
			found, err := s.Get(ctx, in.ID)
			return &one{found}, err
		})
	authz.Register(api, authz.InstructionRecord, operation("correct-instruction", http.MethodPost, "/instructions/{id}/correct", "更正领导批示的登记"),
		func(ctx context.Context, in *correctInput) (*one, error) {
			return s.after(ctx)(s.Correct(ctx, in.ID, in.Body))
		})
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"instructions"}, MaxBodyBytes: 64 << 10}
}

// after answers a change with the entry as it is now; a repeat of the same key counts as done.
func (s *Service) after(ctx context.Context) func(uuid.UUID, error) (*one, error) {
	return func(id uuid.UUID, err error) (*one, error) {
		if id, err = tenancy.Changed(id, err); err != nil {
			return nil, err
		}
		found, err := s.Get(ctx, id)
		return &one{found}, err
	}
}
