package reviews

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/services/reviews/flow"
	"shangda/tenancy"
	"shangda/tenancy/settings"
)

type items[T any] struct {
	Body struct {
		Items []T `json:"items"`
	}
}

func many[T any](found []T, err error) (*items[T], error) {
	out := &items[T]{}
	out.Body.Items = list(found)
	return out, err
}

type one[T any] struct{ Body T }

func answer[T any](found T, err error) (*one[T], error) { return &one[T]{found}, err }

type byID struct {
	ID uuid.UUID `path:"id"`
}

// asked is a request about one review, or report, with what it says.
type asked[T any] struct {
	ID   uuid.UUID `path:"id"`
	Body T
}

type said[T any] struct{ Body T }

// Routes registers the routes of flows, reviews and delegations.
func (s *Service) Routes(api *authz.API) {
	s.chainRoutes(api)
	s.reviewRoutes(api)
	s.verbRoutes(api)
	s.delegationRoutes(api)
	settings.Serve(api, s.db, WorkCalendar)
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"reviews"}}
}

func created(op huma.Operation) huma.Operation {
	op.DefaultStatus = http.StatusCreated
	return op
}

func (s *Service) chainRoutes(api *authz.API) {
	authz.Register(api, authz.ChainRead, operation("list-chains", http.MethodGet, "/chains", "审签流程"),
		func(ctx context.Context, _ *struct{}) (*items[Chain], error) { return many(s.Chains(ctx)) })
	authz.Register(api, authz.ChainRead, operation("list-chain-templates", http.MethodGet, "/chain-templates", "审签流程模板和岗位"), s.templates)
	authz.Register(api, authz.ChainWrite, created(operation("create-chain", http.MethodPost, "/chains", "新建审签流程")),
		func(ctx context.Context, in *said[NewChain]) (*one[Chain], error) {
			return s.chainAfter(ctx)(s.CreateChain(ctx, in.Body))
		})
	authz.Register(api, authz.ChainWrite, operation("replace-chain", http.MethodPut, "/chains/{id}", "修改审签流程（另存为新流程）"),
		func(ctx context.Context, in *asked[NewChain]) (*one[Chain], error) {
			return s.chainAfter(ctx)(s.UpdateChain(ctx, in.ID, in.Body))
		})
	authz.Register(api, authz.ChainWrite, operation("end-chain", http.MethodPost, "/chains/{id}/end", "停用审签流程"),
		func(ctx context.Context, in *byID) (*one[Chain], error) {
			return s.chainAfter(ctx)(s.EndChain(ctx, in.ID))
		})
	authz.Register(api, authz.ChainRead, operation("try-chain", http.MethodPost, "/chain-trials", "试走流程：一篇设想的信息会经过哪些环节、哪些人"),
		func(ctx context.Context, in *said[trial]) (*one[Preview], error) {
			return answer(s.Try(ctx, in.Body.Chain, in.Body.Sample))
		})
	authz.Register(api, authz.ChainRead, operation("list-review-people", http.MethodGet, "/review-people", "可以审签和接收抄送的成员"),
		func(ctx context.Context, _ *struct{}) (*items[Member], error) { return many(s.People(ctx)) })
	authz.Register(api, authz.ChainRead, operation("list-fields-in-charge", http.MethodGet, "/fields-in-charge", "分管联系领域"),
		func(ctx context.Context, _ *struct{}) (*items[Charge], error) { return many(s.Charges(ctx)) })
	authz.Register(api, authz.ChainWrite, operation("put-fields-in-charge", http.MethodPut, "/fields-in-charge", "设置分管联系领域"),
		func(ctx context.Context, in *said[charging]) (*items[Charge], error) {
			if _, err := tenancy.Changed(uuid.Nil, s.PutCharges(ctx, in.Body.Items)); err != nil {
				return nil, err
			}
			return many(s.Charges(ctx))
		})
	authz.Register(api, authz.ChainWrite, operation("list-stuck-reviews", http.MethodGet, "/stuck-reviews", "无人可办的审签环节"),
		func(ctx context.Context, _ *struct{}) (*items[Stuck], error) { return many(s.StuckReviews(ctx)) })
	authz.Register(api, authz.ChainWrite, operation("reassign-stuck-review", http.MethodPost, "/stuck-reviews/{id}/reassign", "改派无人可办的环节"),
		func(ctx context.Context, in *asked[reassigning]) (*items[Stuck], error) {
			if _, err := tenancy.Changed(s.Unstick(ctx, in.ID, in.Body.Target, in.Body.To)); err != nil {
				return nil, err
			}
			return many(s.StuckReviews(ctx))
		})
}

