package program_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// stored counts every row of every tenant; the sums follow by themselves.
func (h *house) stored() int {
	h.t.Helper()
	rows, err := h.db.Admin(h.t).Query(context.Background(), `
		select format('(select count(*) from %I.%I)', table_schema, table_name) from information_schema.columns
		where column_name = 'tenant_id' and table_schema in ('public', 'platform') and table_name not in ('sums', 'unit_sums')`)
	if err != nil {
		h.t.Fatal(err)
	}
	counts, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(counts) < 15 {
		h.t.Fatal(counts, err)
	}
	return h.count("select " + strings.Join(counts, " + "))
}

// refused holds an answer against the one form of a refusal: status, problem+json, a Chinese sentence, the request's id.
func (h *house) refused(what string, r reply, statuses ...int) {
	h.t.Helper()
	var p struct {
		Status    int
		Detail    string
		RequestID string `json:"request_id"`
	}
	if err := json.Unmarshal([]byte(r.body), &p); err != nil {
		h.t.Errorf("%s: %d %v: %.300s", what, r.status, err, r.body)
		return
	}
	meant := false
	for _, s := range statuses {
		meant = meant || s == r.status
	}
	if !meant || p.Status != r.status {
		h.t.Errorf("%s: %d, want %v: %.300s", what, r.status, statuses, r.body)
	}
	if kind := r.header.Get("Content-Type"); kind != "application/problem+json" {
		h.t.Errorf("%s: a refusal as %q", what, kind)
	}
	if p.RequestID == "" || p.RequestID != r.header.Get("X-Request-Id") {
		h.t.Errorf("%s: request id %q in the body, %q in the header", what, p.RequestID, r.header.Get("X-Request-Id"))
	}
	if !strings.ContainsFunc(p.Detail, func(c rune) bool { return unicode.Is(unicode.Han, c) }) {
		h.t.Errorf("%s: the detail is no Chinese sentence: %s", what, r.body)
	}
}

// good is a report that would be taken; cases change one thing of it.
func good(change ...any) map[string]any {
	g := map[string]any{"title": "路灯不亮", "problem": "三条巷子无照明。", "cause": "", "advice": "", "category": "城乡建设", "submit": true}
	for i := 0; i < len(change); i += 2 {
		g[change[i].(string)] = change[i+1]
	}
	return g
}

func packed(text string) *bytes.Buffer {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return &b
}

func TestBadBodiesStoreNothing(t *testing.T) {
	h := start(t)
	_, u := h.unit("cppcc", "county")
	before := h.stored()
	for _, c := range []struct {
		what    string
		body    any
		headers []string
		status  int
	}{
		{"a body beyond the limit of JSON", good("problem", strings.Repeat("长", 60_000)), nil, 413},
		{"a compressed body", packed(`{"title":"x"}`), []string{"Content-Encoding", "gzip"}, 415},
		{"a form", strings.NewReader("title=路灯不亮"), []string{"Content-Type", "application/x-www-form-urlencoded"}, 415},
		{"plain text", strings.NewReader(`{"title":"x"}`), []string{"Content-Type", "text/plain"}, 415},
		{"half a body", strings.NewReader(`{"title":"x`), nil, 400},
		{"a list", []string{"x"}, nil, 422},
		{"no body", strings.NewReader(""), nil, 400},
		{"a number for a title", good("title", 5), nil, 422},
		{"a word for a yes", good("submit", "yes"), nil, 422},
		{"a word for a list", good("attachments", "x"), nil, 422},
		{"no id in a list of ids", good("attachments", []string{"x"}), nil, 422},
		{"an unknown urgency", good("urgency", "now"), nil, 422},
		{"an unknown category", good("category", "无此分类"), nil, 422},
		{"nothing", good("title", nil), nil, 422},
		{"an empty title", good("title", " \u200b\n"), nil, 422},
		{"a title too long", good("title", strings.Repeat("长", 101)), nil, 422},
		{"a text too long", good("problem", strings.Repeat("长", 3001)), nil, 422},
		{"an unknown field", good("colour", "red"), nil, 422},
		{"a state", good("state", "signed"), nil, 422},
		{"another tenant", good("tenant_id", 1), nil, 422},
		{"another author", good("author_id", uuid.NewString()), nil, 422},
		{"a secrecy marking", good("problem", "机密★一年\n某事"), nil, 422},
		{"a file that is nobody's", good("attachments", []string{uuid.NewString()}), nil, 422},
		{"a key that is none", good(), []string{"Idempotency-Key", strings.Repeat("k", 200)}, 422},
		{"another site's page", good(), []string{"Sec-Fetch-Site", "cross-site"}, 403},
	} {
		r := u.author.send(http.MethodPost, "/reports", c.body, c.headers...)
		h.refused(c.what, r, c.status)
	}
	if after := h.stored(); after != before {
		t.Errorf("%d rows before, %d after", before, after)
	}
}

