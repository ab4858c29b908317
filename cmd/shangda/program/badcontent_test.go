package program_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io/fs"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

const script = `<script>alert("1")</script><img src=x onerror=alert(2)>'"&`

// TestScriptsAreText: what looks like a program of the browser goes in and out as the characters it is, in every text field.
func TestScriptsAreText(t *testing.T) {
	h := start(t)
	tenant, u := h.unit("cppcc", "county")
	upperTenant, upper := h.unit("cppcc", "city")
	h.world.FiguresLine(tenant, upperTenant)
	system, security := h.as(tenant.Person("system_admin")), h.as(tenant.Person("security_admin"))
	verbatim := func(what string, r reply) {
		t.Helper()
		if !r.ok() || !strings.HasPrefix(r.header.Get("Content-Type"), "application/json") || r.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %s %s", what, r.status, r.header.Get("Content-Type"), r.body)
			return
		}
		var v any
		if err := json.Unmarshal([]byte(r.body), &v); err != nil || !holds(v, script) {
			t.Errorf("%s does not give the text as it was: %v %s", what, err, r.body)
		}
	}
	r := read[report](t, u.author.change(http.MethodPost, "/reports", good("title", script, "problem", script, "cause", script, "advice", script, "submit", true)))
	path := "/reports/" + r.ID
	verbatim("a report", u.editor.send(http.MethodGet, path, nil))
	verbatim("its versions", u.editor.send(http.MethodGet, path+"/versions", nil))
	verbatim("the list", u.editor.send(http.MethodGet, "/reports?box=inbox", nil))
	u.editor.change(http.MethodPost, path+"/take-up", map[string]any{})
	review := post[struct{ ID string }](u.editor, path+"/review", map[string]any{})
	verbatim("an opinion", u.head.send(http.MethodPost, "/reviews/"+review.ID+"/approve", map[string]string{"opinion": script}))
	u.signer.change(http.MethodPost, "/reviews/"+review.ID+"/approve", map[string]string{})
	verbatim("a cover note", u.editor.send(http.MethodPost, path+"/forwardings", map[string]any{"to": []string{upperTenant.Code}, "cover": script}))
	up := upper.received(r.Number)
	verbatim("upstairs", upper.editor.send(http.MethodGet, "/reports/"+up.ID, nil))
	upper.editor.change(http.MethodPost, "/reports/"+up.ID+"/take-up", map[string]any{})
	upper.editor.change(http.MethodPost, "/reports/"+up.ID+"/decline", map[string]string{"reason_code": "other", "reason": script})
	soon(t, atOnce, "the reason downstairs", func() bool { return tells(u.author, r.ID, upper, "不予采用") })
	verbatim("a timeline", u.author.send(http.MethodGet, path+"/timeline", nil))
	verbatim("notices", u.author.send(http.MethodGet, "/notices", nil))

	verbatim("a clue", u.editor.send(http.MethodPost, "/clues", map[string]string{"title": script, "body": script, "place": script[:40], "source_kind": "visit"}))
	short := script[:25]
	for what, answer := range map[string]reply{
		"a member": system.send(http.MethodPost, "/members", map[string]string{"name": short, "title": script[:55], "login": "script.one", "password": password}),
		"a unit":   system.send(http.MethodPost, "/units", map[string]string{"name": short}),
		"a role":   security.send(http.MethodPost, "/roles", map[string]string{"code": "scripted", "name": short, "copy_of": "editor"}),
		"a chain": system.send(http.MethodPost, "/chains", map[string]any{"name": short, "applies_to": []string{"urgent"},
			"steps": []any{map[string]string{"title": short, "role": "signer"}}}),
	} {
		if !answer.ok() {
			h.refused(what, answer, 422)
		} else if made := (any)(nil); json.Unmarshal([]byte(answer.body), &made) != nil || !holds(made, short) {
			t.Errorf("%s: %s", what, answer.body)
		}
	}
}

// holds looks for the text as a value, or within one, anywhere in a JSON value.
func holds(v any, text string) bool {
	switch v := v.(type) {
	case string:
		return strings.Contains(v, text)
	case []any:
		for _, part := range v {
			if holds(part, text) {
				return true
			}
		}
	case map[string]any:
		for _, part := range v {
			if holds(part, text) {
				return true
			}
		}
	}
	return false
}

func archive(names ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		part, _ := w.Create(name)
		_, _ = part.Write([]byte("<x/>"))
	}
	_ = w.Close()
	return b.Bytes()
}

// TestFilesThatAreNotWhatTheySay are refused before anything is kept, in the database and among the files.
func TestFilesThatAreNotWhatTheySay(t *testing.T) {
	h := start(t)
	_, u := h.unit("cppcc", "county")
	before := h.stored()
	for _, c := range []struct {
		what, name string
		content    []byte
		statuses   []int
	}{
		{"a program as a picture", "现场.png", append([]byte("MZ"), make([]byte, 600)...), []int{415, 422}},
		{"a page as a picture", "现场.jpg", []byte("<!doctype html><script>alert(1)</script>"), []int{415, 422}},
		{"a drawing with scripts", "图.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), []int{415, 422}},
		{"the beginning of a picture", "现场.png", picture()[:20], []int{415, 422}},
		{"a picture as a document", "附件.pdf", picture(), []int{415, 422}},
		{"an archive as a document", "附件.docx", archive("a.txt"), []int{415, 422}},
		{"a document with macros", "附件.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), []int{415, 422}},
		{"a document that leads outside", "附件.docx", archive("[Content_Types].xml", "word/document.xml", "../../etc/passwd"), []int{415, 422}},
		{"nothing", "空.png", nil, []int{415, 422}},
		{"a secret by its name", "机密★.png", picture(), []int{422}},
		{"a file too large", "大.png", append(picture(), make([]byte, 10<<20+1)...), []int{413}},
	} {
		content, kind := form(c.name, c.content)
		h.refused(c.what, u.author.send(http.MethodPost, "/attachments", strings.NewReader(content), "Content-Type", kind), c.statuses...)
	}
	h.refused("no file", u.author.send(http.MethodPost, "/attachments", map[string]string{"file": "x"}), 415, 422)
	if after := h.stored(); after != before || h.kept() != 0 {
		t.Errorf("%d rows before, %d after, and %d files", before, after, h.kept())
	}
	kept := upload(u.author, "现场.png", picture())
	if kept.status != http.StatusCreated || h.stored() == before || h.kept() != 1 {
		t.Errorf("a good file: %d %s, %d files", kept.status, kept.body, h.kept())
	}
}

// kept counts the files in the store.
func (h *house) kept() (n int) {
	h.t.Helper()
	err := filepath.WalkDir(h.files, func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

func upload(b *browser, name string, content []byte) reply {
	b.t.Helper()
	text, kind := form(name, content)
	return b.send(http.MethodPost, "/attachments", strings.NewReader(text), "Content-Type", kind)
}
