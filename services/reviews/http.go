package reviews

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

type items[T any] struct {
	Body struct {
		Items []T `json:"items"`
	}
}

func list[T any](found []T, err error) (*items[T], error) {
	out := &items[T]{}
	out.Body.Items = found
	if found == nil {
		out.Body.Items = []T{}
	}
	return out, err
}

type one[T any] struct{ Body T }

func answer[T any](found T, err error) (*one[T], error) { return &one[T]{found}, err }

type byID struct {
	ID uuid.UUID `path:"id"`
}

type chainInput struct{ Body NewChain }

type chainUpdate struct {
	ID   uuid.UUID `path:"id"`
	Body NewChain
}

type approval struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Opinion string  `json:"opinion,omitempty" maxLength:"500"`
		Title   *string `json:"title,omitempty" doc:"With problem, cause and advice: the text as changed in this step"`
		Problem *string `json:"problem,omitempty"`
		Cause   *string `json:"cause,omitempty"`
		Advice  *string `json:"advice,omitempty"`
	}
}

// text is the changed text: all four parts or none.
func (a *approval) text() (*Text, error) {
	given := 0
	parts := []*string{a.Body.Title, a.Body.Problem, a.Body.Cause, a.Body.Advice}
	for _, p := range parts {
		if p != nil {
			given++
		}
	}
	switch given {
	case 0:
		return nil, nil
	case len(parts):
		return &Text{Title: *parts[0], Problem: *parts[1], Cause: *parts[2], Advice: *parts[3]}, nil
	}
	return nil, errs.InvalidField("title", "修改稿应包括标题、问题、原因和建议")
}

type returning struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Opinion string `json:"opinion" maxLength:"500"`
		To      int    `json:"to" minimum:"0" doc:"An earlier step, or 0 for the editor"`
	}
}

// Routes registers the routes of chains and reviews.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.ChainRead, operation("list-chains", http.MethodGet, "/chains", "审签流程"),
		func(ctx context.Context, _ *struct{}) (*items[Chain], error) { return list(s.Chains(ctx)) })
	authz.Register(api, authz.ChainRead, operation("list-chain-templates", http.MethodGet, "/chain-templates", "审签流程模板和岗位"), s.templates)
	create := operation("create-chain", http.MethodPost, "/chains", "新建审签流程")
	create.DefaultStatus = http.StatusCreated
	authz.Register(api, authz.ChainWrite, create, s.postChain)
	authz.Register(api, authz.ChainWrite, operation("replace-chain", http.MethodPut, "/chains/{id}", "修改审签流程（另存为新流程）"), s.replaceChain)
	authz.Register(api, authz.ReportRead, operation("list-reviews", http.MethodGet, "/reports/{id}/reviews", "信息的审签经过"),
		func(ctx context.Context, in *byID) (*items[Review], error) { return list(s.Of(ctx, in.ID)) })
	authz.Register(api, authz.ReviewStart, operation("start-review", http.MethodPost, "/reports/{id}/review", "送审"), s.postReview)
	authz.Register(api, authz.ReviewAct, operation("approve-review", http.MethodPost, "/reviews/{id}/approve", "审签通过"), s.postApproval)
	authz.Register(api, authz.ReviewAct, operation("return-review", http.MethodPost, "/reviews/{id}/return", "退回"), s.postReturn)
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"reviews"}}
}

type templatesOutput struct {
	Body struct {
		Items []Template `json:"items"`
		Posts []Post     `json:"posts"`
	}
}

func (s *Service) templates(context.Context, *struct{}) (*templatesOutput, error) {
	out := &templatesOutput{}
	out.Body.Items, out.Body.Posts = Templates, Posts
	return out, nil
}

func (s *Service) postChain(ctx context.Context, in *chainInput) (*one[Chain], error) {
	id, err := tenancy.Changed(s.CreateChain(ctx, in.Body))
	if err != nil {
		return nil, err
	}
	return answer(s.Chain(ctx, id))
}

func (s *Service) replaceChain(ctx context.Context, in *chainUpdate) (*one[Chain], error) {
	id, err := tenancy.Changed(s.UpdateChain(ctx, in.ID, in.Body))
	if err != nil {
		return nil, err
	}
	return answer(s.Chain(ctx, id))
}

// postReview answers with the report's latest review: the subject that a repeated request knows is the report.
func (s *Service) postReview(ctx context.Context, in *byID) (*one[Review], error) {
	if _, err := tenancy.Changed(s.Start(ctx, in.ID)); err != nil {
		return nil, err
	}
	all, err := s.Of(ctx, in.ID)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return answer(all[len(all)-1], nil)
}

func (s *Service) postApproval(ctx context.Context, in *approval) (*one[Review], error) {
	text, err := in.text()
	if err != nil {
		return nil, err
	}
	if _, err := tenancy.Changed(s.Approve(ctx, in.ID, in.Body.Opinion, text)); err != nil {
		return nil, err
	}
	return answer(s.Get(ctx, in.ID))
}

func (s *Service) postReturn(ctx context.Context, in *returning) (*one[Review], error) {
	if _, err := tenancy.Changed(s.Return(ctx, in.ID, in.Body.Opinion, in.Body.To)); err != nil {
		return nil, err
	}
	return answer(s.Get(ctx, in.ID))
}
