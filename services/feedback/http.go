package feedback

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/httpx"
	"shangda/services/documents"
	"shangda/tenancy"
)

type byID struct {
	ID uuid.UUID `path:"id"`
}

type one[T any] struct{ Body T }

func answer[T any](found T, err error) (*one[T], error) { return &one[T]{found}, err }

type recordInput struct {
	ID   uuid.UUID `path:"id"`
	Body NewRecord
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"feedback"}, MaxBodyBytes: 16 << 10}
}

// Routes registers the feedback on reports and the list of what waits to be told.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.FeedbackRead, operation("get-feedback", http.MethodGet, "/reports/{id}/feedback", "信息的反馈记录"),
		func(ctx context.Context, in *byID) (*one[Sheet], error) { return answer(s.Of(ctx, in.ID)) })
	record := operation("record-feedback", http.MethodPost, "/reports/{id}/feedback", "登记反馈")
	record.DefaultStatus = http.StatusCreated
	authz.Register(api, authz.FeedbackWrite, record, func(ctx context.Context, in *recordInput) (*one[Sheet], error) {
		if _, err := tenancy.Changed(s.Record(ctx, in.ID, in.Body)); err != nil {
			return nil, err
		}
		return answer(s.Of(ctx, in.ID))
	})
	authz.Register(api, authz.FeedbackRead, operation("see-feedback", http.MethodPost, "/reports/{id}/feedback/seen", "作者看到了处理结果"),
		func(ctx context.Context, in *byID) (*struct{}, error) {
			_, err := tenancy.Changed(s.Seen(ctx, in.ID))
			return nil, err
		})
	authz.Register(api, authz.FeedbackRead, operation("list-untold", http.MethodGet, "/feedback", "待反馈清单"),
		func(ctx context.Context, _ *struct{}) (*one[List], error) { return answer(s.Untold(ctx)) })
	s.paperRoute(api)
}

func (s *Service) paperRoute(api *authz.API) {
	authz.Raw(api, documents.ExportRight, huma.Operation{
		OperationID: "export-feedback-paper", Method: http.MethodGet, Path: "/reports/{id}/papers/{paper}", Tags: []string{"feedback"}, Summary: "下载反馈函、感谢信（Word）",
		Parameters: []*huma.Param{{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: "string", Format: "uuid"}},
			{Name: "paper", In: "path", Required: true, Schema: &huma.Schema{Type: "string", Enum: []any{PaperLetter, PaperThanks}}}},
		Responses: documents.FileResponse(documents.DOCX),
	}, func(c *fiber.Ctx) error {
		id, err := uuid.Parse(c.Params("id"))
		if err != nil {
			return httpx.WriteProblem(c, errs.Missing())
		}
		e, content, err := s.Paper(c.UserContext(), id, c.Params("paper"))
		if err != nil {
			return httpx.WriteProblem(c, err)
		}
		return documents.Send(c, e, content)
	})
}
