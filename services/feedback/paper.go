package feedback

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// The papers on a report.
const (
	PaperLetter = "letter"
	PaperThanks = "thanks"
)

var paperText = map[string]string{PaperLetter: "反馈函", PaperThanks: "感谢信"}

// Paper is a 反馈函 or a 感谢信 as a Word document, to the author or to the unit the report came from.
func (s *Service) Paper(ctx context.Context, report uuid.UUID, paper string) (documents.Export, []byte, error) {
	var e documents.Export
	if paperText[paper] == "" {
		return e, nil, errs.Missing()
	}
	q, err := s.db.Read(ctx)
	if err != nil {
		return e, nil, err
	}
	r, err := s.open(ctx, q, report, authz.FeedbackWrite)
	if err != nil {
		return e, nil, err
	}
	outcomes, err := s.Outcomes(ctx, q, report)
	if err != nil {
		return e, nil, err
	}
	switch {
	case len(outcomes) == 0 || r.State == "draft":
		return e, nil, errs.New(errs.Conflict, "还没有处理结果，不能出具%s", paperText[paper])
	case paper == PaperThanks && !adopted(outcomes):
		return e, nil, errs.New(errs.Conflict, "采用后才能出具感谢信")
	}
	e = documents.Export{Subject: subject(report), Name: paperText[paper] + " " + r.Title, Format: documents.DOCX, Rows: len(outcomes), Given: true}
	watermark, err := documents.Take(ctx, s.db, e)
	if err != nil {
		return e, nil, err
	}
	content, err := r.paper(paper, watermark, q.Principal().Tenant, outcomes, q.Now())
	return e, content, err
}

func (r Report) paper(paper, watermark string, unit tenancy.Tenant, outcomes []Outcome, now time.Time) ([]byte, error) {
	text := r.letter(outcomes)
	if paper == PaperThanks {
		text = r.thanks(outcomes)
	}
	d := documents.Paper(paperText[paper], watermark)
	d.Blocks = append(d.Blocks, documents.Heading(paperText[paper])...)
	d.Blocks = append(d.Blocks, documents.Salutation(r.addressee()))
	d.Blocks = append(d.Blocks, documents.Body(text)...)
	d.Blocks = append(d.Blocks, documents.Signed(unit.Name, now.In(zone).Format("2006年1月2日"))...)
	return d.Bytes()
}

func (r Report) addressee() string {
	if r.Sender != "" {
		return r.Sender
	}
	return r.AuthorName + "同志"
}

// you is how the addressee is spoken to, and whose report it is.
func (r Report) you() (you, yours string) {
	if r.Sender != "" {
		return "贵单位", "报送"
	}
	return "您", "反映"
}

func (r Report) letter(outcomes []Outcome) string {
	you, yours := r.you()
	var b strings.Builder
	b.WriteString(you + yours + "的《" + r.Title + "》")
	if r.Number != "" {
		b.WriteString("（编号：" + r.Number + "）")
	}
	b.WriteString("收悉。现将有关情况反馈如下：\n")
	for _, o := range outcomes {
		b.WriteString(o.OccurredAt.In(zone).Format("2006年1月2日") + "，" + o.Words + "。\n")
	}
	b.WriteString("感谢" + you + "对社情民意信息工作的支持，欢迎继续反映情况、提出建议。\n特此函告。")
	return b.String()
}

func (r Report) thanks(outcomes []Outcome) string {
	you, yours := r.you()
	var places []string
	for _, o := range outcomes {
		if o.Kind == "adopted" {
			places = append(places, o.OccurredAt.In(zone).Format("2006年1月2日")+"被"+o.Words)
		}
	}
	return you + yours + "的《" + r.Title + "》，" + strings.Join(places, "，") + "。\n" +
		you + "深入了解实情，认真分析研究，为党委和政府了解民意、改进工作提供了参考。谨向" + you + "致以诚挚的感谢！\n" +
		"希望" + you + "一如既往关心社情民意信息工作，多报实情、多献良策。"
}
