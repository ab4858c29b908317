package organisations_test

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
	"shangda/tenancy/organisations"
	"shangda/tenancy/tenancytest"
)

// desk is the operator's console: requests of one person.
type desk struct {
	t    *testing.T
	app  *fiber.App
	door string
}

func newDesk(t *testing.T, p platform, person *tenancytest.Person) desk {
	app := httpx.New(nil)
	app.Use(func(c *fiber.Ctx) error {
		ctx := tenancy.With(c.UserContext(), person.Principal)
		if key := c.Get("Idempotency-Key"); key != "" {
			ctx = tenancy.WithIdempotencyKey(ctx, key, c.Method()+" "+c.Path(), c.Body())
		}
		c.SetUserContext(ctx)
		return c.Next()
	})
	p.Routes(&authz.API{App: app, Huma: humafiber.New(app, huma.DefaultConfig("test", "1"))})
	return desk{t: t, app: app, door: "/api/v1/t/" + person.Tenant.Code}
}

// ask sends a request and reads the answer into out, and tells the status.
func (d desk) ask(method, path, body, key string, out any) int {
	d.t.Helper()
	r := httptest.NewRequest(method, d.door+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", key)
	response, err := d.app.Test(r, -1)
	if err != nil {
		d.t.Fatal(err)
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	if err := json.Unmarshal(text, out); err != nil {
		d.t.Fatalf("%s %s: %v: %s", method, path, err, text)
	}
	return response.StatusCode
}

func TestTheOperatorsConsole(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	p := open(t, w)
	d := newDesk(t, p, w.Operator().Person("operator"))
	upper := w.Tenant("cppcc", "city")

	opening := `{"code":"console-zx","name":"政协控制县委员会","short_name":"控制县政协","kind":"cppcc","level":"county",
		"administrator":{"name":"甲","login":"console.system","password":"12345678"},
		"security_administrator":{"name":"乙","login":"console.security","password":"12345678"}}`
	for range 2 { // the answer was lost, the console asks again
		var opened organisations.TenantView
		if status := d.ask(http.MethodPost, "/platform/tenants", opening, "open", &opened); status != http.StatusCreated || opened.Code != "console-zx" || opened.State != "active" {
			t.Fatalf("%d: %+v", status, opened)
		}
	}
	var problem httpx.Problem
	if status := d.ask(http.MethodPost, "/platform/tenants", opening, "again", &problem); status != http.StatusConflict {
		t.Errorf("opened twice: %d %+v", status, problem)
	}
	alone := strings.Replace(strings.Replace(opening, "security_administrator", "audit_administrator", 1), "console-zx", "alone-zx", 1)
	if status := d.ask(http.MethodPost, "/platform/tenants", alone, "alone", &problem); status != http.StatusUnprocessableEntity || !strings.Contains(problem.Detail, "安全管理员") {
		t.Errorf("without a security administrator: %d %+v", status, problem)
	}
	var line organisations.LineBody
	status := d.ask(http.MethodPost, "/platform/lines", `{"lower":"console-zx","upper":"`+upper.Code+`","from":"2026-11"}`, "line", &line)
	if status != http.StatusCreated || !line.Figures || line.From != "2026-11" || line.To != "" || line.Lower.Name != "控制县政协" {
		t.Fatalf("%d: %+v", status, line)
	}
	if status := d.ask(http.MethodPost, "/platform/lines/"+line.ID.String()+"/close", `{"to":"2027-01"}`, "close", &line); status != http.StatusOK || line.To != "2027-01" {
		t.Errorf("%d: %+v", status, line)
	}
	if status := d.ask(http.MethodPost, "/platform/lines/"+line.ID.String()+"/stop", ``, "stop", &line); status != http.StatusOK || line.StoppedAt == nil {
		t.Errorf("%d: %+v", status, line)
	}
	var lines struct{ Items []organisations.LineBody }
	if status := d.ask(http.MethodGet, "/platform/lines", ``, "", &lines); status != http.StatusOK || len(lines.Items) == 0 {
		t.Errorf("%d: %v", status, lines)
	}
	var page struct {
		Items []organisations.TenantView
		Next  string
	}
	if status := d.ask(http.MethodGet, "/platform/tenants?q="+upper.Code[:2]+"&limit=1", ``, "", &page); status != http.StatusOK || len(page.Items) != 1 {
		t.Errorf("%d: %+v", status, page)
	}
	var own organisations.Organisation
	if status := d.ask(http.MethodGet, "/organisation", ``, "", &own); status != http.StatusOK || len(own.Up) != 0 {
		t.Errorf("%d: %+v", status, own)
	}
}

func TestTheAuditKeepsWhoDrewALine(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	p := open(t, w)
	operator := w.Operator().Person("operator")
	id, err := p.OpenLine(operator.Context(), organisations.NewLine{Lower: w.Tenant("cppcc", "county").Code, Upper: w.Tenant("cppcc", "city").Code, From: "2026-11"})
	if err != nil {
		t.Fatal(err)
	}
	var person string
	err = w.TestDB.Admin(t).QueryRow(context.Background(), `select actor from audit where tenant_id = 1 and action = 'line.opened' and subject_id = $1`, id).Scan(&person)
	if err != nil || person != operator.Name {
		t.Errorf("%v: %q", err, person)
	}
}
