package topics

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/authz"
)

// ByID names one report in the path.
type ByID struct {
	ID uuid.UUID `path:"id"`
}

type output struct {
	Body struct {
		Items []Suggestion `json:"items"`
	}
}

// Routes registers the route.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.ReportRead, huma.Operation{OperationID: "suggest-topics", Method: http.MethodGet, Path: "/reports/{id}/topics",
		Summary: "建议分类", Tags: []string{"topics"}, Description: "没有设置 SHANGDA_TOPICS 时不作建议。"},
		func(ctx context.Context, in *ByID) (*output, error) {
			out := &output{}
			var err error
			out.Body.Items, err = s.Suggest(ctx, in.ID)
			return out, err
		})
}
