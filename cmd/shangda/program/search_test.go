package program_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// indexed waits until the jobs that follow the changes of these reports have run.
func (h *house) indexed(reports ...string) {
	h.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; {
		if h.count(`select count(*) from search_documents where report_id::text = any($1)`, reports) == len(reports) &&
			h.count(`select count(*) from river.river_job where kind = 'index_report' and state in ('available', 'running', 'retryable') and args->>'report' = any($1)`, reports) == 0 {
			return
		}
		if time.Now().After(deadline) {
			h.t.Fatal("the reports are not in the index")
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// What is written is found a moment later, in the list and on the page of the search: by whoever may read it, with the text
// of its file, and by nobody else.
func TestWhatIsWrittenIsFound(t *testing.T) {
	h := start(t)
	office, u := h.unit("cppcc", "county")
	person := office.Person("member")
	mate := h.as(person)
	_, neighbour := h.unit("cppcc", "county")
	made := post[report](u.author, "/reports", map[string]any{"title": "关于碧水河清淤的建议", "problem": "河道淤积，汛期漫堤。", "category": "环境保护", "submit": true})
	draft := post[report](u.author, "/reports", map[string]any{"title": "碧水河草稿", "problem": "", "category": ""})
	shared := post[report](u.author, "/reports", map[string]any{"title": "碧水河草稿之二", "problem": "", "category": "",
		"co_authors": []any{map[string]any{"membership_id": person.Membership}}})
	recorded := post[report](u.editor, "/reports", map[string]any{"title": "碧水河草稿之三", "problem": "", "category": "",
		"on_behalf": map[string]any{"membership_id": person.Membership}})
	h.indexed(made.ID, draft.ID, shared.ID, recorded.ID)
	find := func(b *browser, path string) string {
		t.Helper()
		r := b.send(http.MethodGet, path+url.QueryEscape("碧水河"), nil)
		if !r.ok() {
			t.Fatalf("%d %s", r.status, r.body)
		}
		return r.body
	}
	for _, path := range []string{"/search?q=", "/reports?box=all&q="} {
		if body := find(u.editor, path); !strings.Contains(body, made.ID) || strings.Contains(body, draft.ID) {
			t.Errorf("the editor at %s: %s", path, body)
		}
		if body := find(u.author, path); !strings.Contains(body, made.ID) || !strings.Contains(body, draft.ID) {
			t.Errorf("the author at %s: %s", path, body)
		}
		if body := find(mate, path); !strings.Contains(body, shared.ID) || !strings.Contains(body, recorded.ID) || strings.Contains(body, draft.ID) || strings.Contains(body, made.ID) {
			t.Errorf("who wrote with others, and by another's hand, at %s: %s", path, body)
		}
		if body := find(u.editor, path); !strings.Contains(body, recorded.ID) || strings.Contains(body, shared.ID) {
			t.Errorf("who wrote it down at %s: %s", path, body)
		}
		if body := find(neighbour.editor, path); strings.Contains(body, made.ID) {
			t.Errorf("the neighbour at %s: %s", path, body)
		}
	}
	if r := u.editor.send(http.MethodGet, "/search?from=2026", nil); r.status != http.StatusUnprocessableEntity {
		t.Errorf("a faulty day: %d %s", r.status, r.body)
	}
}
