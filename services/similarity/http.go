package similarity

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/settings"
)

// ByID names one report in the path.
type ByID struct {
	ID uuid.UUID `path:"id"`
}

// Pair names two reports in the path.
type Pair struct {
	ByID
	Other uuid.UUID `path:"other"`
}

type decideInput struct {
	Pair
	Body struct {
		Verdict string `json:"verdict" enum:"duplicate,different"`
	}
}

type badgesInput struct {
	Reports string `query:"reports" maxLength:"3700" required:"true" doc:"At most 100 ids, separated by commas"`
}

func (in *badgesInput) ids() ([]uuid.UUID, error) {
	var ids []uuid.UUID
	for _, text := range strings.Split(in.Reports, ",") {
		id, err := uuid.Parse(text)
		if err != nil {
			return nil, errs.InvalidField("reports", "信息的编号无效")
		}
		ids = append(ids, id)
	}
	return ids, nil
}

type badgesOutput struct {
	Body struct {
		Items []Badge `json:"items"`
	}
}

type output[T any] struct{ Body *T }

func answer[T any](found *T, err error) (*output[T], error) { return &output[T]{found}, err }

// Routes registers the routes.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.ReportRead, operation("list-similar", http.MethodGet, "/reports/{id}/similar", "与一篇信息相似的信息"),
		func(ctx context.Context, in *ByID) (*output[Checked], error) { return answer(s.Of(ctx, in.ID)) })
	authz.Register(api, authz.ReportRead, operation("compare-reports", http.MethodGet, "/reports/{id}/similar/{other}", "两篇信息对照，标出相同内容"),
		func(ctx context.Context, in *Pair) (*output[Compared], error) {
			return answer(s.Compare(ctx, in.ID, in.Other))
		})
	authz.Register(api, authz.ReportScreen, operation("decide-similar", http.MethodPut, "/reports/{id}/similar/{other}", "关联重复，或标注不是重复"),
		func(ctx context.Context, in *decideInput) (*output[Compared], error) {
			err := s.Decide(ctx, in.ID, in.Other, in.Body.Verdict)
			if _, err := tenancy.Changed(in.ID, err); err != nil {
				return nil, err
			}
			return answer(s.Compare(ctx, in.ID, in.Other))
		})
	authz.Register(api, authz.ReportScreen, operation("list-similar-badges", http.MethodGet, "/similar-badges", "列表中的重复标记"),
		func(ctx context.Context, in *badgesInput) (*badgesOutput, error) {
			ids, err := in.ids()
			if err != nil {
				return nil, err
			}
			out := &badgesOutput{}
			out.Body.Items, err = s.Badges(ctx, ids)
			return out, err
		})
	settings.Serve(api, s.db, RulesOf)
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"similarity"}, MaxBodyBytes: 128 << 10}
}
