package meetings

import (
	"context"
	"net/http"
	"time"

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

type listInput struct {
	Before time.Time `query:"before" doc:"上一页最后一次例会的时间"`
	Limit  int       `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

type listOutput struct {
	Body struct {
		Items []Line `json:"items"`
	}
}

type createInput struct{ Body Plan }

type editInput struct {
	ID      uuid.UUID `path:"id"`
	IfMatch string    `header:"If-Match" required:"true"`
	Body    Plan
}

type closeInput struct {
	ID      uuid.UUID `path:"id"`
	IfMatch string    `header:"If-Match" required:"true"`
}

type output struct{ Body Meeting }

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"meetings"}, MaxBodyBytes: 256 << 10}
}

// Routes registers the meetings.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.MeetingRead, operation("list-meetings", http.MethodGet, "/meetings", "工作例会"),
		func(ctx context.Context, in *listInput) (*listOutput, error) {
			if in.Before.IsZero() {
				in.Before = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
			}
			out := &listOutput{}
			var err error
			out.Body.Items, err = s.List(ctx, in.Before, in.Limit)
			return out, err
		})
	authz.Register(api, authz.MeetingRead, operation("get-meeting", http.MethodGet, "/meetings/{id}", "一次例会和反馈清单"),
		func(ctx context.Context, in *byID) (*output, error) { return s.answer(ctx)(in.ID, nil) })
	create := operation("create-meeting", http.MethodPost, "/meetings", "安排例会")
	create.DefaultStatus = http.StatusCreated
	authz.Register(api, authz.MeetingWrite, create, func(ctx context.Context, in *createInput) (*output, error) {
		return s.answer(ctx)(s.Create(ctx, in.Body))
	})
	authz.Register(api, authz.MeetingWrite, operation("edit-meeting", http.MethodPut, "/meetings/{id}", "修改例会、记录纪要"),
		func(ctx context.Context, in *editInput) (*output, error) {
			version, err := httpx.Version(in.IfMatch)
			if err != nil {
				return nil, err
			}
			return s.answer(ctx)(s.Edit(ctx, in.ID, version, in.Body))
		})
	authz.Register(api, authz.MeetingWrite, operation("close-meeting", http.MethodPost, "/meetings/{id}/close", "办结例会"),
		func(ctx context.Context, in *closeInput) (*output, error) {
			version, err := httpx.Version(in.IfMatch)
			if err != nil {
				return nil, err
			}
			return s.answer(ctx)(s.Close(ctx, in.ID, version))
		})
	authz.Raw(api, documents.ExportRight, huma.Operation{
		OperationID: "export-meeting", Method: http.MethodGet, Path: "/meetings/{id}/document", Tags: []string{"meetings"}, Summary: "下载例会材料（Word）",
		Parameters: []*huma.Param{{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: "string", Format: "uuid"}}}, Responses: documents.FileResponse(documents.DOCX),
	}, func(c *fiber.Ctx) error {
		id, err := uuid.Parse(c.Params("id"))
		if err != nil {
			return httpx.WriteProblem(c, errs.Missing())
		}
		e, content, err := s.Paper(c.UserContext(), id)
		if err != nil {
			return httpx.WriteProblem(c, err)
		}
		return documents.Send(c, e, content)
	})
}

// answer is the meeting as it is now; a repeat of the same key counts as done.
func (s *Service) answer(ctx context.Context) func(uuid.UUID, error) (*output, error) {
	return func(id uuid.UUID, err error) (*output, error) {
		if id, err = tenancy.Changed(id, err); err != nil {
			return nil, err
		}
		m, err := s.Get(ctx, id)
		return &output{m}, err
	}
}
