package filetype_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"shangda/internal/errs"
	"shangda/services/attachments/filetype"
)

func section(content []byte) *io.SectionReader {
	return io.NewSectionReader(bytes.NewReader(content), 0, int64(len(content)))
}

func archive(pairs ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		w, _ := z.Create(pairs[i])
		_, _ = io.WriteString(w, pairs[i+1])
	}
	_ = z.Close()
	return b.Bytes()
}

func office(kind string, pairs ...string) []byte {
	types := fmt.Sprintf(`<Types><Override ContentType="application/vnd.openxmlformats-officedocument.%s.main+xml"/></Types>`, kind)
	return archive(append([]string{"[Content_Types].xml", types}, pairs...)...)
}

func TestAFileIsWhatItsBytesSay(t *testing.T) {
	t.Parallel()
	gb, _ := simplifiedchinese.GB18030.NewEncoder().String("关于公交的情况\r\n站台破损。")
	sheet := func(text string) []byte {
		return office("spreadsheetml.sheet", "xl/workbook.xml", "<workbook/>", "xl/sharedStrings.xml", "<sst><si><t>"+text+"</t></si></sst>")
	}
	slides := func(text string) []byte {
		return office("presentationml.presentation", "ppt/presentation.xml", "<p/>", "ppt/slides/slide1.xml", "<p:sld><a:p><a:r><a:t>"+text+"</a:t></a:r></a:p></p:sld>")
	}
	word := func(part, text string) []byte {
		return office("wordprocessingml.document", "word/document.xml", "<w:document><w:p><w:t>正文</w:t></w:p></w:document>", part, "<w:x><w:p><w:t>"+text+"</w:t></w:p></w:x>")
	}
	deep := "<w:document>" + strings.Repeat("<a>", 3_000_000)
	for _, c := range []struct {
		name    string
		content []byte
		media   string
		kind    errs.Kind
	}{
		{"表.xlsx", sheet("公交"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ""},
		{"汇报.pptx", slides("公交"), "application/vnd.openxmlformats-officedocument.presentationml.presentation", ""},
		{"情况.txt", []byte("关于公交的情况\n站台破损。"), "text/plain", ""},
		{"情况.txt", []byte(gb), "text/plain", ""},
		{"表.xlsx", sheet("机密★一年"), "", errs.Invalid},
		{"汇报.pptx", slides("秘密★"), "", errs.Invalid},
		{"文.docx", word("word/header1.xml", "机密★"), "", errs.Invalid},
		{"情况.txt", []byte("机密★一年\n正文"), "", errs.Invalid},
		{"情况.txt", []byte(strings.Repeat("正文。", 30_000) + "\n绝 密★三十年\n" + strings.Repeat("正文。", 30_000)), "", errs.Invalid},
		{"表.docx", sheet("公交"), "", errs.Invalid},
		{"情况.txt", []byte("MZ\x00\x01"), "", errs.Unsupported},
		{"情况.txt", []byte("a\x1b[2Jb"), "", errs.Unsupported},
		{"文.docx", office("wordprocessingml.document", "word/document.xml", `<!DOCTYPE x [<!ENTITY a "b">]><w:document/>`), "", errs.Unsupported},
		{"文.docx", office("wordprocessingml.document", "word/document.xml", deep), "", errs.TooLarge},
		{"文.docx", office("wordprocessingml.document", "word/document.xml", "<w:document>"+strings.Repeat("长", 1<<20)), "", errs.TooLarge},
		{"表.xlsm", office("spreadsheetml.sheet", "xl/workbook.xml", "<workbook/>", "xl/vbaProject.bin", "x"), "", errs.Invalid},
		{"照片.heic", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), "", errs.Unsupported},
		{"旧.doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)), "", errs.Unsupported},
		{"录音.m4a", []byte("\x00\x00\x00\x10ftypM4A \x00\x00\x00\x00"), "", errs.Unsupported},
		{"视频.mkv", []byte("\x1a\x45\xdf\xa3\x42\x82\x88matroska"), "", errs.Unsupported},
	} {
		found, err := filetype.Examine(c.name, section(c.content))
		if found.Media != c.media || c.kind == "" && err != nil || c.kind != "" && !errs.Is(err, c.kind) {
			t.Errorf("%s: %q, %v; want %q %s", c.name, found.Media, err, c.media, c.kind)
		}
	}
}

// TestOldWordFiles asks LibreOffice for real ones.
func TestOldWordFiles(t *testing.T) {
	t.Parallel()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("没有安装 LibreOffice，跳过旧格式 Word 文件的测试")
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"好": "关于改善公交出行的建议\n站台破损。", "密": "机密★一年\n站台破损。"} {
		if err := os.WriteFile(filepath.Join(dir, name+".txt"), []byte("\ufeff"+text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command(soffice, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "doc", "--outdir", dir, filepath.Join(dir, "好.txt"), filepath.Join(dir, "密.txt")).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	read := func(name string) []byte {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	for _, name := range []string{"好.doc", "好.wps"} {
		if found, err := filetype.Examine(name, section(read("好.doc"))); err != nil || found.Media != "application/msword" {
			t.Errorf("%s: %v %v", name, found, err)
		}
	}
	if _, err := filetype.Examine("密.doc", section(read("密.doc"))); !errs.Is(err, errs.Invalid) {
		t.Errorf("a marked one: %v", err)
	}
}
