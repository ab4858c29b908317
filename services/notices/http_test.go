package notices

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/httpx"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// call makes a request as a person (nil for a stranger), with an Idempotency-Key where key is given.
func call(t *testing.T, w *tenancytest.World, p *tenancytest.Person, method, path, body, key string) (int, string) {
	t.Helper()
	app := httpx.New(nil)
	app.Use(func(c *fiber.Ctx) error {
		ctx := c.UserContext()
		if p != nil {
			ctx = tenancy.With(ctx, p.Principal)
		}
		if key != "" {
			ctx = tenancy.WithIdempotencyKey(ctx, key, method+path, c.Body())
		}
		c.SetUserContext(ctx)
		return c.Next()
	})
	New(w.DB).Routes(&authz.API{Huma: humafiber.New(app, huma.DefaultConfig("test", "1")), App: app})
	request, _ := http.NewRequest(method, "http://test/api/v1/t/x"+path, strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	response, err := app.Test(request, -1)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(text)
}

func TestTheRoutes(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	me := w.Tenant("cppcc", "city").Person("editor")
	report := tenancy.Subject{Kind: "report", ID: tenancy.NewID()}
	for i := range 3 {
		if err := w.DB.InTx(me.Context(), func(tx *tenancy.Tx) error {
			tx.Record(tenancy.Event{Kind: "report.returned", Subject: report})
			return New(w.DB).Tell(context.WithoutCancel(me.Context()), tx, []uuid.UUID{me.Membership}, Notice{Kind: "report.returned", Text: fmt.Sprint("退回", i), Subject: report})
		}); err != nil {
			t.Fatal(err)
		}
	}
	if status, _ := call(t, w, nil, "GET", "/notices", "", ""); status != 401 {
		t.Errorf("a stranger: %d", status)
	}
	var page struct {
		Items []map[string]any
		Next  string
	}
	status, body := call(t, w, me, "GET", "/notices?limit=2&unread=true", "", "")
	if err := json.Unmarshal([]byte(body), &page); err != nil || status != 200 || len(page.Items) != 2 || page.Next == "" {
		t.Fatalf("%d %s", status, body)
	}
	item := page.Items[0]
	if item["text"] != "退回2" || item["subject_kind"] != "report" || item["subject_id"] != report.ID.String() || item["read_at"] != nil {
		t.Errorf("%v", item)
	}
	for _, bad := range []string{"?limit=0", "?limit=101", "?cursor=x", "?unread=maybe"} {
		if status, body := call(t, w, me, "GET", "/notices"+bad, "", ""); status != 422 {
			t.Errorf("%s: %d %s", bad, status, body)
		}
	}
	for _, bad := range []string{`{}`, `{"ids":["x"]}`, `{"all":true,"other":1}`} {
		if status, body := call(t, w, me, "POST", "/notices/read", bad, ""); status != 422 {
			t.Errorf("%s: %d %s", bad, status, body)
		}
	}
	one := fmt.Sprintf(`{"ids":[%q]}`, item["id"])
	for range 2 { // the same key twice is once, and no fault
		if status, body := call(t, w, me, "POST", "/notices/read", one, "k"); status != 204 {
			t.Fatalf("%d %s", status, body)
		}
	}
	if _, body := call(t, w, me, "GET", "/notices?unread=true", "", ""); strings.Count(body, "退回") != 2 {
		t.Errorf("%s", body)
	}
	call(t, w, me, "POST", "/notices/read", `{"all":true}`, "")
	if _, body := call(t, w, me, "GET", "/notices?unread=true", "", ""); !strings.Contains(body, `"items":[]`) || !strings.Contains(body, `"next":""`) {
		t.Errorf("%s", body)
	}
}
