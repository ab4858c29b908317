package attachments

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/httpx"
	"shangda/tenancy"
)

func (s *Service) uploadRoutes(api *authz.API) {
	schema := func(t reflect.Type, name string) map[string]*huma.MediaType {
		return map[string]*huma.MediaType{"application/json": {Schema: api.Huma.OpenAPI().Components.Schemas.Schema(t, true, name)}}
	}
	upload, attachment := schema(reflect.TypeFor[Upload](), "Upload"), schema(reflect.TypeFor[Attachment](), "Attachment")
	id := &huma.Param{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: "string", Format: "uuid"}}
	offset := &huma.Param{Name: "offset", In: "path", Required: true, Schema: &huma.Schema{Type: "integer"}}
	digest := &huma.Param{Name: "digest", In: "query", Description: "整个文件的 SHA-256（十六进制），可不填", Schema: &huma.Schema{Type: "string"}}
	for _, route := range []struct {
		id, method, path, summary string
		params                    []*huma.Param
		body                      *huma.RequestBody
		status                    string
		answer                    map[string]*huma.MediaType
		do                        fiber.Handler
	}{
		{"begin-upload", http.MethodPost, "/uploads", "开始分段上传", nil, &huma.RequestBody{Required: true, Content: schema(reflect.TypeFor[NewUpload](), "NewUpload")}, "201", upload, s.begin},
		{"get-upload", http.MethodGet, "/uploads/{id}", "上传到哪里了", []*huma.Param{id}, nil, "200", upload, s.progress},
		{"put-part", http.MethodPut, "/uploads/{id}/parts/{offset}", "上传一段", []*huma.Param{id, offset},
			&huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: binary}}}, "200", upload, s.part},
		{"finish-upload", http.MethodPost, "/uploads/{id}/finish", "上传完成", []*huma.Param{id, digest}, nil, "201", attachment, s.finish},
		{"cancel-upload", http.MethodDelete, "/uploads/{id}", "放弃上传", []*huma.Param{id}, nil, "204", nil, s.cancel},
	} {
		authz.Raw(api, authz.ReportWrite, huma.Operation{OperationID: route.id, Method: route.method, Path: route.path, Summary: route.summary, Tags: []string{"attachments"},
			Parameters: route.params, RequestBody: route.body, Responses: map[string]*huma.Response{route.status: {Description: "OK", Content: route.answer}}}, route.do)
	}
}

func (s *Service) begin(c *fiber.Ctx) error {
	var n NewUpload
	if err := c.App().Config().JSONDecoder(c.Body(), &n); err != nil {
		return httpx.WriteProblem(c, errs.New(errs.Invalid, "填写的内容有误，请修改后重试"))
	}
	id, err := tenancy.Changed(s.Begin(c.UserContext(), n))
	if err != nil {
		return httpx.WriteProblem(c, err)
	}
	u, err := s.Progress(c.UserContext(), id)
	if err != nil {
		return httpx.WriteProblem(c, err)
	}
	return c.Status(http.StatusCreated).JSON(u)
}

// named gives the file of the path to do, which answers.
func named(c *fiber.Ctx, do func(id uuid.UUID) error) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		err = errs.Missing()
	} else {
		err = do(id)
	}
	if err != nil {
		return httpx.WriteProblem(c, err)
	}
	return nil
}

func (s *Service) progress(c *fiber.Ctx) error {
	return named(c, func(id uuid.UUID) error {
		u, err := s.Progress(c.UserContext(), id)
		if err != nil {
			return err
		}
		return c.JSON(u)
	})
}

func (s *Service) part(c *fiber.Ctx) error {
	return named(c, func(id uuid.UUID) error {
		at, err := strconv.ParseInt(c.Params("offset"), 10, 64)
		if err != nil {
			return errs.Missing()
		}
		digest, err := contentDigest(c.Get("Content-Digest"))
		if err != nil {
			return err
		}
		u, err := s.PutPart(c.UserContext(), id, at, c.Body(), digest)
		var repeat *tenancy.Repeat
		if errors.As(err, &repeat) {
			u, err = s.Progress(c.UserContext(), id)
		}
		if err != nil {
			return err
		}
		return c.JSON(u)
	})
}

