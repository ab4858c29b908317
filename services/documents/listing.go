package documents

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"time"

	"shangda/internal/docx"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// MaxPaperRows is how many rows a list on paper may have.
const MaxPaperRows = 2000

// TakeList takes a list out as a spreadsheet or as a table on A4: what cannot be made is refused before it is written down.
func TakeList(ctx context.Context, db *tenancy.DB, e Export, s Sheet) (Export, []byte, error) {
	e.Rows = len(s.Rows)
	err := s.fits(e.Format)
	if err != nil {
		return e, nil, err
	}
	if s.Watermark, err = Take(ctx, db, e); err != nil {
		return e, nil, err
	}
	if e.Format == DOCX {
		content, err := s.paper().Bytes()
		return e, content, err
	}
	var b bytes.Buffer
	err = WriteSheet(&b, s)
	return e, b.Bytes(), err
}

func (s Sheet) fits(format string) error {
	most, otherwise := MaxRows, ""
	switch format {
	case XLSX:
	case DOCX:
		most, otherwise = MaxPaperRows, "，或导出 Excel"
	default:
		return errs.InvalidField("format", "列表只能导出为 xlsx 或 docx")
	}
	if len(s.Columns) == 0 {
		return errs.InvalidField("columns", "请至少选择一列")
	}
	if len(s.Rows) > most {
		return errs.New(errs.TooLarge, "一次最多导出 %d 行，请缩小范围%s", most, otherwise)
	}
	return nil
}

// lying are the margins of a page on its side: the same text of 156 × 225 mm, turned.
var lying = docx.Margins{Top: docx.Mm(28), Right: docx.Mm(37), Bottom: docx.Mm(26), Left: docx.Mm(35), Number: docx.Mm(15)}

const (
	uprightWidth = 84 // columns of this width together fill an upright page
	listRow      = 400
	smallSize5   = 18 // 小五
)

// paper is the list under its title, its columns in their proportions; on its side where they are wide. The names of the
// columns stand on every page.
func (s Sheet) paper() docx.Document {
	total := 0.0
	for _, c := range s.Columns {
		if !c.Aside {
			total += c.width()
		}
	}
	d := Paper(s.Title, s.Watermark)
	size := size5
	if total > uprightWidth {
		d.Across, d.Margins = true, lying
	}
	if total > 1.5*uprightWidth {
		size = smallSize5
	}
	table := docx.Table{Rule: docx.Rule{Size: 4}}
	head := docx.Row{Height: listRow, Head: true}
	for _, c := range s.Columns {
		if !c.Aside {
			table.Widths = append(table.Widths, int(float64(d.Width())*c.width()/total))
			head.Cells = append(head.Cells, cellOf(docx.Font{Name: firstFont, Size: size}, docx.Center, c.Title))
		}
	}
	table.Rows = append(table.Rows, head)
	for _, values := range s.Rows {
		row := docx.Row{Height: listRow}
		for i, c := range s.Columns {
			text, align := "", docx.Left
			if c.Aside {
				continue
			}
			if i < len(values) {
				text = c.printed(values[i])
			}
			if c.Kind != TextColumn {
				align = docx.Center
			}
			row.Cells = append(row.Cells, cellOf(docx.Font{Name: bodyFont, Size: size}, align, text))
		}
		table.Rows = append(table.Rows, row)
	}
	d.Blocks = append(Heading(s.Title), table)
	return d
}

func cellOf(font docx.Font, align docx.Align, text string) docx.Cell {
	return docx.Cell{Blocks: []docx.Paragraph{{Align: align, Runs: []docx.Run{{Text: text, Font: font}}}}}
}

// printed is what a cell on paper shows of a value.
func (c Column) printed(value any) string {
	layout := "2006-01-02 15:04"
	if c.Kind == DateColumn {
		layout = time.DateOnly
	}
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case *string:
		if v == nil {
			return ""
		}
		return *v
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.In(shanghai).Format(layout)
	case *time.Time:
		if v == nil {
			return ""
		}
		return c.printed(*v)
	case bool:
		if v {
			return "是"
		}
		return "否"
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}