type trial struct {
	Chain  NewChain  `json:"chain"`
	Sample flow.Case `json:"sample"`
}

type charging struct {
	Items []Charge `json:"items" maxItems:"100"`
}

type templatesOutput struct {
	Body struct {
		Items []flow.Template `json:"items"`
		Posts []flow.Post     `json:"posts"`
	}
}

func (s *Service) templates(context.Context, *struct{}) (*templatesOutput, error) {
	out := &templatesOutput{}
	out.Body.Items, out.Body.Posts = flow.Templates(), flow.Posts
	return out, nil
}

func (s *Service) chainAfter(ctx context.Context) func(uuid.UUID, error) (*one[Chain], error) {
	return func(id uuid.UUID, err error) (*one[Chain], error) {
		if id, err = tenancy.Changed(id, err); err != nil {
			return nil, err
		}
		return answer(s.Chain(ctx, id))
	}
}

type starting struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Addressees []string `json:"addressees,omitempty" maxItems:"3" enum:"upper,local,department" doc:"Where it is meant to go once it is signed"`
	}
}

type previewing struct {
	ID         uuid.UUID `path:"id"`
	Addressees string    `query:"addressees" maxLength:"40" doc:"upper, local, department; several with commas between"`
}

func (s *Service) reviewRoutes(api *authz.API) {
	authz.Register(api, authz.ReportRead, operation("list-reviews", http.MethodGet, "/reports/{id}/reviews", "信息的审签经过"),
		func(ctx context.Context, in *byID) (*items[Review], error) { return many(s.Of(ctx, in.ID)) })
	authz.Register(api, authz.ReviewStart, operation("preview-review", http.MethodGet, "/reports/{id}/flow-preview", "送审前查看将走的流程"),
		func(ctx context.Context, in *previewing) (*one[Preview], error) {
			return answer(s.Preview(ctx, in.ID, strings.FieldsFunc(in.Addressees, func(r rune) bool { return r == ',' })...))
		})
	authz.Register(api, authz.ReviewStart, operation("start-review", http.MethodPost, "/reports/{id}/review", "送审"), s.postReview)
}

// postReview answers with the report's latest review: the subject that a repeated request knows is the report.
func (s *Service) postReview(ctx context.Context, in *starting) (*one[Review], error) {
	if _, err := tenancy.Changed(s.Start(ctx, in.ID, in.Body.Addressees...)); err != nil {
		return nil, err
	}
	all, err := s.Of(ctx, in.ID)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return answer(all[len(all)-1], nil)
}

func (s *Service) delegationRoutes(api *authz.API) {
	authz.Register(api, authz.ReviewAct, operation("list-delegations", http.MethodGet, "/delegations", "我的审签委托：委托他人和受托代办"),
		func(ctx context.Context, _ *struct{}) (*items[Delegation], error) { return many(s.Delegations(ctx)) })
	authz.Register(api, authz.ReviewAct, created(operation("create-delegation", http.MethodPost, "/delegations", "委托他人代为审签")),
		func(ctx context.Context, in *said[NewDelegation]) (*one[Delegation], error) {
			return s.delegationAfter(ctx)(s.Delegate(ctx, in.Body))
		})
	authz.Register(api, authz.ReviewAct, operation("end-delegation", http.MethodPost, "/delegations/{id}/end", "结束委托"),
		func(ctx context.Context, in *byID) (*one[Delegation], error) {
			return s.delegationAfter(ctx)(s.EndDelegation(ctx, in.ID))
		})
}

func (s *Service) delegationAfter(ctx context.Context) func(uuid.UUID, error) (*one[Delegation], error) {
	return func(id uuid.UUID, err error) (*one[Delegation], error) {
		if id, err = tenancy.Changed(id, err); err != nil {
			return nil, err
		}
		return answer(s.Delegation(ctx, id))
	}
}
