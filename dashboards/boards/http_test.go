package boards

import (
	"context"
	"encoding/json"
	"io"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"

	"shangda/authz"
	"shangda/internal/httpx"
	"shangda/tenancy"
)

// get asks as the person of the context.
func (c *country) get(ctx context.Context, path, etag string) (status int, header func(string) string, body string) {
	c.t.Helper()
	app := httpx.New(nil)
	app.Use(func(f *fiber.Ctx) error {
		if p := tenancy.From(ctx); p != nil {
			f.SetUserContext(tenancy.With(f.UserContext(), p))
		}
		return f.Next()
	})
	c.service.Routes(&authz.API{App: app, Huma: humafiber.New(app, huma.DefaultConfig("test", "1"))})
	request := httptest.NewRequest("GET", "/api/v1/t/x"+path, nil)
	if etag != "" {
		request.Header.Set("If-None-Match", etag)
	}
	response, err := app.Test(request, 10_000)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return response.StatusCode, response.Header.Get, string(text)
}

func TestABoardByHTTP(t *testing.T) {
	t.Parallel()
	c := newCountry(t)
	c.story()
	c.settle()
	editor := c.as("c1")
	status, header, body := c.get(editor, "/boards/tree?period=2026&measure=reports&class=cppcc", "")
	var b Board
	if err := json.Unmarshal([]byte(body), &b); err != nil || status != 200 || header("Content-Type") != "application/json" {
		t.Fatal(status, header("Content-Type"), body, err)
	}
	if len(b.Ranking) != 2 || !slices.Equal(b.Classes, []string{"cppcc", "party"}) || b.Period.Label != "2026年" || !b.AsOf.Equal(c.w.Clock.Now()) {
		t.Fatalf("%+v", b)
	}
	if status, again, body := c.get(editor, "/boards/tree?period=2026&measure=reports&class=cppcc", header("ETag")); status != 304 || body != "" || again("ETag") != header("ETag") {
		t.Fatal(status, body)
	}
	if status, _, _ := c.get(editor, "/boards/tree?period=2026&measure=reports", header("ETag")); status != 200 {
		t.Fatalf("another board answered %d to this one's ETag", status)
	}
	if _, _, body := c.get(editor, "/boards/unit?period=2026", ""); strings.Contains(body, `"ranking"`) || !strings.Contains(body, `"definitions"`) {
		t.Fatal(body)
	}
	officer := c.units["c1"].Person("officer").Context()
	for path, want := range map[string]int{
		"/boards/unit?period=2026-13": 422, "/boards/unit?period=今年": 422, "/boards/tree?period=2026-06..2026-01": 422,
		"/boards/tree?measure=points": 422, "/boards/tree?class=" + strings.Repeat("a", 41): 422,
		"/boards/tree?under=" + c.units["c2"].Code: 404, "/boards/tree?under=nobody": 404, "/boards/tree?under=" + strings.Repeat("a", 500): 404,
		"/boards/tree?under=" + c.units["a2"].Code: 200, "/boards/tree": 200, "/boards/unit": 200,
	} {
		parsed, err := url.Parse(path)
		if err != nil {
			t.Fatal(err)
		}
		parsed.RawQuery = parsed.Query().Encode()
		if status, _, body := c.get(editor, parsed.String(), ""); status != want {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	if status, _, _ := c.get(officer, "/boards/tree", ""); status != 403 {
		t.Errorf("an officer got %d", status)
	}
	if status, _, _ := c.get(context.Background(), "/boards/unit", ""); status != 401 {
		t.Errorf("a stranger got %d", status)
	}
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 31, 17, 0, 0, 0, time.UTC) // already 2027 in Shanghai
	for text, want := range map[string]string{
		"": "2027-01 2027-12 2027年", "2026": "2026-01 2026-12 2026年", "2026-H1": "2026-01 2026-06 2026年上半年", "2026-H2": "2026-07 2026-12 2026年下半年",
		"2026-Q1": "2026-01 2026-03 2026年第一季度", "2026-Q4": "2026-10 2026-12 2026年第四季度", "2026-10": "2026-10 2026-10 2026年10月",
		"2026-02..2026-06": "2026-02 2026-06 2026年2月至6月", "2025-07..2026-06": "2025-07 2026-06 2025年7月至2026年6月",
		"2026-01..2026-12": "2026-01 2026-12 2026年", "2026-00": "", "2026-13": "", "2026-H3": "", "2026-Q0": "", "26": "", "1999": "", "2100": "",
		"2026-06..2026-05": "", "2010-01..2026-01": "", "2026-1": "", "2026-01..": "", "2026-01-01": "",
	} {
		got := ""
		if p, err := ParsePeriod(text, now); err == nil {
			got = p.From.Format(monthLayout) + " " + p.last().Format(monthLayout) + " " + p.Label()
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// A board reads the viewer's rows of sums by their key, and nothing that services write.
func TestABoardReadsSumsByTheirKey(t *testing.T) {
	t.Parallel()
	c := newCountry(t)
	for _, table := range []string{"sums (tenant_id, month, child, category)", "unit_sums (tenant_id, month, unit)"} {
		rest := `, v.id, '类别' || k from platform.tenants v, platform.tenants x, generate_series(0, 35) n, generate_series(1, 15) k`
		if strings.HasPrefix(table, "unit") {
			rest = `, x.id from platform.tenants v, platform.tenants x, generate_series(0, 35) n`
		}
		c.exec(`insert into ` + table + ` select v.id, ('2024-01-01'::date + n * interval '1 month')::date` + rest + ` on conflict do nothing`)
	}
	c.exec(`analyze sums, unit_sums, platform.closure, platform.tenants, platform.lines`)
	for key, under := range map[string]string{"sums_pkey": "", "unit_sums_pkey": "c1"} {
		root := c.units["n"].ID
		if under != "" {
			root = c.units[under].ID
		}
		plan := c.explain(c.units["n"].ID, root)
		if !strings.Contains(plan, key) || strings.Contains(plan, "Seq Scan on sums") || strings.Contains(plan, "Seq Scan on unit_sums") {
			t.Errorf("not by %s:\n%s", key, plan)
		}
		for _, foreign := range []string{"on events", "on reports", "on letters"} {
			if strings.Contains(plan, foreign) {
				t.Errorf("reads %s:\n%s", foreign, plan)
			}
		}
	}
}

// explain is the plan of a board as the runtime role in the viewer's tenant.
func (c *country) explain(viewer, root int32) (plan string) {
	c.t.Helper()
	ctx := context.Background()
	sql, args := statement(viewer, root, year(ScopeTree), time.Now())
	err := pgx.BeginFunc(ctx, c.w.Pool(), func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select set_config('app.tenant', $1::int::text, true)`, viewer); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `explain `+sql, args...)
		if err != nil {
			return err
		}
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		plan = strings.Join(lines, "\n")
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return plan
}
