package documents_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"shangda/services/documents"
)

func sheet(t *testing.T, s documents.Sheet) (*excelize.File, []byte) {
	t.Helper()
	var b bytes.Buffer
	if err := documents.WriteSheet(&b, s); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f, b.Bytes()
}

// part is one part of a zipped document as text.
func part(t *testing.T, content []byte, name string) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := archive.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestASheetShowsItsRows(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 2, 17, 5, 0, 0, time.UTC) // the third in Shanghai
	f, raw := sheet(t, documents.Sheet{
		Title: "信息列表", Watermark: "张三 甲&乙 2026-11-03 01:05 仅供内部使用",
		Columns: []documents.Column{{Title: "标题", Width: 40}, {Title: "字数", Kind: documents.NumberColumn}, {Title: "日期", Kind: documents.DateColumn}, {Title: "时间", Kind: documents.MomentColumn}, {Title: "备注"}},
		Rows:    [][]any{{"路口积水", 1200, at, &at, nil}, {"停车难", 3.5, (*time.Time)(nil), time.Time{}, true}, {"短行"}},
	})
	rows, err := f.GetRows("Sheet1")
	if err != nil || len(rows) != 6 {
		t.Fatalf("%v, %v", rows, err)
	}
	for cell, want := range map[string]string{"A1": "信息列表", "A2": "张三 甲&乙 2026-11-03 01:05 仅供内部使用", "A3": "标题", "A4": "路口积水", "B4": "1200", "C4": "2026-11-03", "D4": "2026-11-03 01:05", "B5": "3.5", "C5": "", "E5": "是", "A6": "短行"} {
		if got, _ := f.GetCellValue("Sheet1", cell); got != want {
			t.Errorf("%s: %q, want %q", cell, got, want)
		}
	}
	xml := part(t, raw, "xl/worksheets/sheet1.xml")
	if !strings.Contains(xml, "甲&amp;&amp;乙") || !strings.Contains(xml, "<headerFooter>") || !strings.Contains(xml, `orientation="landscape"`) {
		t.Error("the printed pages carry no watermark or are not A4 across")
	}
}

func TestNoCellBecomesAFormula(t *testing.T) {
	t.Parallel()
	evil := []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0", "＝1+1", "　=1"}
	rows := [][]any{}
	for _, text := range evil {
		rows = append(rows, []any{text, -5})
	}
	f, raw := sheet(t, documents.Sheet{Title: "=1", Watermark: "=2", Columns: []documents.Column{{Title: "=3"}, {Title: "数", Kind: documents.NumberColumn}}, Rows: rows})
	for i := range evil {
		cell, _ := excelize.CoordinatesToCellName(1, i+4)
		if got, _ := f.GetCellValue("Sheet1", cell); !strings.HasPrefix(got, "'") {
			t.Errorf("%q goes out as %q", evil[i], got)
		}
	}
	for _, cell := range []string{"A1", "A2", "A3"} {
		if got, _ := f.GetCellValue("Sheet1", cell); !strings.HasPrefix(got, "'") {
			t.Errorf("%s is %q", cell, got)
		}
	}
	if got, _ := f.GetCellValue("Sheet1", "B4"); got != "-5" {
		t.Errorf("a number became %q", got)
	}
	if strings.Contains(part(t, raw, "xl/worksheets/sheet1.xml"), "<f>") {
		t.Error("there is a formula")
	}
	for _, harmless := range []string{"", "关于 1+1 的建议", "a=b", "甲-乙"} {
		if documents.Inert(harmless) != harmless {
			t.Errorf("%q is changed", harmless)
		}
	}
}

func TestASheetHasItsLimits(t *testing.T) {
	t.Parallel()
	if err := documents.WriteSheet(io.Discard, documents.Sheet{}); err == nil {
		t.Error("a sheet without columns")
	}
	if err := documents.WriteSheet(io.Discard, documents.Sheet{Columns: []documents.Column{{Title: "甲"}}, Rows: make([][]any, documents.MaxRows+1)}); err == nil {
		t.Error("a sheet without end")
	}
	f, _ := sheet(t, documents.Sheet{Columns: []documents.Column{{Title: "甲"}}, Rows: [][]any{{strings.Repeat("长", 40_000)}}})
	if got, _ := f.GetCellValue("Sheet1", "A4"); len([]rune(got)) != 32_000 {
		t.Errorf("a cell of %d characters", len([]rune(got)))
	}
}
