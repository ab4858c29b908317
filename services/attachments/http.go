package attachments

import (
	"context"
	"io"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/httpx"
	"shangda/services/attachments/filetype"
	"shangda/tenancy"
	"shangda/tenancy/settings"
)

var binary = &huma.Schema{Type: "string", Format: "binary"}

// Routes registers uploads, downloads and what hangs on a subject. Bytes go by raw routes: huma neither bounds a multipart file
// nor sends one.
func (s *Service) Routes(api *authz.API) {
	attachment := map[string]*huma.MediaType{"application/json": {Schema: api.Huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Attachment](), true, "Attachment")}}
	authz.Raw(api, authz.ReportWrite, huma.Operation{
		OperationID: "upload-attachment", Method: http.MethodPost, Path: "/attachments", Tags: []string{"attachments"},
		Summary: "上传附件", Description: filetype.Accepted + "，以内容判定格式。不超过 10 MB；更大的文件分段上传（/uploads）。",
		RequestBody: multipart(), Responses: map[string]*huma.Response{"201": {Description: "Created", Content: attachment}},
	}, s.upload)
	byID := []*huma.Param{{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: "string", Format: "uuid"}}}
	bytes := map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: binary}}}}
	authz.Raw(api, authz.ReportRead, huma.Operation{
		OperationID: "download-attachment", Method: http.MethodGet, Path: "/attachments/{id}", Tags: []string{"attachments"}, Summary: "下载附件",
		Description: "view=1 时在浏览器中打开；支持 Range，可边下边播。",
		Parameters:  append(byID, &huma.Param{Name: "view", In: "query", Schema: &huma.Schema{Type: "string", Enum: []any{"1"}}}),
		Responses:   bytes,
	}, s.download)
	authz.Raw(api, authz.ReportRead, huma.Operation{
		OperationID: "attachment-thumbnail", Method: http.MethodGet, Path: "/attachments/{id}/thumbnail", Tags: []string{"attachments"},
		Summary: "附件缩略图", Description: "图片和视频的小图（JPEG）；没有时为 404，页面显示图标。", Parameters: byID, Responses: bytes,
	}, s.thumbnail)
	settings.Serve(api, s.db, Rules)
	s.subjectRoutes(api)
	s.uploadRoutes(api)
}

// multipart is a body with the one part named file.
func multipart() *huma.RequestBody {
	return &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {
		Schema: &huma.Schema{Type: "object", Required: []string{"file"}, Properties: map[string]*huma.Schema{"file": binary}}}}}
}

type (
	// OnSubject names what files hang on; exported, because huma reads no other embedded part.
	OnSubject struct {
		Kind string    `path:"kind" maxLength:"30"`
		ID   uuid.UUID `path:"id"`
	}
	listOutput struct {
		Body struct {
			Items []Attachment `json:"items"`
		}
	}
	hangInput struct {
		OnSubject
		Body struct {
			Attachments []uuid.UUID `json:"attachments" maxItems:"20" doc:"The whole list; of one's own uploads those left out are let go"`
		}
	}
)

func (s *Service) subjectRoutes(api *authz.API) {
	path := "/subjects/{kind}/{id}/attachments"
	authz.Register(api, authz.ReportRead, huma.Operation{OperationID: "list-attachments", Method: http.MethodGet, Path: path, Summary: "一件事的附件", Tags: []string{"attachments"}},
		func(ctx context.Context, in *OnSubject) (*listOutput, error) {
			return s.listed(ctx, tenancy.Subject{Kind: in.Kind, ID: in.ID})
		})
	authz.Register(api, authz.ReportWrite, huma.Operation{OperationID: "settle-attachments", Method: http.MethodPut, Path: path, Summary: "给线索、素材等挂附件", Tags: []string{"attachments"}},
		func(ctx context.Context, in *hangInput) (*listOutput, error) {
			subject := tenancy.Subject{Kind: in.Kind, ID: in.ID}
			if _, err := tenancy.Changed(in.ID, s.Hang(ctx, subject, in.Body.Attachments)); err != nil {
				return nil, err
			}
			return s.listed(ctx, subject)
		})
}

func (s *Service) listed(ctx context.Context, subject tenancy.Subject) (*listOutput, error) {
	found, err := s.List(ctx, subject)
	out := &listOutput{}
	out.Body.Items = found
	return out, err
}

func (s *Service) upload(c *fiber.Ctx) error {
	name, content, err := FormFile(c, MaxDirect)
	if err != nil {
		return httpx.WriteProblem(c, err)
	}
	id, err := tenancy.Changed(s.Upload(c.UserContext(), name, content))
	if err != nil {
		return httpx.WriteProblem(c, err)
	}
	a, err := s.Get(c.UserContext(), id)
	if err != nil {
		return httpx.WriteProblem(c, err)
	}
	return c.Status(http.StatusCreated).JSON(a)
}

// FormFile reads the one part of a form that is named file.
func FormFile(c *fiber.Ctx, limit int64) (name string, content []byte, err error) {
	header, err := c.FormFile("file")
	if err != nil {
		return "", nil, errs.InvalidField("file", "请选择要上传的文件")
	}
	if header.Size > limit {
		return "", nil, errs.New(errs.TooLarge, "文件不能超过 %d MB", limit>>20)
	}
	part, err := header.Open()
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = part.Close() }()
	content, err = io.ReadAll(io.LimitReader(part, limit+1))
	return header.Filename, content, err
}
