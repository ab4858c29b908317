package documents

import (
	"strings"
	"testing"
	"time"

	"shangda/internal/docx"
	"shangda/internal/errs"
)

func TestAListOnPaper(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 2, 17, 5, 0, 0, time.UTC) // the third in Shanghai
	name := "名"
	s := Sheet{Title: "信息列表", Watermark: "张三 仅供内部使用", Columns: []Column{{Title: "标题", Width: 40}, {Title: "篇次", Kind: NumberColumn}, {Title: "日期", Kind: DateColumn}, {Title: "时间", Kind: MomentColumn}, {Title: "备注", Width: 10}, {Title: "内情", Aside: true}},
		Rows: [][]any{{"=1+1", 12, at, &at, &name, "不印"}, {nil, 3.5, (*time.Time)(nil), time.Time{}, true}, {"短行"}}}
	d := s.paper()
	table := d.Blocks[len(d.Blocks)-1].(docx.Table)
	var got []string
	for _, row := range table.Rows {
		var cells []string
		for _, cell := range row.Cells {
			cells = append(cells, cell.Blocks[0].Runs[0].Text)
		}
		got = append(got, strings.Join(cells, "|"))
	}
	if want := "标题|篇次|日期|时间|备注\n=1+1|12|2026-11-03|2026-11-03 01:05|名\n|3.5|||是\n短行||||"; strings.Join(got, "\n") != want {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	total := 0
	for _, w := range table.Widths {
		total += w
	}
	if !table.Rows[0].Head || table.Rows[1].Head || d.Watermark == "" || !d.Across || total > d.Width() || total < d.Width()-10 {
		t.Errorf("%+v, %d of %d wide", table.Rows[0], total, d.Width())
	}
	s.Columns = s.Columns[:2]
	if narrow := s.paper(); narrow.Across || narrow.Width() != official.Width() {
		t.Error("two columns lie on their side")
	}
}

func TestWhatIsNoListIsNotTakenOut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sheet  Sheet
		format string
		want   errs.Kind
	}{
		"no columns":   {Sheet{}, XLSX, errs.Invalid},
		"no format":    {Sheet{Columns: []Column{{Title: "甲"}}}, PDF, errs.Invalid},
		"much paper":   {Sheet{Columns: []Column{{Title: "甲"}}, Rows: make([][]any, MaxPaperRows+1)}, DOCX, errs.TooLarge},
		"a long sheet": {Sheet{Columns: []Column{{Title: "甲"}}, Rows: make([][]any, MaxRows+1)}, XLSX, errs.TooLarge},
	} {
		if err := c.sheet.fits(c.format); !errs.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
