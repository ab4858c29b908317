package reports

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/httpx"
	"shangda/services/documents"
	"shangda/tenancy"
)

// maxExport is how many reports one exported list may have.
const maxExport = 20_000

// listColumn is a column that an exported list of reports may have.
type listColumn struct {
	Key string
	documents.Column
	of func(v *ReportView) any
}

var listColumns = []listColumn{
	{"number", documents.Column{Title: "编号", Width: 18}, func(v *ReportView) any { return v.Number }},
	{"title", documents.Column{Title: "标题", Width: 46}, func(v *ReportView) any { return v.Title }},
	{"author", documents.Column{Title: "反映人", Width: 12}, func(v *ReportView) any {
		if v.Author == nil {
			return nil
		}
		return v.Author.Name
	}},
	{"origin", documents.Column{Title: "来文单位", Width: 22}, func(v *ReportView) any {
		if v.Origin == nil {
			return nil
		}
		return v.Origin.Name
	}},
	{"category", documents.Column{Title: "分类", Width: 14}, func(v *ReportView) any { return v.Category }},
	{"topic", documents.Column{Title: "主题", Width: 16}, func(v *ReportView) any { return v.Topic }},
	{"class", documents.Column{Title: "类别", Width: 8}, func(v *ReportView) any { return classText[v.Class] }},
	{"urgency", documents.Column{Title: "紧急程度", Width: 9}, func(v *ReportView) any { return urgencyText[v.Urgency] }},
	{"state", documents.Column{Title: "状态", Width: 10}, func(v *ReportView) any { return stateText[v.State] }},
	{"adopted", documents.Column{Title: "采用", Width: 28}, func(v *ReportView) any { return v.adoptedBy() }},
	{"times", documents.Column{Title: "采用篇次", Kind: documents.NumberColumn, Width: 9}, func(v *ReportView) any { return v.Adoptions.Times }},
	{"submitted_at", documents.Column{Title: "提交时间", Kind: documents.MomentColumn}, func(v *ReportView) any { return v.SubmittedAt }},
	{"signed_at", documents.Column{Title: "签发时间", Kind: documents.MomentColumn}, func(v *ReportView) any { return v.SignedAt }},
}

var classText = map[string]string{"ordinary": "一般", "important": "重要"}

// adoptedBy names who adopted the report and how: 临江市政协单篇、江南省政协综合.
func (v *ReportView) adoptedBy() string {
	var all []string
	for _, o := range v.Outcomes {
		if o.Kind == KindAdopted {
			all = append(all, o.Name+formText[o.Form])
		}
	}
	return strings.Join(all, "、")
}

// chosen are the columns of those names, in that order; all of them where none is named.
func chosen(names string) ([]listColumn, error) {
	if names == "" {
		return listColumns, nil
	}
	var list []listColumn
	seen := map[string]bool{}
	for name := range strings.SplitSeq(names, ",") {
		found := false
		for _, c := range listColumns {
			if c.Key == name && !seen[name] {
				list, found, seen[name] = append(list, c), true, true
			}
		}
		if !found {
			return nil, errs.InvalidField("columns", "没有“%s”这一列，或重复选择", name)
		}
	}
	return list, nil
}

// ExportList is a whole list, narrowed as on the screen, as a spreadsheet or on paper with the chosen columns, and what was
// taken out.
func (s *Service) ExportList(ctx context.Context, f Filter, columns, format string) (documents.Export, []byte, error) {
	e := documents.Export{Name: "信息列表", Format: format}
	p, err := tenancy.Caller(ctx)
	if err != nil {
		return e, nil, err
	}
	if err := authz.Holds(p, documents.ExportRight); err != nil {
		return e, nil, err
	}
	cols, err := chosen(columns)
	if err != nil {
		return e, nil, err
	}
	sheet := documents.Sheet{Title: e.Name}
	for _, c := range cols {
		sheet.Columns = append(sheet.Columns, c.Column)
	}
	f.Limit = 100
	for {
		page, next, err := s.List(ctx, f)
		if err != nil {
			return e, nil, err
		}
		for i := range page {
			row := make([]any, len(cols))
			for j, c := range cols {
				row[j] = c.of(&page[i])
			}
			sheet.Rows = append(sheet.Rows, row)
		}
		if len(sheet.Rows) > maxExport {
			return e, nil, errs.New(errs.TooLarge, "一次最多导出 %d 篇，请缩小范围", maxExport)
		}
		if f.Cursor = next; next == "" {
			break
		}
	}
	return documents.TakeList(ctx, s.db, e, sheet)
}

// exportRoutes registers the list as a file. It takes the parameters of the list.
func (s *Service) exportRoutes(api *authz.API) {
	text := &huma.Schema{Type: "string"}
	var query []*huma.Param
	for _, name := range []string{"box", "state", "category", "q", "adopted_level", "adopted_form", "measure", "from", "to", "sender", "columns", "format"} {
		query = append(query, &huma.Param{Name: name, In: "query", Schema: text})
	}
	authz.Raw(api, documents.ExportRight, huma.Operation{
		OperationID: "export-reports", Method: http.MethodGet, Path: "/exports/reports", Tags: []string{"reports"}, Summary: "导出信息列表",
		Description: "与信息列表相同的筛选条件；columns 为逗号分隔的列名，不填为全部列；format 为 xlsx 或 docx。", Parameters: query, Responses: documents.FileResponse(documents.XLSX, documents.DOCX),
	}, func(c *fiber.Ctx) error {
		box := c.Query("box", BoxAll)
		e, content, err := s.ExportList(c.UserContext(), Filter{
			Box: box, State: c.Query("state"), Category: c.Query("category"), Query: c.Query("q"), AdoptedLevel: c.Query("adopted_level"),
			AdoptedForm: c.Query("adopted_form"), Measure: c.Query("measure"), From: c.Query("from"), To: c.Query("to"), Sender: c.Query("sender"),
		}, c.Query("columns"), c.Query("format", documents.XLSX))
		if err != nil {
			return httpx.WriteProblem(c, err)
		}
		return documents.Send(c, e, content)
	})
}
