package boards

import (
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"shangda/authz"
	"shangda/internal/httpx"
	"shangda/tenancy"
)

// BenchmarkServe is a board from the process's copy, without the network; BenchmarkConstant the same bytes from memory
// behind the same chain.
func BenchmarkServe(b *testing.B) { benchmark(b, "/boards/tree?period=2026") }

func BenchmarkConstant(b *testing.B) { benchmark(b, "/constant?period=2026") }

func benchmark(b *testing.B, path string) {
	c := newCountry(b)
	c.story()
	c.settle()
	reader := c.as("p")
	board, err := c.service.Cached(reader, year(ScopeTree))
	if err != nil {
		b.Fatal(err)
	}
	app := httpx.New(nil)
	app.Use(func(f *fiber.Ctx) error {
		f.SetUserContext(tenancy.With(f.UserContext(), tenancy.From(reader)))
		return f.Next()
	})
	api := &authz.API{App: app, Huma: humafiber.New(app, huma.DefaultConfig("test", "1"))}
	c.service.Routes(api)
	authz.Raw(api, authz.BoardTree, huma.Operation{OperationID: "constant", Method: "GET", Path: "/constant"}, func(f *fiber.Ctx) error {
		f.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
		return f.Send(board.Body)
	})
	serve := app.Handler()
	var request fasthttp.RequestCtx
	for b.Loop() {
		request.Request.Reset()
		request.Response.Reset()
		request.Request.SetRequestURI("/api/v1/t/x" + path)
		serve(&request)
		if request.Response.StatusCode() != 200 {
			b.Fatal(request.Response.StatusCode())
		}
	}
	b.ReportMetric(float64(len(board.Body)), "bytes")
}
