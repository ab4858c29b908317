package attachments

import (
	"io"
	"mime"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/httpx"
	"shangda/tenancy"
)

// Routes registers the upload and the download. Both are raw: huma neither bounds a multipart file nor sends one.
func (s *Service) Routes(api *authz.API) {
	binary := &huma.Schema{Type: "string", Format: "binary"}
	authz.Raw(api, authz.ReportWrite, huma.Operation{
		OperationID: "upload-attachment", Method: http.MethodPost, Path: "/attachments", Tags: []string{"attachments"},
		Summary: "上传附件", Description: "图片（JPEG、PNG、WebP、GIF）、PDF 或 Word（docx），不超过 10 MB，以内容判定格式。",
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {
			Schema: &huma.Schema{Type: "object", Required: []string{"file"}, Properties: map[string]*huma.Schema{"file": binary}}}}},
		Responses: map[string]*huma.Response{"201": {Description: "Created", Content: map[string]*huma.MediaType{"application/json": {
			Schema: api.Huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Attachment](), true, "Attachment")}}}},
	}, s.upload)
	authz.Raw(api, authz.ReportRead, huma.Operation{
		OperationID: "download-attachment", Method: http.MethodGet, Path: "/attachments/{id}", Tags: []string{"attachments"}, Summary: "下载附件",
		Parameters: []*huma.Param{{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: "string", Format: "uuid"}}},
		Responses: map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{
			"application/octet-stream": {Schema: binary}}}},
	}, s.download)
}

func (s *Service) upload(c *fiber.Ctx) error {
	name, content, err := formFile(c)
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

// formFile reads the one part named file.
func formFile(c *fiber.Ctx) (string, []byte, error) {
	header, err := c.FormFile("file")
	if err != nil {
		return "", nil, errs.InvalidField("file", "请选择要上传的文件")
	}
	if header.Size > MaxSize {
		return "", nil, tooLarge()
	}
	part, err := header.Open()
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = part.Close() }()
	content, err := io.ReadAll(io.LimitReader(part, MaxSize+1))
	return header.Filename, content, err
}

func (s *Service) download(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return httpx.WriteProblem(c, errs.Missing())
	}
	a, content, err := s.Download(c.UserContext(), id)
	if err != nil {
		return httpx.WriteProblem(c, err)
	}
	c.Set(fiber.HeaderContentType, a.Type)
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": a.Name}))
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	return c.Send(content)
}
