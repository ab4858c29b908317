package docx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"testing"

	"shangda/internal/docx"
	"shangda/internal/testheap"
)

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// word is a document with that body, and further parts in pairs of name and text.
func word(body string, more ...string) []byte {
	parts := append([]string{
		"[Content_Types].xml", `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`, "word/_rels/document.xml.rels", `<Relationships/>`,
		"word/document.xml", `<?xml version="1.0"?><w:document ` + wordSpace + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`}, more...)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		f, _ := w.Create(parts[i])
		_, _ = io.WriteString(f, parts[i+1])
	}
	_ = w.Close()
	return b.Bytes()
}

func p(runs ...string) string {
	var b strings.Builder
	b.WriteString("<w:p>")
	for _, r := range runs {
		b.WriteString("<w:r><w:rPr><w:b/></w:rPr><w:t>" + r + "</w:t></w:r>")
	}
	return b.String() + "</w:p>"
}

func read(t *testing.T, content []byte) *docx.Template {
	t.Helper()
	template, err := docx.ReadTemplate(content)
	if err != nil {
		t.Fatal(err)
	}
	return template
}

// plain is the text of a document, a line a paragraph.
func plain(document string) string {
	document = strings.NewReplacer("</w:p>", "\n", "<w:br/>", "/").Replace(document)
	for {
		from := strings.IndexByte(document, '<')
		if from < 0 {
			return strings.TrimSpace(document)
		}
		to := strings.IndexByte(document[from:], '>')
		document = document[:from] + document[from+to+1:]
	}
}

func TestATemplateIsFilled(t *testing.T) {
	t.Parallel()
	content := word(p("第{{", "期", "}}期：{{标题}}")+p("{{正文}}")+p("注：{{正文}}")+p("{{#每篇}}")+p("{{篇标题}}（{{期}}）")+"<w:tbl><w:tr><w:tc>"+p("{{篇正文}}")+"</w:tc></w:tr></w:tbl>"+p("{{/每篇}}")+p("{{没有}}"),
		"word/header1.xml", `<w:hdr `+wordSpace+`>`+p("{{标题}}")+`</w:hdr>`)
	template := read(t, content)
	if names := template.Names(); !slices.Equal(names, []string{"期", "标题", "正文", "篇标题", "篇正文", "没有"}) {
		t.Fatalf("%v", names)
	}
	filled, err := template.Fill(docx.Values{All: map[string]string{"期": "3", "标题": "甲<乙>&{{期}}", "正文": "一\n二"}, Watermark: "张三 & 李四",
		Items: []map[string]string{{"篇标题": "子", "篇正文": "x\ny"}, {"篇标题": "丑", "篇正文": "z"}}})
	if err != nil {
		t.Fatal(err)
	}
	all := parts(t, filled)
	want := "第3期：甲&lt;乙&gt;&amp;{{期}}\n一\n二\n注：一/二\n子（3）\nx\ny\n丑（3）\nz\n{{没有}}"
	if got := plain(strings.TrimPrefix(all["word/document.xml"], `<?xml version="1.0"?>`)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if !strings.Contains(all["word/header1.xml"], "张三 &amp; 李四") || !strings.Contains(all["word/header-shangda.xml"], "张三 &amp; 李四") || strings.Count(all["word/document.xml"], "headerReference") != 3 {
		t.Error("a page without the watermark")
	}
	if again, err := template.Fill(docx.Values{}); err != nil || !strings.Contains(parts(t, again)["word/document.xml"], "{{标题}}") {
		t.Errorf("a template can be filled once only: %v", err)
	}
}

func TestWhatIsNoTemplate(t *testing.T) {
	t.Parallel()
	var names strings.Builder
	for i := range 1000 {
		names.WriteString(p(fmt.Sprintf("{{名%d}}", i)))
	}
	for name, c := range map[string]struct {
		content []byte
		want    error
	}{
		"no archive":    {[]byte("PK"), docx.ErrNoWord},
		"another one":   {word(""), nil},
		"no body":       {word("</w:body></w:document>"), docx.ErrNoWord},
		"doctype":       {word(p("x"), "word/footer1.xml", `<!DOCTYPE a [<!ENTITY b "c">]><w:ftr/>`), docx.ErrNoWord},
		"torn":          {word("<w:p>"), docx.ErrNoWord},
		"twice":         {word(p("x"), "word/document.xml", "<w:document/>"), docx.ErrNoWord},
		"open block":    {word(p("{{#每篇}}")), docx.ErrBlock},
		"block in text": {word(p("前{{#每篇}}") + p("{{/每篇}}")), docx.ErrBlock},
		"block astride": {word(p("{{#每篇}}") + "<w:tbl><w:tr><w:tc>" + p("{{/每篇}}") + "</w:tc></w:tr></w:tbl>"), docx.ErrBlock},
		"many names":    {word(names.String()), docx.ErrTooMuch},
		"too deep":      {word(strings.Repeat("<w:p>", 300) + strings.Repeat("</w:p>", 300)), docx.ErrTooMuch},
		"too big":       {make([]byte, docx.MaxFile+1), docx.ErrTooMuch},
	} {
		if _, err := docx.ReadTemplate(c.content); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// bomb is an archive whose document unpacks to n bytes, whatever it says of itself.
func bomb(piece string, n int, lie bool) []byte {
	body := strings.Repeat(piece, n/len(piece))
	text := `<w:document ` + wordSpace + `><w:body>` + body + `</w:body></w:document>`
	if !lie {
		return word(body)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, _ := w.CreateRaw(&zip.FileHeader{Name: "word/document.xml", Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(text)), CompressedSize64: uint64(len(text)), UncompressedSize64: 10})
	_, _ = io.WriteString(f, text)
	_ = w.Close()
	return b.Bytes()
}

func TestABombGoesOffSmall(t *testing.T) {
	for name, content := range map[string][]byte{
		"many elements": bomb("<w:p/>", 7<<20, false), "texts": bomb("<w:t>国</w:t>", 2<<20, false), "one text": bomb("国", 7<<20, false), "far too much": bomb("<w:t>国</w:t>", 20<<20, false),
		"a lie": bomb("<w:p/>", 15<<20, true), "deep": bomb("<w:p>", 7<<20, false),
	} {
		limit := uint64(48 << 20)
		if g := testheap.Grown(func() { _, _ = docx.ReadTemplate(content) }); g > limit {
			t.Errorf("%s: the heap grows by %d MiB", name, g>>20)
		} else {
			t.Logf("%s: %d kB packed, the heap grows by %d MiB", name, len(content)>>10, g>>20)
		}
	}
}

// TestFillingIsNoBombEither fills small templates that ask for a great deal.
func TestFillingIsNoBombEither(t *testing.T) {
	all := map[string]string{"标题": strings.Repeat("很长的标题", 2000), "正文": strings.Repeat("一段\n", 2000)}
	items := slices.Repeat([]map[string]string{all}, 30)
	for name, body := range map[string]string{
		"a long block":        p("{{#每篇}}") + strings.Repeat(p("字"), 12_000) + p("{{/每篇}}"),
		"many blocks":         strings.Repeat(p("{{#每篇}}")+p("{{标题}}")+p("{{/每篇}}"), 5_000),
		"many long values":    strings.Repeat(p("{{标题}}"), 12_000),
		"many long texts":     strings.Repeat(p("{{正文}}"), 12_000),
		"all in one text":     p(strings.Repeat("{{标题}}", 30_000)),
		"a paragraph of many": "<w:p>" + strings.Repeat("<w:r/>", 90_000) + "<w:r><w:t>{{正文}}</w:t></w:r></w:p>",
	} {
		var err error
		grown := testheap.Grown(func() { _, err = read(t, word(body)).Fill(docx.Values{All: all, Items: items, Watermark: "张三"}) })
		if !errors.Is(err, docx.ErrTooMuch) || grown > 64<<20 {
			t.Errorf("%s: %v, the heap grows by %d MiB", name, err, grown>>20)
		}
		t.Logf("%s: the heap grows by %d MiB", name, grown>>20)
	}
}

func FuzzReadTemplate(f *testing.F) {
	f.Add(word(p("{{标题}}")))
	f.Add(word(p("{{#每篇}}")+p("{{篇", "标题}}")+p("{{/每篇}}"), "word/header1.xml", `<w:hdr `+wordSpace+`/>`))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, content []byte) {
		template, err := docx.ReadTemplate(content)
		if err != nil {
			return
		}
		all := map[string]string{}
		for _, name := range template.Names() {
			all[name] = "甲\n乙"
		}
		if _, err := template.Fill(docx.Values{All: all, Items: []map[string]string{all, all}, Watermark: "张三"}); err != nil && !errors.Is(err, docx.ErrTooMuch) && !errors.Is(err, docx.ErrNoWord) {
			t.Fatal(err)
		}
	})
}

// FuzzDocument fuzzes the document inside a good archive, which random bytes seldom are.
func FuzzDocument(f *testing.F) {
	for _, body := range []string{p("{{标题}}"), p("{{", "标题", "}}"), p("{{#每篇}}") + p("{{篇标题}}") + p("{{/每篇}}"), "<w:tbl>" + p("x") + "</w:tbl>", "<!-- {{x}} -->", "<![CDATA[{{标题}}]]>"} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		template, err := docx.ReadTemplate(word(body))
		if err != nil {
			return
		}
		all := map[string]string{}
		for _, name := range template.Names() {
			all[name] = "甲\n<乙>"
		}
		filled, err := template.Fill(docx.Values{All: all, Items: []map[string]string{all, all}, Watermark: "张三"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := docx.ReadTemplate(filled); err != nil && !errors.Is(err, docx.ErrBlock) && !errors.Is(err, docx.ErrTooMuch) {
			t.Fatalf("what was filled cannot be read: %v", err)
		}
	})
}
