package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"strings"
	"testing"

	"shangda/internal/docx"
)

var update = flag.Bool("update", false, "write the golden files")

func sample() docx.Document {
	song := docx.Font{Name: "宋体", Size: 32, Space: -5}
	red := docx.Font{Name: "黑体", Size: 84, Color: "E60012", Bold: true, Scale: 90}
	rule := &docx.Rule{Size: 12, Color: "E60012", Space: 11}
	return docx.Document{
		Title: `报告 <"&>`, Watermark: "张三 & 李四", Numbers: docx.Numbers{Font: docx.Font{Name: "宋体", Size: 28}, Skip: true},
		Margins: docx.Margins{Top: docx.Mm(37), Right: docx.Mm(26), Bottom: docx.Mm(35), Left: docx.Mm(28), Number: docx.Mm(23)},
		Blocks: []docx.Block{
			docx.Paragraph{Align: docx.Center, Runs: []docx.Run{{Text: "社情民意", Font: red}}, Bottom: rule, Before: 100, After: 50},
			docx.Paragraph{Line: 579, FirstChars: 200, KeepNext: true, NewPage: true, Runs: []docx.Run{
				{Text: "甲\n乙\t丙 \x00\u0007<w:br/>", Font: song}, {Text: "添", Font: song, Change: &docx.Change{By: "王五", At: "2026-11-25T10:00:00+08:00"}},
				{Text: "删", Font: song, Change: &docx.Change{Struck: true, By: "王五"}}}},
			docx.Table{Widths: []int{1500, 3000, 3000}, Rule: docx.Rule{Size: 6}, Rows: []docx.Row{
				{Height: 600, Head: true, Cells: []docx.Cell{{Down: true, Blocks: []docx.Paragraph{{Runs: []docx.Run{{Text: "名", Font: song}}}}}, {Span: 2, Top: true}}},
				{Cells: []docx.Cell{{Up: true}, {}, {}}}}},
		},
		Foot: &docx.Box{Height: 900, Blocks: []docx.Paragraph{{HangChars: 200, LeftChars: 100, RightChars: 100, Stops: []docx.Stop{{At: 8000, Align: docx.Right}}, Runs: []docx.Run{{Text: "报：甲", Font: song}}, Top: rule}}},
	}
}

// parts are the files of a document, each well-formed XML.
func parts(t *testing.T, content []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		decoder := xml.NewDecoder(bytes.NewReader(text))
		for err == nil {
			_, err = decoder.Token()
		}
		if !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v", f.Name, err)
		}
		all[f.Name] = string(text)
	}
	return all
}

func TestADocumentIsTheSameBytesAlways(t *testing.T) {
	t.Parallel()
	one, err := sample().Bytes()
	if err != nil {
		t.Fatal(err)
	}
	two, _ := sample().Bytes()
	if !bytes.Equal(one, two) {
		t.Fatal("the same document gives other bytes")
	}
	all := parts(t, one)
	got := all["word/document.xml"] + "\n" + all["word/header-even.xml"] + "\n" + all["word/footer-even.xml"] + "\n"
	const golden = "testdata/sample.xml"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || got != string(want) {
		t.Errorf("not as in %s (go test ./internal/docx -update writes it): %v", golden, err)
	}
}

func TestWhatIsWrittenStaysText(t *testing.T) {
	t.Parallel()
	content, err := sample().Bytes()
	if err != nil {
		t.Fatal(err)
	}
	all := parts(t, content)
	for name, want := range map[string]string{
		"word/document.xml": "&lt;w:br/&gt;", "docProps/core.xml": "&lt;&#34;&amp;&gt;", "word/header-default.xml": "张三 &amp; 李四", "word/footer-default.xml": "PAGE",
	} {
		if !strings.Contains(all[name], want) {
			t.Errorf("%s lacks %q", name, want)
		}
	}
	if strings.ContainsAny(all["word/document.xml"], "\x00\x07") {
		t.Error("a character that no XML may hold")
	}
}
