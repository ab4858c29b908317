package bench

import (
	"context"
	"io"
	"net"
	"net/http"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/postgres"
	"shangda/tenancy"
)

// HTTP measures an authenticated list page and a submission, each beside raw SQL with the very same statements and beside
// a constant handler behind the same chain; bare fiber stands beside them.
func HTTP(ctx context.Context, o Options, out io.Writer) error {
	p, err := build(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	lines, err := p.http(ctx, o)
	if err != nil {
		return err
	}
	return Print(out, append(lines, p.permission()), o.JSON)
}

func (p *place) http(ctx context.Context, o Options) ([]Line, error) {
	const list = "/reports?box=inbox&limit=20"
	tenantPath := "/api/v1/t/" + p.tenant
	page, err := p.fetch(tenantPath + list)
	if err != nil {
		return nil, err
	}
	read, err := p.capture.during(func() error { _, err := p.fetch(tenantPath + list); return err })
	if err != nil {
		return nil, err
	}
	body, err := marshalSubmission()
	if err != nil {
		return nil, err
	}
	before := tenancy.NewID()
	submit := p.call(http.MethodPost, tenantPath+"/reports", body)
	write, err := p.capture.during(func() error { return submit(0) })
	if err != nil {
		return nil, err
	}
	write = changes(write)
	born := births(write, before)
	hello, stop, err := bare(page)
	if err != nil {
		return nil, err
	}
	defer stop()
	p.page, p.read = page, read
	pool, err := postgres.Open(ctx, p.DB.ReadPool.Config().ConnString(), postgres.Options{MaxConns: 64, Name: "bench raw"})
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	rates, err := race(o, []contestant{
		{"list", 0, p.call(http.MethodGet, tenantPath+list, nil)},
		{"list raw", 0, func(int) error { return replayRead(ctx, pool, read) }},
		{"list chain", 0, p.call(http.MethodGet, tenantPath+"/bench/same-sql", nil)},
		{"chain", 0, p.call(http.MethodGet, tenantPath+"/bench/constant", nil)},
		{"hello", 0, hello},
		{"submit", 32, submit},
		{"submit raw", 32, func(int) error { return replayWrite(ctx, pool, write, born) }},
	})
	if err != nil {
		return nil, err
	}
	return []Line{
		beside("http.list", rates["list"], rates["list raw"], 0.5, "20 of 2,000 reports; limit: pgx with the same SQL"),
		beside("http.list.chain", rates["list"], rates["list chain"], 0, "limit: constant handler, same bytes and same SQL behind the same chain"),
		beside("http.submit", rates["submit"], rates["submit raw"], 0.5, "32 clients; limit: pgx, the same statements in one transaction and one batch"),
		beside("http.chain", rates["chain"], rates["hello"], 0, "constant handler behind session and permission; limit: bare fiber, same bytes"),
	}, nil
}

// changes leaves the statements of the change's own transaction: what follows only reads the answer back.
func changes(all []statement) []statement {
	var kept []statement
	for _, s := range all {
		if s.sql == "commit" {
			break
		}
		if s.sql != "begin" {
			kept = append(kept, s)
		}
	}
	return kept
}

// bare is fiber with nothing before the handler.
func bare(page []byte) (do func(int) error, stop func(), err error) {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/", func(c *fiber.Ctx) error { return c.Send(page) })
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	go func() { _ = app.Listener(listener) }()
	p := &place{base: "http://" + listener.Addr().String()}
	return p.call(http.MethodGet, "/", nil), func() { _ = app.Shutdown() }, nil
}

// permission times one check on a loaded object.
func (p *place) permission() Line {
	principal := tenancy.From(p.editor)
	object := authz.Object{Read: authz.ReportRead, Owner: uuid.New()}
	result := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			if authz.Check(principal, authz.ReportScreen, object) != nil {
				b.Fatal("refused")
			}
		}
	})
	ns := float64(result.T.Nanoseconds()) / float64(result.N)
	l := Line{Name: "authz.check", Value: round(ns), Unit: "ns", Limit: 500, Ratio: float64(int(ns*1000/500)) / 1000, Target: "<= 500 ns, 0 allocations"}
	l.Met = ns <= 500 && result.AllocsPerOp() == 0
	return l
}
