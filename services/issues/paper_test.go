package issues_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/docx"
	"shangda/services/documents"
	"shangda/services/issues"
	rep "shangda/services/reports"
)

// said are the signatures of every report.
type said []issues.Signature

func (s said) Of(context.Context, uuid.UUID) ([]issues.Signature, error) { return s, nil }

// papers are one of each kind of document, as Word.
func papers(h *house) map[string][]byte {
	h.t.Helper()
	o := h.office()
	at := h.Clock.Now()
	h.issues.Signatures = said{
		{Step: "研究室编审", Name: "钱核稿", Opinion: "数据已核实，建议编发。", State: "approved", At: &at},
		{Step: "秘书长初审", Name: "孙秘书长", State: "approved", At: &at}, {Step: "主席审定", Name: "王主席", Opinion: "同意", State: "approved", At: &at, Signing: true}}
	long := strings.Repeat("低层住户反对意见集中，补偿标准没有依据，财政补贴比例偏低。", 14)
	reports := make([]uuid.UUID, 3)
	for i := range reports {
		reports[i] = h.signed(o, []string{"关于加快推进老旧小区加装电梯的建议", "关于破解城区停车难的建议", "关于优化基层医疗服务的建议"}[i])
	}
	all := map[string][]byte{}
	keep := func(name string) func(e documents.Export, content []byte, err error) {
		return func(_ documents.Export, content []byte, err error) {
			h.t.Helper()
			if err != nil {
				h.t.Fatalf("%s: %v", name, err)
			}
			all[name] = content
		}
	}
	for style, journal := range map[string]uuid.UUID{"bulletin": o.ordinary, "upward": o.express, "letter": o.special} {
		h.restyle(o, journal, style)
		chosen := reports[:1]
		if style == "letter" {
			chosen = reports
		}
		id := h.done(h.issues.Create(o.head.Context(), journal, chosen))
		c := content(h.get(o.head, id), "关于三件民生实事的专报")
		if style == "bulletin" {
			c.Title, c.Introduction = "", long
		}
		h.done(h.issues.Update(o.head.Context(), id, 1, c))
		h.done(h.issues.Release(o.signer.Context(), id, 2))
		keep(style)(h.issues.ExportIssue(o.editor.Context(), id, documents.DOCX))
	}
	for _, purpose := range []string{issues.PurposeReport, issues.PurposeProof, issues.PurposeSigning} {
		keep(purpose)(h.issues.ExportReport(o.editor.Context(), reports[1], purpose, documents.DOCX))
	}
	keep("revised")(h.issues.ExportReport(o.editor.Context(), h.edited(o), "revised", documents.DOCX))
	keep("template")(h.issues.PreviewTemplate(o.head.Context(), h.template(o, issues.PurposeIssue, "{{刊名}}", "{{期号}}", "{{#每篇}}", "{{篇序号}}、{{篇标题}}", "{{篇正文}}", "{{/每篇}}", "报：{{报}}"), documents.DOCX))
	keep("register")(h.issues.Register(o.editor.Context(), 2026, uuid.Nil, documents.DOCX))
	keep("list")(h.reports.ExportList(o.editor.Context(), rep.Filter{Box: rep.BoxAll}, "title,category,state", documents.DOCX))
	grid := documents.Paper("格", "")
	paragraph := documents.Body(strings.Repeat("国", 28*60))[0].(docx.Paragraph)
	paragraph.FirstChars = 0
	grid.Blocks = []docx.Block{paragraph}
	page, err := grid.Bytes()
	keep("grid")(documents.Export{}, page, err)
	return all
}

