package documents_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shangda/services/documents"
)

// TestASheetOpensInLibreOffice prints a long list and reads its pages: every row, the column titles and the watermark on each
// page, A4 across. SHANGDA_PICTURES names a folder for pictures of the pages.
func TestASheetOpensInLibreOffice(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"soffice", "pdftotext", "pdfinfo"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("no LibreOffice or no poppler-utils on this machine: .ci/need browser installs them")
		}
	}
	rows := [][]any{}
	for i := range 60 {
		rows = append(rows, []any{fmt.Sprintf("关于第%d件事的建议，=1+1", i+1), i * 10, time.Date(2026, 11, 2, 17, 5, 0, 0, time.UTC)})
	}
	_, content := sheet(t, documents.Sheet{Title: "信息列表", Watermark: "张三 甲&乙 仅供内部使用", Rows: rows,
		Columns: []documents.Column{{Title: "标题", Width: 60}, {Title: "字数", Kind: documents.NumberColumn}, {Title: "日期", Kind: documents.DateColumn}}})
	dir := t.TempDir()
	if pictures := os.Getenv("SHANGDA_PICTURES"); pictures != "" {
		dir = pictures
	}
	list := filepath.Join(dir, "sheet.xlsx")
	if err := os.WriteFile(list, content, 0o600); err != nil {
		t.Fatal(err)
	}
	call := func(name string, args ...string) string {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		out, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v: %s", name, err, out)
		}
		return string(out)
	}
	call("soffice", "-env:UserInstallation=file://"+filepath.Join(t.TempDir(), "profile"), "--headless", "--norestore", "--convert-to", "pdf", "--outdir", dir, list)
	file := filepath.Join(dir, "sheet.pdf")
	if size := call("pdfinfo", file); !strings.Contains(size, "841.") {
		t.Errorf("not A4 across: %s", size)
	}
	pages := strings.Split(strings.TrimSuffix(call("pdftotext", "-layout", file, "-"), "\f"), "\f")
	if len(pages) < 2 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, page := range pages {
		for _, want := range []string{"标题", "字数", "日期", "张三 甲&乙 仅供内部使用"} {
			if !strings.Contains(page, want) {
				t.Errorf("page %d does not show %q", i+1, want)
			}
		}
	}
	all := strings.Join(pages, "")
	for i := range 60 {
		if !strings.Contains(all, fmt.Sprintf("关于第%d件事的建议，=1+1", i+1)) {
			t.Errorf("row %d is not printed", i+1)
		}
	}
}
