package consultations

import (
	"context"
	"fmt"
	"net/http"
	"strings"
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

var dimensionText = map[string]string{"politics": "政治关", "policy": "政策关", "content": "内容关"}

// paperRoute registers the sheet as a document.
func (s *Service) paperRoute(api *authz.API) {
	authz.Raw(api, documents.ExportRight, huma.Operation{
		OperationID: "export-consultation", Method: http.MethodGet, Path: "/consultations/{id}/document", Tags: []string{"consultations"}, Summary: "下载会商意见单（Word）",
		Parameters: []*huma.Param{{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: "string", Format: "uuid"}}}, Responses: documents.FileResponse(documents.DOCX),
	}, func(c *fiber.Ctx) error {
		id, err := uuid.Parse(c.Params("id"))
		if err != nil {
			return httpx.WriteProblem(c, errs.Missing())
		}
		e, content, err := s.Export(c.UserContext(), id)
		if err != nil {
			return httpx.WriteProblem(c, err)
		}
		return documents.Send(c, e, content)
	})
}

// Export is the sheet with every opinion as a Word document, for who sees all of it.
func (s *Service) Export(ctx context.Context, id uuid.UUID) (documents.Export, []byte, error) {
	var e documents.Export
	q, err := s.db.Read(ctx)
	if err != nil {
		return e, nil, err
	}
	c, err := findSheet(ctx, q, id)
	if err != nil {
		return e, nil, err
	}
	if _, err := s.reports.Load(ctx, q, c.ReportID); err != nil {
		return e, nil, err
	}
	if !authz.May(q.Principal(), authz.CheckRead) {
		return e, nil, errs.Missing()
	}
	sheet, err := s.view(ctx, q, c, true)
	if err != nil {
		return e, nil, err
	}
	e = documents.Export{Subject: tenancy.Subject{Kind: "consultation", ID: id}, Name: kindText[sheet.Kind] + "意见单 " + sheet.ReportTitle, Format: documents.DOCX, Rows: len(sheet.Opinions)}
	watermark, err := documents.Take(ctx, s.db, e)
	if err != nil {
		return e, nil, err
	}
	d := documents.Paper(e.Name, watermark)
	d.Blocks = append(documents.Heading(q.Principal().Tenant.Name+"\n"+kindText[sheet.Kind]+"意见单"), sheet.form().Table())
	content, err := d.Bytes()
	return e, content, err
}

func (v Sheet) form() *documents.Form {
	form := &documents.Form{}
	form.Wide("信息标题", v.ReportTitle)
	form.Tall("征求事项", 2, strings.Split(v.Question, "\n")...)
	form.Pairs("发起人", v.Starter, "发起时间", moment(&v.StartedAt))
	if v.Kind == Workshop {
		form.Pairs("研讨时间", moment(v.MeetsAt), "地点", v.Place)
	} else {
		form.Pairs("答复期限", v.DueOn, "已答复", v.answered())
	}
	for _, o := range v.Opinions {
		form.Tall(o.Name, 2, o.lines(v.State)...)
	}
	if v.Minutes != "" {
		form.Tall("研讨记录", 3, strings.Split(v.Minutes, "\n")...)
	}
	if v.State == Cancelled {
		form.Tall("撤销理由", 2, strings.Split(v.Conclusion, "\n")...)
	} else {
		form.Tall("结论", 3, strings.Split(v.Conclusion, "\n")...)
	}
	form.Pairs("办结人", v.Closer, "办结时间", moment(v.ClosedAt))
	return form
}

// lines are what stands on the sheet of one opinion.
func (o Opinion) lines(sheet string) []string {
	switch {
	case o.State == Released:
		return []string{"不再征求"}
	case o.State == Asked && sheet == Open:
		return []string{"尚未答复"}
	case o.State == Asked:
		return []string{"未答复"}
	}
	lines := []string{verdictText[o.Verdict]}
	if o.Opinion != "" {
		lines = append(lines, strings.Split(o.Opinion, "\n")...)
	}
	for _, d := range o.Dimensions {
		line := dimensionText[d.Name] + "：" + map[bool]string{true: "通过", false: "有问题"}[d.Passed]
		if d.Remark != "" {
			line += "（" + d.Remark + "）"
		}
		lines = append(lines, line)
	}
	signed := []string{o.Giver, moment(o.GivenAt)}
	if o.Recorder != "" {
		signed = append(signed, o.Recorder+"录入")
	}
	if o.Late {
		signed = append(signed, "逾期")
	}
	return append(lines, strings.TrimSpace(strings.Join(signed, "　")))
}

func (v Sheet) answered() string {
	given, asked := 0, 0
	for _, o := range v.Opinions {
		if o.State == Given {
			given++
		}
		if o.State != Released {
			asked++
		}
	}
	return fmt.Sprintf("%d/%d", given, asked)
}

func moment(at *time.Time) string {
	if at == nil {
		return ""
	}
	return at.In(zone).Format("2006年1月2日 15:04")
}
