// Package httpx is the ground of the HTTP side: the fiber application with its guards, request ids, and the one
// form of an error answer.
package httpx

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/internal/errs"
)

// MaxBody is the largest request in bytes; JSON bodies have a smaller limit of their own.
const MaxBody = 12 << 20

// Deadline is how long a request may work. The database ends a statement earlier.
const Deadline = 15 * time.Second

type requestIDKey struct{}

// RequestID is the id of the request of this context, empty without one.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// New is a fiber application with every guard in place. observe, where given, is told of each answer (route, status, time).
func New(observe func(method, route string, status int, took time.Duration)) *fiber.App {
	app := fiber.New(fiber.Config{
		Immutable:             true,
		CaseSensitive:         true,
		StrictRouting:         true,
		DisableStartupMessage: true,
		BodyLimit:             MaxBody,
		ReadTimeout:           30 * time.Second,
		IdleTimeout:           75 * time.Second,
		ErrorHandler:          handleError,
	})
	app.Use(begin(observe), headers, refuseEncoded, refuseCrossSite)
	return app
}

// begin gives the request its id, its deadline and its recovery, and tells observe how it ended.
func begin(observe func(string, string, int, time.Duration)) fiber.Handler {
	return func(c *fiber.Ctx) (err error) {
		started := time.Now()
		id := uuid.NewString()
		ctx, cancel := context.WithTimeout(context.WithValue(context.Background(), requestIDKey{}, id), Deadline)
		defer cancel()
		c.SetUserContext(ctx)
		c.Set(fiber.HeaderXRequestID, id)
		defer func() {
			if r := recover(); r != nil {
				slog.ErrorContext(ctx, "panic", "request_id", id, "panic", r, "stack", string(debug.Stack()))
				err = WriteProblem(c, errors.New("panic"))
			}
			if err != nil {
				err = handleError(c, err)
			}
			if observe != nil {
				observe(c.Method(), c.Route().Path, c.Response().StatusCode(), time.Since(started))
			}
		}()
		return c.Next()
	}
}

func handleError(c *fiber.Ctx, err error) error {
	var f *fiber.Error
	if errors.As(err, &f) {
		message, ok := detailOf[f.Code]
		if !ok {
			message = "请求无法处理"
		}
		return WriteProblem(c, &errs.Error{Kind: kindOf(f.Code), Message: message, Err: err})
	}
	return WriteProblem(c, err)
}

// headers are the security headers of every answer. antd needs inline styles; nothing needs inline scripts.
func headers(c *fiber.Ctx) error {
	c.Set("Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "+
		"connect-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'none'; form-action 'self'")
	c.Set("X-Content-Type-Options", "nosniff")
	c.Set("Referrer-Policy", "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
	if c.Secure() {
		c.Set("Strict-Transport-Security", "max-age=31536000")
	}
	if strings.HasPrefix(c.Path(), "/api/") {
		c.Set(fiber.HeaderCacheControl, "no-store")
	}
	return c.Next()
}

// refuseEncoded refuses compressed requests: the body limit does not see what they unpack to.
func refuseEncoded(c *fiber.Ctx) error {
	if e := c.Get(fiber.HeaderContentEncoding); e != "" && e != "identity" {
		return WriteProblem(c, errs.New(errs.Unsupported, "不接受压缩的请求"))
	}
	return c.Next()
}

// refuseCrossSite refuses a change that another site's page makes with this site's cookies.
func refuseCrossSite(c *fiber.Ctx) error {
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		return c.Next()
	}
	site, origin := c.Get("Sec-Fetch-Site"), c.Get(fiber.HeaderOrigin)
	ok := site == "same-origin" || site == "none"
	if site == "" {
		ok = origin == "" || sameHost(origin, c.Context().Host())
	}
	if !ok {
		return WriteProblem(c, errs.New(errs.Forbidden, "请求来自其他网站，已拒绝"))
	}
	return c.Next()
}

func sameHost(origin string, host []byte) bool {
	u, err := url.Parse(origin)
	return err == nil && u.Host == string(host)
}

func itoa(n int) string { return strconv.Itoa(n) }
