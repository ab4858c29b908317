package reports_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"shangda/authz"
	"shangda/internal/httpx"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// site is the routes of reports, called as whoever is set.
type site struct {
	t      *testing.T
	app    *fiber.App
	caller *tenancytest.Person
}

func (h *house) site() *site {
	s := &site{t: h.t, app: httpx.New(nil)}
	s.app.Use(func(c *fiber.Ctx) error {
		c.SetUserContext(tenancy.With(c.UserContext(), s.caller.Principal))
		return c.Next()
	})
	h.reports.Routes(&authz.API{App: s.app, Huma: humafiber.New(s.app, huma.DefaultConfig("test", "1"))})
	return s
}

// call sends a request and returns the answer's body and ETag.
func (s *site) call(p *tenancytest.Person, method, path, ifMatch, body string, status int) (map[string]any, string) {
	s.t.Helper()
	s.caller = p
	request := httptest.NewRequestWithContext(context.Background(), method, "/api/v1/t/x"+path, strings.NewReader(body))
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	if ifMatch != "" {
		request.Header.Set("If-Match", ifMatch)
	}
	response, err := s.app.Test(request, -1)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	content, _ := io.ReadAll(response.Body)
	if response.StatusCode != status {
		s.t.Fatalf("%s %s: %d, want %d: %s", method, path, response.StatusCode, status, content)
	}
	var out map[string]any
	if err := json.Unmarshal(content, &out); err != nil {
		s.t.Fatal(err)
	}
	return out, response.Header.Get("ETag")
}

func TestTheRoutes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	s := h.site()
	created, tag := s.call(county.member, http.MethodPost, "/reports", "",
		`{"title":"停车难","problem":"<script>alert(1)</script>","category":"交通运输","urgency":"urgent","submit":true}`, 201)
	path := "/reports/" + created["id"].(string)
	if tag != `"1"` || created["problem"] != "<script>alert(1)</script>" || created["state"] != "submitted" || created["class"] != "ordinary" {
		t.Fatal(tag, created)
	}
	s.call(county.editor, http.MethodPatch, path, `"1"`, `{"title":"改"}`, 409)
	taken, tag := s.call(county.editor, http.MethodPost, path+"/take-up", "", "", 200)
	if taken["state"] != "taken_up" || tag != `"2"` {
		t.Fatal(taken, tag)
	}
	s.call(county.editor, http.MethodPatch, path, "", `{"title":"改"}`, 422)
	s.call(county.editor, http.MethodPatch, path, `"1"`, `{"title":"改"}`, 412)
	edited, tag := s.call(county.editor, http.MethodPatch, path, tag, `{"title":"关于停车的建议"}`, 200)
	if edited["title"] != "关于停车的建议" || tag != `"3"` {
		t.Fatal(edited, tag)
	}
	s.call(county.member, http.MethodPost, path+"/keep", "", `{"reason_code":"timing"}`, 403)
	s.call(county.editor, http.MethodPost, path+"/keep", "", `{"reason_code":"nonsense"}`, 422)
	s.call(county.signer, http.MethodPost, path+"/adopt", "", `{"form":"combined"}`, 422)
	s.call(county.signer, http.MethodPost, path+"/adopt", "", `{"form":"relayed","relayed_to":"交通局","note":"请阅"}`, 200)
	s.call(county.signer, http.MethodPost, path+"/adoption-correction", "", `{"reason":"误操作"}`, 200)
	s.call(county.editor, http.MethodPost, path+"/return", "", `{"reason_code":"no_data","reason":"补充数据"}`, 200)
	s.call(county.member, http.MethodPost, path+"/submit", "", "", 200)
	s.call(county.member, http.MethodPost, path+"/withdraw", "", "", 200)
	list, _ := s.call(county.editor, http.MethodGet, "/reports?box=desk&limit=10", "", "", 200)
	item := list["items"].([]any)[0].(map[string]any)
	if item["excerpt"] != "<script>alert(1)</script>" || item["problem"] != "" {
		t.Fatal(item)
	}
	timeline, _ := s.call(county.member, http.MethodGet, path+"/timeline", "", "", 200)
	versions, _ := s.call(county.member, http.MethodGet, path+"/versions", "", "", 200)
	if len(timeline["items"].([]any)) != 8 || len(versions["items"].([]any)) != 3 {
		t.Fatal(timeline, versions)
	}
	if c, _ := s.call(county.member, http.MethodGet, "/categories", "", "", 200); len(c["items"].([]any)) != 15 {
		t.Fatal(c)
	}
	s.call(county.member, http.MethodGet, "/reasons", "", "", 200)
	first, _ := s.call(county.editor, http.MethodPost, "/reports", "", `{"title":"一","problem":"一","category":"民政","submit":true}`, 201)
	second, _ := s.call(county.editor, http.MethodPost, "/reports", "", `{"title":"二","problem":"二","category":"民政","submit":true}`, 201)
	pair := `"` + first["id"].(string) + `","` + second["id"].(string) + `"`
	for _, r := range []map[string]any{first, second} {
		s.call(county.editor, http.MethodPost, "/reports/"+r["id"].(string)+"/take-up", "", "", 200)
	}
	both, _ := s.call(county.editor, http.MethodPost, "/combinations", "",
		`{"title":"合","problem":"合","category":"民政","reports":[`+pair+`],"shares":{"`+first["id"].(string)+`":60,"`+second["id"].(string)+`":40}}`, 201)
	if shares := both["sources"].([]any); shares[0].(map[string]any)["share"] != 60.0 {
		t.Fatal(both)
	}
	s.call(county.editor, http.MethodPost, "/combinations", "", `{"title":"合","problem":"合","category":"民政","reports":["`+first["id"].(string)+`"]}`, 422)
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	s := h.site()
	for _, body := range []string{
		`{"title":"停车难","problem":"难","category":"交通运输","tenant":"other"}`,
		`{"title":"停车难","problem":"难","category":"交通运输","author_id":"` + county.editor.Membership.String() + `"}`,
		`{"title":7,"problem":"难","category":"交通运输"}`,
		`{"title":"停车难","problem":"难","category":"交通运输","id":"x"}`,
		`{"title":"停车难","problem":"难","category":"交通运输","urgency":"now"}`,
		`{"title":"停车难","problem":"` + strings.Repeat("难", 3001) + `","category":"交通运输"}`,
		`{"title":"` + strings.Repeat("难", 101) + `","problem":"难","category":"交通运输"}`,
		`{"title":"机密★","problem":"难","category":"交通运输"}`,
		`{}`,
	} {
		out, _ := s.call(county.member, http.MethodPost, "/reports", "", body, 422)
		if len(out["errors"].([]any)) == 0 || out["errors"].([]any)[0].(map[string]any)["location"] == "" {
			t.Error(body, out)
		}
	}
	s.call(county.member, http.MethodPost, "/reports", "", `{"title":`, 400)
	s.call(county.member, http.MethodPost, "/reports", "", `{"title":"`+strings.Repeat("x", 200<<10)+`"}`, 413)
	s.call(county.member, http.MethodGet, "/reports/"+tenancy.NewID().String(), "", "", 404)
	s.call(county.member, http.MethodGet, "/reports?box=everything", "", "", 422)
	s.call(county.Person("system_admin"), http.MethodGet, "/reports", "", "", 403)
	if n, _ := s.call(county.member, http.MethodGet, "/reports?box=mine", "", "", 200); len(n["items"].([]any)) != 0 {
		t.Fatal("something was stored")
	}
}