// edited is a report that its editor has changed once.
func (h *house) edited(o *office) uuid.UUID {
	h.t.Helper()
	id := h.onDesk(o, "关于破解城区停车难的建议")
	v, err := h.reports.Get(o.editor.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	problem := "夜间车位缺口约一百八十个。\n居民反映强烈。"
	return h.done(h.reports.Edit(o.editor.Context(), id, v.Version, rep.Change{Problem: &problem}))
}

func TestARevisedPaperSaysWhoChangedWhat(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	_, content, err := h.issues.ExportReport(o.editor.Context(), h.edited(o), "revised", documents.DOCX)
	if err != nil {
		t.Fatal(err)
	}
	text := words(t, content, "word/document.xml")
	for _, part := range []string{"<w:del w:id", "<w:ins w:id", `w:author="` + o.editor.Name + `"`, "居民反映强烈", "<w:delText"} {
		if !strings.Contains(text, part) {
			t.Errorf("the document has no %s", part)
		}
	}
	if strings.Contains(text, `w:author="`+o.member.Name+`"`) {
		t.Error("the author's own text is marked as a change")
	}
}

func (h *house) restyle(o *office, journal uuid.UUID, style string) {
	h.t.Helper()
	all, err := h.issues.Journals(o.head.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	for _, j := range all {
		if j.ID == journal {
			in := j.JournalInput
			in.Head.Style = style
			h.done(h.issues.UpdateJournal(o.head.Context(), journal, j.Version, in))
		}
	}
}

var pageSize = regexp.MustCompile(`Page size:\s+([0-9.]+) x ([0-9.]+)`)

// TestEveryPaperOpensInLibreOffice prints one of each kind and looks at the pages: their number and size, their words, the
// grid of 22 lines with 28 letters. SHANGDA_PICTURES names a folder for pictures of the pages.
func TestEveryPaperOpensInLibreOffice(t *testing.T) {
	t.Parallel()
	printer := docx.NewPrinter(1)
	t.Cleanup(func() { _ = printer.Close() })
	if _, err := exec.LookPath("pdftotext"); err != nil || !printer.Able() {
		t.Skip("no LibreOffice or no poppler-utils on this machine: .ci/need browser installs them")
	}
	h := newHouse(t)
	all := papers(h)
	names, files := []string{}, [][]byte{}
	for name, content := range all {
		names, files = append(names, name), append(files, content)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	printed, err := printer.PDFs(ctx, files...)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if pictures := os.Getenv("SHANGDA_PICTURES"); pictures != "" {
		dir = pictures
	}
	words := map[string]string{}
	for i, name := range names {
		file := filepath.Join(dir, name+".pdf")
		if err := os.WriteFile(file, printed[i], 0o600); err != nil {
			t.Fatal(err)
		}
		words[name] = tool(t, "pdftotext", "-layout", file, "-")
		first, second := "595", "84"
		if name == "register" { // wide lists lie on their side
			first, second = "84", "595"
		}
		size := pageSize.FindStringSubmatch(tool(t, "pdfinfo", file))
		if size == nil || !strings.HasPrefix(size[1], first) || !strings.HasPrefix(size[2], second) {
			t.Errorf("%s is no A4: %v", name, size)
		}
		if os.Getenv("SHANGDA_PICTURES") != "" {
			tool(t, "pdftoppm", "-r", "60", "-png", file, filepath.Join(dir, name))
		}
	}
	for name, want := range map[string][]string{
		"bulletin": {"内部资料", "社情民意", "第 1 期（总第 1 期）", "关于加快推进老旧小区加装电梯的建议", "一、情况反映", "报：市委书记、市长", "印发", "共印30份", "— 1 —", "仅供内部使用"},
		"upward":   {"直通车", "签发人：王建国", "— 1 —"}, "letter": {"专报", "一、关于加快推进", "（一）情况反映", "三、关于优化基层医疗服务的建议", "送：市委办公室"},
		"report": {"关于破解城区停车难的建议", "二、原因分析"}, "proof": {"核稿单", "☐单篇", "☑综合", "孙秘书长 2026年", "11月2日", "经济界", "情况反映", "居民意见难统一"},
		"signing": {"签批单", "研究室编审", "数据已核实", "王主席 2026年11月2日"}, "register": {"2026年编发登记簿", "反映人", "专报", "仅供内部使用"}, "list": {"信息列表", "分类", "关于破解城区停车难的建议", "城乡建设"},
		"revised":  {"关于破解城区停车难的建议", "夜间车位缺口约一百八十个"},
		"template": {"关于加快推进老旧小区加装电梯的建议", "仅供内部使用"},
	} {
		flat := strings.Join(strings.Fields(words[name]), "")
		for _, text := range want {
			if !strings.Contains(flat, strings.ReplaceAll(text, " ", "")) {
				t.Errorf("%s does not show %q:\n%s", name, text, words[name])
			}
		}
	}
	first, _, _ := strings.Cut(words["grid"], "\f")
	if n := strings.Count(first, strings.Repeat("国", 28)); n != 22 {
		t.Errorf("%d lines of 28 letters on a page", n)
	}
}

func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	var out, problem bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = &out, &problem
	if err := cmd.Run(); err != nil {
		t.Fatal(fmt.Errorf("%s: %w: %s", name, err, problem.String()))
	}
	return out.String()
}
