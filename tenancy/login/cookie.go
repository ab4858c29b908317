package login

import (
	"net"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"shangda/internal/httpx"
	"shangda/tenancy"
)

const baseName = "shangda"

// cookieName is the cookie of a tenant's session, or of the person's where code is empty. The __Host- prefix binds it
// to this very host over TLS; only a loopback address goes without.
func cookieName(c *fiber.Ctx, code string) string {
	name := baseName
	if code != "" {
		name += "-" + code
	}
	if loopback(c) {
		return name
	}
	return "__Host-" + name
}

// loopback tells whether the browser addresses this very machine, where there is no TLS.
func loopback(c *fiber.Ctx) bool {
	host := string(c.Context().Host())
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	switch strings.Trim(host, "[]") {
	case "localhost", "127.0.0.1", "::1":
		return true
	}
	return false
}

type visitKey struct{}

// visit is the request as the session routes see it: they read and set cookies, which the others never do.
type visit struct{ c *fiber.Ctx }

// withVisit hands a huma handler its visit.
func withVisit(ctx huma.Context, next func(huma.Context)) {
	next(huma.WithValue(ctx, visitKey{}, visit{humafiber.Unwrap(ctx)}))
}

// token is what the browser sent of a tenant's session, or of the person's where code is empty.
func (v visit) token(code string) string { return v.c.Cookies(cookieName(v.c, code)) }

func (v visit) address() string { return v.c.Context().RemoteIP().String() }

// principal is the beginning of one: where the request comes from.
func (v visit) principal() tenancy.Principal {
	return tenancy.Principal{RequestID: httpx.RequestID(v.c.UserContext()), Address: v.address()}
}

// keep sets the cookie; it lasts as long as the browser's window, the session behind it as long as its life.
func (v visit) keep(code, token string) { v.set(cookieName(v.c, code), token, time.Time{}) }

// drop takes the cookie from the browser.
func (v visit) drop(code string) { v.set(cookieName(v.c, code), "", time.Unix(1, 0)) }

// dropAll takes every cookie of a session from the browser.
func (v visit) dropAll() {
	prefix := cookieName(v.c, "")
	for name := range v.c.Request().Header.Cookies() {
		if n := string(name); n == prefix || strings.HasPrefix(n, prefix+"-") {
			v.set(n, "", time.Unix(1, 0))
		}
	}
}

func (v visit) set(name, value string, expires time.Time) {
	v.c.Cookie(&fiber.Cookie{
		Name: name, Value: value, Path: "/", Expires: expires,
		Secure: !loopback(v.c), HTTPOnly: true, SameSite: fiber.CookieSameSiteStrictMode,
	})
}
