// Package docxtest shows tests what a document looks like on paper.
package docxtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"shangda/internal/docx"
)

// Printed is the text of a document as LibreOffice prints it, without blanks. SHANGDA_PICTURES names a folder for pictures of the
// pages. It skips the test where the machine cannot print.
func Printed(t *testing.T, name string, content []byte) string {
	t.Helper()
	printer := docx.NewPrinter(1)
	t.Cleanup(func() { _ = printer.Close() })
	if _, err := exec.LookPath("pdftotext"); err != nil || !printer.Able() {
		t.Skip("no LibreOffice or no poppler-utils on this machine: .ci/need browser installs them")
	}
	pdf, err := printer.PDF(t.Context(), content)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if pictures := os.Getenv("SHANGDA_PICTURES"); pictures != "" {
		dir = pictures
	}
	file := filepath.Join(dir, name+".pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if os.Getenv("SHANGDA_PICTURES") != "" {
		if out, err := exec.CommandContext(t.Context(), "pdftoppm", "-r", "60", "-png", file, filepath.Join(dir, name)).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	text, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(text)), "")
}
