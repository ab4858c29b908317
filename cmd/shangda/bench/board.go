package bench

import (
	"context"
	"io"
	"net/http"
	"time"
)

// Board measures a cached board beside a constant handler that gives the same bytes after one Redis GET of them, behind
// the same chain.
func Board(ctx context.Context, o Options, out io.Writer) error {
	p, err := build(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	path := "/api/v1/t/" + p.tenant + "/boards/unit?period=" + time.Now().Format("2006")
	page, err := p.fetch(path)
	if err != nil {
		return err
	}
	if err := p.Redis.Set(ctx, p.pageKey(), page, time.Hour).Err(); err != nil {
		return err
	}
	hello, stop, err := bare(page)
	if err != nil {
		return err
	}
	defer stop()
	rates, err := race(o, []contestant{
		{"board", 0, p.call(http.MethodGet, path, nil)},
		{"redis", 0, p.call(http.MethodGet, "/api/v1/t/"+p.tenant+"/bench/from-redis", nil)},
		{"hello", 0, hello},
	})
	if err != nil {
		return err
	}
	return Print(out, []Line{
		beside("board.cached", rates["board"], rates["redis"], 0.8, "limit: constant handler, same bytes after one Redis GET, behind the same chain"),
		beside("board.bare", rates["board"], rates["hello"], 0, "limit: bare fiber, same bytes"),
	}, o.JSON)
}
