package documents

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Kind is how the cells of a column look.
type Kind string

// The kinds of column. Moments are shown in Shanghai.
const (
	TextColumn   Kind = ""
	NumberColumn Kind = "number"
	DateColumn   Kind = "date"
	MomentColumn Kind = "moment"
)

// Column is a column of a sheet. Width is in characters; zero fits the kind. One that stands Aside is left out on paper.
type Column struct {
	Title string
	Width float64
	Kind  Kind
	Aside bool
}

// Sheet is a list as a spreadsheet. A cell is text, a whole or a decimal number, a moment, a pointer to one of these, or nil.
// Watermark says who took it out and when (Export.Watermark); it stands under the title and on every printed page.
type Sheet struct {
	Title     string
	Columns   []Column
	Rows      [][]any
	Watermark string
}

// MaxRows is how many rows one sheet may have.
const MaxRows = 100_000

const (
	maxCell   = 32_000 // Excel's own limit is 32,767
	sheetName = "Sheet1"
	headRows  = 3 // title, watermark, column titles
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// WriteSheet writes the sheet as .xlsx, row by row. No cell is ever a formula, and none becomes one in another program.
func WriteSheet(w io.Writer, s Sheet) error {
	if err := s.fits(XLSX); err != nil {
		return err
	}
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	if err := paper(f, s); err != nil {
		return err
	}
	styles, err := sheetStyles(f)
	if err != nil {
		return err
	}
	out, err := f.NewStreamWriter(sheetName)
	if err != nil {
		return err
	}
	if err := s.head(out, styles); err != nil {
		return err
	}
	for i, row := range s.Rows {
		cells := make([]any, len(s.Columns))
		for j := range cells {
			if j < len(row) {
				cells[j] = excelize.Cell{StyleID: styles[s.Columns[j].Kind], Value: cellValue(row[j])}
			}
		}
		if err := out.SetRow(fmt.Sprintf("A%d", headRows+1+i), cells); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

// paper is how the sheet is printed: A4 across, its width on one page, column titles and watermark on each.
func paper(f *excelize.File, s Sheet) error {
	a4, across, wide, high, yes := 9, "landscape", 1, 0, true
	if err := f.SetSheetProps(sheetName, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	if err := f.SetPageLayout(sheetName, &excelize.PageLayoutOptions{Size: &a4, Orientation: &across, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	mark := shorten(strings.ReplaceAll(s.Watermark, "&", "&&"), 200)
	if err := f.SetHeaderFooter(sheetName, &excelize.HeaderFooterOptions{OddHeader: "&R" + mark, OddFooter: "&L" + mark + "&R第 &P 页 共 &N 页"}); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", sheetName, headRows, headRows), Scope: sheetName})
}

const (
	titleStyle  Kind = "title"
	markStyle   Kind = "watermark"
	columnStyle Kind = "column"
)

func sheetStyles(f *excelize.File) (map[Kind]int, error) {
	day, moment := "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
	line := []excelize.Border{{Type: "left", Style: 1, Color: "BFBFBF"}, {Type: "right", Style: 1, Color: "BFBFBF"}, {Type: "top", Style: 1, Color: "BFBFBF"}, {Type: "bottom", Style: 1, Color: "BFBFBF"}}
	wrapped := &excelize.Alignment{Vertical: "top", WrapText: true}
	styles := map[Kind]int{}
	for kind, style := range map[Kind]*excelize.Style{
		titleStyle:   {Font: &excelize.Font{Bold: true, Size: 16}},
		markStyle:    {Font: &excelize.Font{Size: 9, Color: "7F7F7F"}},
		columnStyle:  {Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F2"}}, Border: line, Alignment: wrapped},
		TextColumn:   {Border: line, Alignment: wrapped},
		NumberColumn: {Border: line, Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "right"}},
		DateColumn:   {Border: line, Alignment: wrapped, CustomNumFmt: &day},
		MomentColumn: {Border: line, Alignment: wrapped, CustomNumFmt: &moment},
	} {
		id, err := f.NewStyle(style)
		if err != nil {
			return nil, err
		}
		styles[kind] = id
	}
	return styles, nil
}

// head writes widths, title, watermark and the titles of the columns, which stay in sight.
func (s Sheet) head(out *excelize.StreamWriter, styles map[Kind]int) error {
	titles := make([]any, len(s.Columns))
	for i, c := range s.Columns {
		titles[i] = excelize.Cell{StyleID: styles[columnStyle], Value: Inert(c.Title)}
		if err := out.SetColWidth(i+1, i+1, c.width()); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: headRows, TopLeftCell: fmt.Sprintf("A%d", headRows+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := out.SetRow("A1", []any{excelize.Cell{StyleID: styles[titleStyle], Value: Inert(s.Title)}}); err != nil {
		return err
	}
	if err := out.SetRow("A2", []any{excelize.Cell{StyleID: styles[markStyle], Value: Inert(s.Watermark)}}); err != nil {
		return err
	}
	return out.SetRow(fmt.Sprintf("A%d", headRows), titles)
}

func (c Column) width() float64 {
	switch {
	case c.Width > 0:
		return min(c.Width, 100)
	case c.Kind == MomentColumn:
		return 18
	case c.Kind == TextColumn:
		return 24
	}
	return 12
}

// cellValue is what a cell shows of a value.
func cellValue(v any) any {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		return Inert(v)
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return wall(v)
	case *time.Time:
		if v == nil {
			return nil
		}
		return wall(*v)
	case *string:
		if v == nil {
			return nil
		}
		return Inert(*v)
	case int, int16, int32, int64, uint8, uint16, uint32, float32, float64:
		return v
	case bool:
		if v {
			return "是"
		}
		return "否"
	}
	return Inert(fmt.Sprint(v))
}

// wall is what the clock on a wall in Shanghai shows; a spreadsheet knows no zones.
func wall(t time.Time) time.Time {
	t = t.In(shanghai)
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}

// Inert is a text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it.
func Inert(text string) string {
	text = shorten(text, maxCell)
	if first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " \u00a0\u3000")); strings.ContainsRune("=+-@＝＋－＠", first) || strings.HasPrefix(text, "\t") || strings.HasPrefix(text, "\r") {
		return "'" + text
	}
	return text
}

// shorten keeps the beginning of a text that is too long.
func shorten(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return string([]rune(text)[:limit-1]) + "…"
}
