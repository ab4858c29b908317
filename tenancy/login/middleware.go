package login

import (
	"bytes"
	"context"
	"crypto/sha256"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/internal/httpx"
	"shangda/tenancy"
)

const (
	cacheAge  = time.Second // how long a right that was withdrawn may still be read with
	cacheSize = 8192
	seenEvery = time.Minute // how exactly idleness is measured
	longestID = 100
)

// Middleware belongs on /api/v1/t/:tenant. It puts the principal of the tenant's cookie into the request's context,
// and the Idempotency-Key of a change. Without a live session of that very tenant the request goes on without a
// principal, and every route that needs one refuses it.
func (s *Service) Middleware() fiber.Handler {
	return func(c *fiber.Ctx) error {
		code := c.Params("tenant")
		token := c.Cookies(cookieName(c, code))
		if token == "" {
			return c.Next()
		}
		ctx := c.UserContext()
		p, err := s.principal(ctx, token, code)
		if err != nil {
			return httpx.WriteProblem(c, unavailable(err))
		}
		if p == nil {
			return c.Next()
		}
		own := *p
		own.RequestID, own.Address = httpx.RequestID(ctx), c.Context().RemoteIP().String()
		ctx, err = withKey(tenancy.With(ctx, &own), c)
		if err != nil {
			return httpx.WriteProblem(c, err)
		}
		c.SetUserContext(ctx)
		return c.Next()
	}
}

func unavailable(err error) error {
	return &errs.Error{Kind: errs.Unavailable, Message: "系统繁忙，请稍后重试", RetryAfter: time.Second, Err: err}
}

// withKey puts the Idempotency-Key of a change into the context.
func withKey(ctx context.Context, c *fiber.Ctx) (context.Context, error) {
	key := c.Get("Idempotency-Key")
	if key == "" {
		return ctx, nil
	}
	switch c.Method() {
	case fiber.MethodPost, fiber.MethodPut, fiber.MethodPatch, fiber.MethodDelete:
	default:
		return ctx, nil
	}
	if len(key) > longestID {
		return nil, badKey()
	}
	for i := range len(key) {
		if key[i] < ' ' || key[i] > '~' {
			return nil, badKey()
		}
	}
	return tenancy.WithIdempotencyKey(ctx, key, c.Method()+" "+c.Path(), content(c)), nil
}

func badKey() error {
	return errs.New(errs.Invalid, "幂等键（Idempotency-Key）最多 %d 个可见字符", longestID)
}

// content is the body as it counts for a repeat: a browser draws the boundary of a form anew each time.
func content(c *fiber.Ctx) []byte {
	body := c.Request().Body()
	if boundary := c.Request().Header.MultipartFormBoundary(); len(boundary) > 0 {
		return bytes.ReplaceAll(body, boundary, nil)
	}
	return body
}

// principal is who holds the token in the tenant of that code, nil where nobody does. It is at most a second old and
// shared between requests: copy before changing.
func (s *Service) principal(ctx context.Context, token, code string) (*tenancy.Principal, error) {
	hash := sha256.Sum256([]byte(token))
	e := s.cache.get(hash)
	if e == nil {
		loaded, err, _ := s.flight.Do(string(hash[:]), func() (any, error) { return s.resolve(ctx, hash) })
		if err != nil {
			return nil, err
		}
		e = loaded.(*entry)
	}
	if e.principal == nil || e.principal.Tenant.Code != code || !s.clock.Now().Before(e.ends) {
		return nil, nil
	}
	return e.principal, nil
}

// resolve reads session, tenant, membership and rights. Several requests may wait for it, so it outlives the first.
func (s *Service) resolve(ctx context.Context, hash [32]byte) (*entry, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	generation, started, now := s.cache.current.Load(), time.Now(), s.clock.Now()
	found, err := s.findSession(ctx, hash, now)
	if err != nil {
		return nil, err
	}
	if found.ID == uuid.Nil || found.Tenant == nil || found.Membership == nil {
		return &entry{}, nil
	}
	tenant, err := s.dir.ByID(ctx, *found.Tenant)
	if err != nil {
		return nil, err
	}
	p := &tenancy.Principal{Tenant: tenant, Person: found.Person, Membership: *found.Membership, Session: found.ID, Login: found.Login}
	active, err := s.stand(ctx, p)
	if err != nil {
		return nil, err
	}
	if !active {
		return &entry{}, nil
	}
	if now.Sub(found.SeenAt) >= seenEvery {
		if err := s.touchSession(ctx, found.ID, now, lifeOf(p.Class).idle); err != nil {
			return nil, err
		}
	}
	e := &entry{principal: p, loaded: started, ends: found.EndsAt}
	s.cache.put(generation, hash, e)
	return e, nil
}

// entry is a resolved token; without a principal where it opens nothing.
type entry struct {
	principal *tenancy.Principal
	loaded    time.Time
	ends      time.Time
}

// cache keeps resolved tokens for a second. It is bounded: full, it starts anew. Reading takes no lock.
type cache struct{ current atomic.Pointer[generation] }

type generation struct {
	entries sync.Map
	size    atomic.Int64
}

func newCache() *cache {
	c := &cache{}
	c.clear()
	return c
}

func (c *cache) clear() { c.current.Store(&generation{}) }

func (c *cache) get(hash [32]byte) *entry {
	found, ok := c.current.Load().entries.Load(hash)
	if !ok {
		return nil
	}
	e := found.(*entry)
	if time.Since(e.loaded) > cacheAge {
		return nil
	}
	return e
}

// put keeps an entry that was read under this generation; one cleared meanwhile is gone, and the entry with it.
func (c *cache) put(g *generation, hash [32]byte, e *entry) {
	if _, known := g.entries.Swap(hash, e); !known && g.size.Add(1) > cacheSize {
		c.current.CompareAndSwap(g, &generation{})
	}
}