// TestBadAddressesAndWordsAreRefused: what stands in paths and queries never becomes a fault of the program.
func TestBadAddressesAndWordsAreRefused(t *testing.T) {
	h := start(t)
	tenant, u := h.unit("cppcc", "county")
	audit := h.as(tenant.Person("audit_admin"))
	for _, id := range []string{"x", "1", uuid.NewString() + "0", "%00", "..%2f..", "%ff%fe", "{id}"} {
		h.refused("GET /reports/"+id, u.editor.send(http.MethodGet, "/reports/"+id, nil), 404, 422)
		h.refused("GET /attachments/"+id, u.editor.send(http.MethodGet, "/attachments/"+id, nil), 404, 422)
		h.refused("POST take-up "+id, u.editor.send(http.MethodPost, "/reports/"+id+"/take-up", map[string]any{}), 404, 422)
	}
	words := []string{"\x00", "\xff\xfe", "' or 1=1 --", "%_\\", "<script>", strings.Repeat("长", 300), "-1", "999999999999999999999", "2026-13", "0000-00", "9999-12..0001-01"}
	for path, names := range map[string][]string{
		"/reports": {"box", "state", "category", "q", "adopted_level", "adopted_form", "measure", "from", "to", "sender", "cursor", "limit"},
		"/clues":   {"state", "category", "q", "cursor", "limit"}, "/notices": {"unread", "cursor", "limit"}, "/members": {"q", "cursor", "limit"},
		"/boards/unit": {"period"}, "/boards/tree": {"period", "class", "under", "measure"}, "/forwarding-targets": {"report"},
	} {
		for _, name := range names {
			for _, word := range words {
				query := path + "?" + url.Values{name: {word}}.Encode()
				if r := u.editor.send(http.MethodGet, query, nil); !r.ok() {
					h.refused(query, r, 404, 422)
				}
			}
		}
	}
	for _, name := range []string{"actor", "action", "subject", "cursor", "limit"} {
		for _, word := range words {
			query := "/audit?" + url.Values{name: {word}}.Encode()
			if r := audit.send(http.MethodGet, query, nil); !r.ok() {
				h.refused(query, r, 404, 422)
			}
		}
	}
	h.refused("a role", h.as(tenant.Person("security_admin")).send(http.MethodPut, "/roles/%00/grants", map[string]string{}), 404, 422)
}

// TestZeroBytesAreRefusedOrDropped: PostgreSQL keeps none, so they never reach it, or it says so and nothing is changed.
func TestZeroBytesAreRefusedOrDropped(t *testing.T) {
	h := start(t)
	tenant, u := h.unit("cppcc", "county")
	system, security := h.as(tenant.Person("system_admin")), h.as(tenant.Person("security_admin"))
	const zero = "零\x00字节"
	r := u.submit("零字节")
	u.editor.change(http.MethodPost, "/reports/"+r.ID+"/take-up", map[string]any{})
	review := post[struct{ ID string }](u.editor, "/reports/"+r.ID+"/review", map[string]any{})
	member := "/members/" + tenant.Person("member").Membership.String()
	for _, c := range []struct {
		who          *browser
		method, path string
		body         any
	}{
		{h.visitor(tenant.Code), "POST", "/api/v1/session", map[string]string{"login": zero, "password": zero}},
		{system, "POST", "/members", map[string]string{"name": zero, "login": "zero.one", "password": password, "title": zero, "sector": zero}},
		{system, "PATCH", member, map[string]string{"title": zero, "party": zero, "post": zero}},
		{system, "POST", "/units", map[string]string{"name": zero}},
		{system, "POST", "/chains", map[string]any{"name": zero, "applies_to": []string{"urgent"}, "steps": []any{map[string]string{"title": zero, "role": "signer"}}}},
		{security, "POST", "/roles", map[string]string{"code": "zero", "name": zero, "copy_of": "editor"}},
		{security, "POST", "/roles", map[string]string{"code": "zero2", "name": "零", "copy_of": zero}},
		{security, "PUT", member + "/roles", map[string]any{"roles": []string{zero}}},
		{u.author, "POST", "/reports", good("title", zero, "problem", zero, "topic", zero)},
		{u.head, "POST", "/reviews/" + review.ID + "/approve", map[string]string{"opinion": zero}},
		{u.editor, "POST", "/reports/" + r.ID + "/forwardings", map[string]any{"to": []string{zero}, "cover": zero}},
		{u.editor, "POST", "/clues", map[string]string{"title": zero, "body": zero, "place": zero, "category": zero, "source_kind": "visit"}},
	} {
		before := h.stored()
		answer := c.who.send(c.method, c.path, c.body)
		if !answer.ok() {
			h.refused(c.method+" "+c.path, answer, 401, 409, 422)
			if after := h.stored(); after != before {
				t.Errorf("%s: refused, and %d rows more", c.path, after-before)
			}
		} else if strings.Contains(answer.body, `\u0000`) {
			t.Errorf("%s: %s", c.path, answer.body)
		}
	}
}

