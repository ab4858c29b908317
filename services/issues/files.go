package issues

import (
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/httpx"
	"shangda/services/documents"
)

// fileRoutes registers what is downloaded.
func (s *Service) fileRoutes(api *authz.API) {
	text := func(values ...any) *huma.Schema { return &huma.Schema{Type: "string", Enum: values} }
	id := &huma.Param{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: "string", Format: "uuid"}}
	format := &huma.Param{Name: "format", In: "query", Schema: text(documents.DOCX, documents.PDF)}
	papers, lists := []string{documents.DOCX, documents.PDF}, []string{documents.XLSX, documents.DOCX}
	file := func(opID, path, summary string, kinds []string, params ...*huma.Param) huma.Operation {
		return huma.Operation{OperationID: opID, Method: http.MethodGet, Path: path, Tags: []string{"issues"}, Summary: summary, Parameters: params, Responses: documents.FileResponse(kinds...)}
	}
	authz.Raw(api, documents.ExportRight, file("export-issue", "/issues/{id}/document", "下载一期（Word 或 PDF）", papers, id, format),
		s.send(func(c *fiber.Ctx, id uuid.UUID) (documents.Export, []byte, error) {
			return s.ExportIssue(c.UserContext(), id, c.Query("format", documents.DOCX))
		}))
	authz.Raw(api, documents.ExportRight, file("export-report-paper", "/reports/{id}/document", "下载信息、修订稿、核稿单或签批单（Word 或 PDF）", papers, id, format,
		&huma.Param{Name: "paper", In: "query", Schema: text(PurposeReport, paperRevised, PurposeProof, PurposeSigning)}),
		s.send(func(c *fiber.Ctx, id uuid.UUID) (documents.Export, []byte, error) {
			return s.ExportReport(c.UserContext(), id, c.Query("paper", PurposeReport), c.Query("format", documents.DOCX))
		}))
	authz.Raw(api, documents.ExportRight, file("preview-template", "/document-templates/{id}/preview", "模板样例（Word 或 PDF）", papers, id, format),
		s.send(func(c *fiber.Ctx, id uuid.UUID) (documents.Export, []byte, error) {
			return s.PreviewTemplate(c.UserContext(), id, c.Query("format", documents.DOCX))
		}))
	authz.Raw(api, documents.ExportRight, file("export-register", "/exports/issues", "导出编发登记簿（Excel 或 Word）", lists,
		&huma.Param{Name: "year", In: "query", Schema: &huma.Schema{Type: "integer"}}, &huma.Param{Name: "journal", In: "query", Schema: &huma.Schema{Type: "string", Format: "uuid"}},
		&huma.Param{Name: "format", In: "query", Schema: text(documents.XLSX, documents.DOCX)}),
		s.sendRegister)
}

// send answers with the paper that make gives of the object in the path.
func (s *Service) send(make func(c *fiber.Ctx, id uuid.UUID) (documents.Export, []byte, error)) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := uuid.Parse(c.Params("id"))
		if err != nil {
			return httpx.WriteProblem(c, errs.Missing())
		}
		e, content, err := make(c, id)
		if err != nil {
			return httpx.WriteProblem(c, err)
		}
		return documents.Send(c, e, content)
	}
}

func (s *Service) sendRegister(c *fiber.Ctx) error {
	year, err := strconv.Atoi(c.Query("year", "0"))
	if err != nil || year < 0 || year > 9999 {
		return httpx.WriteProblem(c, errs.InvalidField("year", "年份应写作 2026"))
	}
	journal := uuid.Nil
	if text := c.Query("journal"); text != "" {
		if journal, err = uuid.Parse(text); err != nil {
			return httpx.WriteProblem(c, errs.InvalidField("journal", "没有这个刊物"))
		}
	}
	e, content, err := s.Register(c.UserContext(), year, journal, c.Query("format", documents.XLSX))
	if err != nil {
		return httpx.WriteProblem(c, err)
	}
	return documents.Send(c, e, content)
}