// contentDigest reads the header of RFC 9530 for SHA-256; nothing where it says nothing.
func contentDigest(header string) ([]byte, error) {
	for entry := range strings.SplitSeq(header, ",") {
		text, ok := strings.CutPrefix(strings.TrimSpace(entry), "sha-256=:")
		if !ok {
			continue
		}
		digest, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(text, ":"))
		if err != nil {
			return nil, errs.New(errs.Invalid, "Content-Digest 的格式不正确")
		}
		return digest, nil
	}
	return nil, nil
}

func (s *Service) finish(c *fiber.Ctx) error {
	return named(c, func(id uuid.UUID) error {
		digest, err := hex.DecodeString(c.Query("digest"))
		if err != nil {
			return errs.New(errs.Invalid, "digest 的格式不正确")
		}
		if _, err := tenancy.Changed(s.Finish(c.UserContext(), id, digest)); err != nil {
			return err
		}
		a, err := s.Get(c.UserContext(), id)
		if err != nil {
			return err
		}
		return c.Status(http.StatusCreated).JSON(a)
	})
}

func (s *Service) cancel(c *fiber.Ctx) error {
	return named(c, func(id uuid.UUID) error {
		if _, err := tenancy.Changed(id, s.Cancel(c.UserContext(), id)); err != nil {
			return err
		}
		return c.SendStatus(http.StatusNoContent)
	})
}

func (s *Service) download(c *fiber.Ctx) error {
	return named(c, func(id uuid.UUID) error {
		a, err := s.Get(c.UserContext(), id)
		if err != nil {
			return err
		}
		offset, length, partial := span(c.Get(fiber.HeaderRange), a.Size)
		if offset >= a.Size && a.Size > 0 {
			c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes */%d", a.Size))
			return c.SendStatus(http.StatusRequestedRangeNotSatisfiable)
		}
		_, stream, err := s.Open(c.UserContext(), id, offset, length)
		if err != nil {
			return err
		}
		disposition := "attachment"
		if c.Query("view") == "1" {
			disposition = "inline"
		}
		c.Set(fiber.HeaderContentType, a.Type)
		c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType(disposition, map[string]string{"filename": a.Name}))
		c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
		c.Set(fiber.HeaderContentSecurityPolicy, policyOf(a.Type))
		c.Set(fiber.HeaderAcceptRanges, "bytes")
		if partial {
			c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes %d-%d/%d", offset, offset+length-1, a.Size))
			c.Status(http.StatusPartialContent)
		}
		c.Context().SetBodyStream(stream, int(length)) // closes it
		return nil
	})
}

// policyOf shuts a file in that is opened in the browser. The viewer of PDF files does not work in a sandbox, and films come with
// a page of the browser's own around them.
func policyOf(media string) string {
	switch {
	case media == "application/pdf":
		return "default-src 'none'; object-src 'self'; plugin-types application/pdf; style-src 'unsafe-inline'"
	case strings.HasPrefix(media, "video/"):
		return "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
	case strings.HasPrefix(media, "image/"):
		return "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
	}
	return "default-src 'none'; sandbox"
}

// span is the one range asked for; the whole where none is asked, or several, or something else.
func span(header string, size int64) (offset, length int64, partial bool) {
	from, to, ok := strings.Cut(strings.TrimPrefix(header, "bytes="), "-")
	if !strings.HasPrefix(header, "bytes=") || !ok || strings.Contains(to, ",") {
		return 0, size, false
	}
	first, errFirst := strconv.ParseInt(from, 10, 64)
	last, errLast := strconv.ParseInt(to, 10, 64)
	switch {
	case from == "" && errLast == nil && last > 0: // the last bytes
		length = min(last, size)
		return size - length, length, true
	case errFirst != nil || first < 0 || to != "" && (errLast != nil || last < first):
		return 0, size, false
	case to == "" || last >= size:
		last = size - 1
	}
	return first, max(0, last-first+1), true
}

func (s *Service) thumbnail(c *fiber.Ctx) error {
	return named(c, func(id uuid.UUID) error {
		small, err := s.Thumbnail(c.UserContext(), id)
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, "image/jpeg")
		c.Set(fiber.HeaderContentDisposition, "inline")
		c.Set(fiber.HeaderContentSecurityPolicy, policyOf("image/jpeg"))
		c.Set(fiber.HeaderCacheControl, "private, max-age=3600")
		return c.Send(small)
	})
}
