package issues_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/issues"
	"shangda/tenancy/tenancytest"
)

// wordFile is a small document with these paragraphs, each given as its runs separated by |.
func wordFile(paragraphs ...string) []byte {
	var body strings.Builder
	for _, p := range paragraphs {
		body.WriteString("<w:p>")
		for run := range strings.SplitSeq(p, "|") {
			body.WriteString("<w:r><w:t>" + run + "</w:t></w:r>")
		}
		body.WriteString("</w:p>")
	}
	const space = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"[Content_Types].xml":          `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels":                  `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/_rels/document.xml.rels": `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>`,
		"word/document.xml":            `<?xml version="1.0"?><w:document ` + space + `><w:body>` + body.String() + `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`,
	} {
		f, _ := w.Create(name)
		_, _ = io.WriteString(f, text)
	}
	_ = w.Close()
	return b.Bytes()
}

func (h *house) uploaded(p *tenancytest.Person, content []byte) uuid.UUID {
	h.t.Helper()
	return h.done(h.files.Upload(p.Context(), "模板.docx", content))
}

func (h *house) template(o *office, purpose string, paragraphs ...string) uuid.UUID {
	h.t.Helper()
	return h.done(h.issues.CreateTemplate(o.head.Context(), issues.NewTemplate{Name: "本单位版式", Purpose: purpose, AttachmentID: h.uploaded(o.head, wordFile(paragraphs...))}))
}

// words is the text of a part of a document.
func words(t *testing.T, content []byte, part string) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := archive.Open(part)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestATemplateOfTheUnitsOwn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	id := h.template(o, issues.PurposeIssue, "{{刊|名}} {{期号}}", "{{#每篇}}", "{{篇序|号}}、{{篇标题}}", "{{篇正文}}", "{{/每篇}}", "报：{{报}}")
	all, err := h.issues.Templates(o.editor.Context())
	if err != nil || len(all) != 1 || strings.Join(all[0].Placeholders, " ") != "刊名 期号 篇序号 篇标题 篇正文 报" {
		t.Fatalf("%+v, %v", all, err)
	}
	journals, _ := h.issues.Journals(o.head.Context())
	for _, j := range journals {
		if j.ID == o.special {
			in := j.JournalInput
			in.TemplateID = &id
			h.done(h.issues.UpdateJournal(o.head.Context(), j.ID, j.Version, in))
		}
	}
	printed := h.release(o, o.special, h.signed(o, "停车难 <b>"), h.signed(o, "上学难"))
	e, content, err := h.issues.ExportIssue(o.editor.Context(), printed.ID, "docx")
	if err != nil || e.Format != "docx" {
		t.Fatal(err)
	}
	text := words(t, content, "word/document.xml")
	for _, want := range []string{"专报 第 1 期（总第 1 期）", "一、停车难 &lt;b&gt;", "二、上学难", "报：市委书记、市长", "headerReference"} {
		if !strings.Contains(strings.NewReplacer("</w:t></w:r><w:r><w:t>", "", `</w:t></w:r><w:r><w:t xml:space="preserve">`, "").Replace(text), want) {
			t.Errorf("%q is missing in %s", want, text)
		}
	}
	if strings.Contains(text, "{{") || !strings.Contains(words(t, content, "word/header-shangda.xml"), o.editor.Name) {
		t.Error("a placeholder stays, or there is no watermark")
	}
	h.done(h.issues.RetireTemplate(o.head.Context(), id))
	if _, content, err = h.issues.ExportIssue(o.editor.Context(), printed.ID, "docx"); err != nil || !strings.Contains(words(t, content, "word/document.xml"), "方正小标宋简体") {
		t.Errorf("after its template was retired: %v", err)
	}
}

func TestATemplateOfAReport(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	report := h.signed(o, "停车难")
	h.template(o, issues.PurposeProof, "{{标题}}：{{问题}}", "{{建议}}")
	_, content, err := h.issues.ExportReport(o.editor.Context(), report, issues.PurposeProof, "docx")
	if err != nil || !strings.Contains(words(t, content, "word/document.xml"), "停车难：老旧小区加装电梯推进缓慢。") {
		t.Fatal(err)
	}
	preview, err := h.issues.Templates(o.editor.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, content, err = h.issues.PreviewTemplate(o.head.Context(), preview[0].ID, "docx"); err != nil || !strings.Contains(words(t, content, "word/document.xml"), "加装电梯") {
		t.Fatal(err)
	}
}

func TestATemplateIsRefusedWithTheReason(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	for what, paragraphs := range map[string][]string{
		"unknown":  {"{{标题}} {{作者手机}}"},
		"nothing":  {"没有占位符"},
		"unclosed": {"{{#每篇}}", "{{篇标题}}"},
		"nested":   {"{{#每篇}}", "{{#每篇}}", "{{篇标题}}", "{{/每篇}}", "{{/每篇}}"},
	} {
		_, err := h.issues.CreateTemplate(o.head.Context(), issues.NewTemplate{Name: "模板", Purpose: issues.PurposeIssue, AttachmentID: h.uploaded(o.head, wordFile(paragraphs...))})
		if !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err := h.issues.CreateTemplate(o.editor.Context(), issues.NewTemplate{Name: "模板", Purpose: issues.PurposeIssue, AttachmentID: h.uploaded(o.editor, wordFile("{{标题}}"))})
	h.refused(errs.Forbidden, err)
}

func TestATemplateOfAStrangersFile(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o, neighbour := h.office(), h.office()
	foreign := h.uploaded(neighbour.head, wordFile("{{标题}}"))
	for _, file := range []uuid.UUID{foreign, uuid.New()} {
		_, err := h.issues.CreateTemplate(o.head.Context(), issues.NewTemplate{Name: "模板", Purpose: issues.PurposeIssue, AttachmentID: file})
		if !errs.Is(err, errs.Invalid) || err.Error() != "invalid: 请先上传模板文件" {
			t.Error(err)
		}
	}
}
