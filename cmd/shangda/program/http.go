package program

import (
	"bytes"
	"compress/gzip"
	"context"
	"io/fs"
	"mime"
	"path"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"

	"shangda/web"
)

// readiness says whether new requests are welcome, and when the last one was answered.
type readiness struct {
	draining atomic.Bool
	last     atomic.Int64
}

// How long nobody must have asked before the door is shut, and how long a drain waits for that.
const (
	quietEnough = 100 * time.Millisecond
	quietAtMost = 5 * time.Second
)

// note is told of every request. While draining its connection ends with its answer.
func (r *readiness) note(c *fiber.Ctx) error {
	if r.draining.Load() {
		c.Context().SetConnectionClose()
	}
	err := c.Next()
	r.last.Store(time.Now().UnixNano())
	return err
}

// drain says that no more requests are welcome and answers those that come nevertheless, until none come: whoever shares
// out the requests needs a moment to notice. It does not wait where nobody ever asked.
func (r *readiness) drain(ctx context.Context) {
	if r.draining.Swap(true) || r.last.Load() == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, quietAtMost)
	defer cancel()
	since := time.Now()
	for ctx.Err() == nil {
		if last := time.Unix(0, r.last.Load()); last.After(since) {
			since = last
		}
		left := quietEnough - time.Since(since)
		if left <= 0 {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(left):
		}
	}
}

// health answers /livez (the process runs) and /readyz (it can do its work; the database answers).
func (p *Program) health() {
	p.App.Get("/livez", func(c *fiber.Ctx) error { return c.SendString("ok") })
	p.App.Get("/readyz", func(c *fiber.Ctx) error {
		ctx, cancel := context.WithTimeout(c.UserContext(), 2*time.Second)
		defer cancel()
		if p.ready.draining.Load() {
			return c.Status(fiber.StatusServiceUnavailable).SendString("draining")
		}
		if err := p.pools.Read.Ping(ctx); err != nil {
			return c.Status(fiber.StatusServiceUnavailable).SendString("database: no answer")
		}
		return c.SendString("ok")
	})
}

// asset is one file of the console, with its gzip form where that is smaller.
type asset struct {
	body, zipped []byte
	kind         string
}

// console serves the built console: assets for a year, pages never cached, a missing asset is a 404 and never a page.
func console(app *fiber.App) { serveFiles(app, readConsole(web.FS)) }

func serveFiles(app *fiber.App, assets map[string]asset) {
	serve := func(c *fiber.Ctx, name, caching string) error {
		a, ok := assets[name]
		if !ok {
			return fiber.ErrNotFound
		}
		c.Set(fiber.HeaderContentType, a.kind)
		c.Set(fiber.HeaderCacheControl, caching)
		c.Vary(fiber.HeaderAcceptEncoding)
		if a.zipped != nil && strings.Contains(c.Get(fiber.HeaderAcceptEncoding), "gzip") { // who names no encoding gets none
			c.Set(fiber.HeaderContentEncoding, "gzip")
			return c.Send(a.zipped)
		}
		return c.Send(a.body)
	}
	app.Get("/assets/*", func(c *fiber.Ctx) error {
		return serve(c, "assets/"+c.Params("*"), "public, max-age=31536000, immutable")
	})
	app.Get("/*", func(c *fiber.Ctx) error {
		name := c.Params("*")
		switch {
		case strings.HasPrefix(name, "api/"), strings.HasPrefix(name, "openapi"):
			return fiber.ErrNotFound
		case name == "m" || strings.HasPrefix(name, "m/"):
			return serve(c, "m.html", "no-cache")
		case name == "verify", strings.HasPrefix(name, "p/"):
			return serve(c, "p.html", "no-cache")
		case path.Ext(name) != "":
			return serve(c, name, "no-cache")
		}
		return serve(c, "index.html", "no-cache")
	})
}

func readConsole(files fs.FS) map[string]asset {
	assets := map[string]asset{}
	_ = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(path.Base(name), ".") {
			return err
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		kind := mime.TypeByExtension(path.Ext(name))
		if path.Ext(name) == ".webmanifest" {
			kind = "application/manifest+json"
		}
		if kind == "" {
			kind = "application/octet-stream"
		}
		assets[name] = asset{body: body, zipped: zip(body), kind: kind}
		return nil
	})
	return assets
}

// zip compresses once, at the start; nil where it would not help.
func zip(body []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = w.Write(body)
	_ = w.Close()
	if b.Len() >= len(body) {
		return nil
	}
	return b.Bytes()
}
