package imports

import (
	"context"
	"fmt"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/httpx"
	"shangda/tenancy"
)

type (
	ByID struct {
		ID uuid.UUID `path:"id"`
	}
	tryInput struct {
		Body struct {
			Kind       string    `json:"kind" enum:"reports,clues"`
			Attachment uuid.UUID `json:"attachment" doc:"先上传的 .xlsx 附件"`
			Submit     bool      `json:"submit,omitempty" doc:"信息直接提交；否则存为反映人的草稿"`
		}
	}
	documentInput struct {
		Body struct {
			Attachment uuid.UUID `json:"attachment" doc:"先上传的 .docx、.doc 或 .wps 附件"`
		}
	}
	rowsInput struct {
		ByID
		State string `query:"state" enum:"ready,refused,done,repeat"`
		After int    `query:"after" minimum:"0" doc:"上一页最后的行号"`
		Limit int    `query:"limit" minimum:"1" maximum:"200" default:"100"`
	}
	importOutput   struct{ Body Import }
	documentOutput struct{ Body Beginning }
	importsOutput  struct {
		Body struct {
			Items []Import `json:"items"`
		}
	}
	rowsOutput struct {
		Body struct {
			Items []Row `json:"items"`
		}
	}
)

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"imports"}}
}

// Routes registers the routes of imports.
func (s *Service) Routes(api *authz.API) {
	authz.Register(api, authz.ReportWrite, operation("recognise-document", http.MethodPost, "/imports/document", "从 Word 文件识别一篇信息"),
		func(ctx context.Context, in *documentInput) (*documentOutput, error) {
			b, err := s.Recognise(ctx, in.Body.Attachment)
			return &documentOutput{b}, err
		})
	try := operation("try-import", http.MethodPost, "/imports", "检查要导入的表格")
	try.DefaultStatus = http.StatusCreated
	authz.Register(api, authz.ImportRun, try, func(ctx context.Context, in *tryInput) (*importOutput, error) {
		return s.after(ctx)(s.Try(ctx, in.Body.Kind, in.Body.Attachment, in.Body.Submit))
	})
	authz.Register(api, authz.ImportRun, operation("list-imports", http.MethodGet, "/imports", "导入记录"),
		func(ctx context.Context, _ *struct{}) (*importsOutput, error) {
			found, err := s.List(ctx)
			out := &importsOutput{}
			out.Body.Items = found
			return out, err
		})
	authz.Register(api, authz.ImportRun, operation("get-import", http.MethodGet, "/imports/{id}", "一次导入"),
		func(ctx context.Context, in *ByID) (*importOutput, error) { return s.after(ctx)(in.ID, nil) })
	authz.Register(api, authz.ImportRun, operation("list-import-rows", http.MethodGet, "/imports/{id}/rows", "导入的各行"),
		func(ctx context.Context, in *rowsInput) (*rowsOutput, error) {
			found, err := s.Rows(ctx, in.ID, in.State, in.After, in.Limit)
			out := &rowsOutput{}
			out.Body.Items = found
			return out, err
		})
	authz.Register(api, authz.ImportRun, operation("start-import", http.MethodPost, "/imports/{id}/start", "开始导入"),
		func(ctx context.Context, in *ByID) (*importOutput, error) { return s.after(ctx)(s.Start(ctx, in.ID)) })
	authz.Register(api, authz.ImportRun, operation("cancel-import", http.MethodPost, "/imports/{id}/cancel", "停止导入"),
		func(ctx context.Context, in *ByID) (*importOutput, error) { return s.after(ctx)(s.Cancel(ctx, in.ID)) })
	template := operation("import-template", http.MethodGet, "/import-templates", "导入模板（xlsx）")
	template.Parameters = []*huma.Param{{Name: "kind", In: "query", Required: true, Schema: &huma.Schema{Type: "string", Enum: []any{Reports, Clues}}}}
	template.Responses = map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{
		"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}}
	authz.Raw(api, authz.ImportRun, template, s.getTemplate)
}

// after answers a change with the import as it is now.
func (s *Service) after(ctx context.Context) func(uuid.UUID, error) (*importOutput, error) {
	return func(id uuid.UUID, err error) (*importOutput, error) {
		if id, err = tenancy.Changed(id, err); err != nil {
			return nil, err
		}
		i, err := s.Get(ctx, id)
		return &importOutput{i}, err
	}
}

func (s *Service) getTemplate(c *fiber.Ctx) error {
	kind := c.Query("kind")
	content, err := s.Template(c.UserContext(), kind)
	if err != nil {
		return httpx.WriteProblem(c, err)
	}
	name := fmt.Sprintf("%s导入模板.xlsx", map[string]string{Reports: "信息", Clues: "线索"}[kind])
	c.Set(fiber.HeaderContentType, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	return c.Send(content)
}