// TestForgedTenants: a session opens its own tenant, whatever path, cookie or body say.
func TestForgedTenants(t *testing.T) {
	h := open(t) // rows are counted: nothing may work beside the requests
	tenant, _ := h.unit("cppcc", "county")
	other, theirs := h.unit("cppcc", "county")
	person := tenant.Person("editor")
	r := theirs.submit("别人的信息")
	before := h.stored()
	stolen := h.visitor(other.Code)
	stolen.sign = func(request *http.Request) {
		request.AddCookie(&http.Cookie{Name: "shangda-" + other.Code, Value: person.Token})
	}
	mine := h.as(person)
	for _, path := range []string{"/reports/" + r.ID, "/reports", "/me", "/boards/unit"} {
		h.refused("another tenant's address", h.as(person).send(http.MethodGet, "/api/v1/t/"+other.Code+path, nil), 401)
		h.refused("one's token under another's name", stolen.send(http.MethodGet, path, nil), 401)
		h.refused("an address in capitals", mine.send(http.MethodGet, "/api/v1/t/"+strings.ToUpper(tenant.Code)+path, nil), 401, 404)
		h.refused("an unknown tenant", mine.send(http.MethodGet, "/api/v1/t/nobody"+path, nil), 401)
	}
	h.refused("writing at another's", stolen.send(http.MethodPost, "/reports", good()), 401)
	h.refused("a tenant in the body", mine.send(http.MethodPost, "/reports", good("tenant", other.Code)), 422)
	h.refused("another's report", mine.send(http.MethodPost, "/reports/"+r.ID+"/take-up", map[string]any{}, "X-Tenant", other.Code), 404)
	h.refused("a line that is not there", mine.send(http.MethodPost, "/reports/"+r.ID+"/forwardings", map[string]any{"to": []string{other.Code}}), 404)
	if after := h.stored(); after != before {
		t.Errorf("%d rows before, %d after", before, after)
	}
}

func TestAStaleEditChangesNothing(t *testing.T) {
	h := open(t) // rows are counted: nothing may work beside the requests
	_, u := h.unit("cppcc", "county")
	r := u.submit("两个编辑同时修改")
	u.editor.change(http.MethodPost, "/reports/"+r.ID+"/take-up", map[string]any{})
	path := "/reports/" + r.ID
	etag := u.editor.send(http.MethodGet, path, nil).header.Get("ETag")
	u.editor.change(http.MethodPatch, path, map[string]string{"advice": "先改的。"}, "If-Match", etag)
	before := h.stored()
	h.refused("a stale edit", u.head.send(http.MethodPatch, path, map[string]string{"advice": "后改的。"}, "If-Match", etag), 412)
	h.refused("an edit of nothing known", u.head.send(http.MethodPatch, path, map[string]string{"advice": "后改的。"}), 422)
	h.refused("an edit of anything", u.head.send(http.MethodPatch, path, map[string]string{"advice": "后改的。"}, "If-Match", "*"), 412, 422)
	if got := get[report](u.editor, path); got.Advice != "先改的。" || h.stored() != before {
		t.Errorf("after the stale edit: %+v, %d rows before, %d after", got, before, h.stored())
	}
}
