package meetings

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/services/documents"
	"shangda/tenancy"
)

var zone = time.FixedZone("Asia/Shanghai", 8*60*60)

// Paper is the meeting as a Word document: its heads, its agenda, the list of changes and the minutes.
func (s *Service) Paper(ctx context.Context, id uuid.UUID) (documents.Export, []byte, error) {
	var e documents.Export
	m, err := s.Get(ctx, id)
	if err != nil {
		return e, nil, err
	}
	e = documents.Export{Subject: subject(id), Name: "工作例会 " + m.Title, Format: documents.DOCX, Rows: len(m.Changes)}
	watermark, err := documents.Take(ctx, s.db, e)
	if err != nil {
		return e, nil, err
	}
	content, err := m.paper(watermark, tenancy.From(ctx).Tenant.Name)
	return e, content, err
}

func (m Meeting) paper(watermark, unit string) ([]byte, error) {
	d := documents.Paper(m.Title, watermark)
	d.Blocks = append(d.Blocks, documents.Heading(unit+"\n"+m.Title)...)
	form := &documents.Form{}
	form.Pairs("时间", moment(m.HeldAt), "地点", m.Place)
	form.Pairs("主持人", m.Host, "状态", map[string]string{Planned: "拟召开", Closed: "已办结"}[m.State])
	form.Tall("参加人员", 2, strings.Split(m.Attendees, "\n")...)
	agenda := make([]string, 0, len(m.Agenda))
	for i, item := range m.Agenda {
		agenda = append(agenda, fmt.Sprintf("%d．%s", i+1, item))
	}
	form.Tall("议题", 2, agenda...)
	form.Tall("纪要", 3, strings.Split(m.Minutes, "\n")...)
	d.Blocks = append(d.Blocks, form.Table(), documents.Blank(), documents.Section(m.listTitle()))
	if len(m.Changes) == 0 {
		d.Blocks = append(d.Blocks, documents.Body("这段时间没有新的处理结果。")...)
		return d.Bytes()
	}
	changes := &documents.Form{}
	for _, c := range m.Changes {
		told := "由来文单位告知作者"
		if c.Own {
			told = map[bool]string{true: "已告知作者", false: "尚未告知作者"}[c.Told]
		}
		changes.Tall(c.At.In(zone).Format("1月2日"), 2, c.whose(), c.What+"；"+told)
	}
	d.Blocks = append(d.Blocks, changes.Table())
	return d.Bytes()
}

func (m Meeting) listTitle() string {
	until := "今"
	if m.ClosedAt != nil {
		until = m.ClosedAt.In(zone).Format("1月2日")
	}
	return fmt.Sprintf("反馈清单（%s至%s，共%d件）", m.Since.In(zone).Format("2006年1月2日"), until, len(m.Changes))
}

func moment(at time.Time) string { return at.In(zone).Format("2006年1月2日 15:04") }

// whose is the report of a change, with its number and author where there are any.
func (c Change) whose() string {
	text := "《" + c.Title + "》"
	if c.Number != "" {
		text = c.Number + "　" + text
	}
	if c.Author != "" {
		text += "（" + c.Author + "）"
	}
	return text
}
