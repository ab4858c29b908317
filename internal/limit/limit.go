// Package limit counts what one address does in a span of time: in Redis for all replicas; without Redis, or while it fails,
// each process for itself.
package limit

import (
	"context"
	"log/slog"
	"net/netip"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"shangda/internal/errs"
)

// Allowance is how often one address may do something in a span of time.
type Allowance struct {
	Most int
	Span time.Duration
}

// addressesKept bounds the memory of one process.
const addressesKept = 10_000

// Limit counts. A nil one allows everything.
type Limit struct {
	redis *redis.Client
	mu    sync.Mutex
	seen  map[string]window
}

type window struct {
	count int
	ends  time.Time
}

// New counts through that Redis; nil counts in this process only.
func New(r *redis.Client) *Limit { return &Limit{redis: r, seen: map[string]window{}} }

var counted = redis.NewScript(`
	local n = redis.call('incr', KEYS[1])
	if n == 1 then redis.call('pexpire', KEYS[1], ARGV[1]) end
	return n`)

// Allow counts one more under the key and refuses what is too much; the key names what is done and from where (Network).
func (l *Limit) Allow(ctx context.Context, key string, a Allowance, now time.Time) error {
	if l == nil {
		return nil
	}
	n := l.here(key, a, now)
	if l.redis != nil {
		shared, err := counted.Run(ctx, l.redis, []string{key}, a.Span.Milliseconds()).Int()
		if err != nil {
			slog.WarnContext(ctx, "visitors are counted in this process only", "error", err)
		}
		n = max(n, shared)
	}
	if n > a.Most {
		return &errs.Error{Kind: errs.Limited, Message: "操作过于频繁，请过一会儿再试", RetryAfter: a.Span}
	}
	return nil
}

func (l *Limit) here(key string, a Allowance, now time.Time) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.seen[key]
	if !now.Before(w.ends) {
		w = window{ends: now.Add(a.Span)}
	}
	if len(l.seen) >= addressesKept {
		l.forget(now)
	}
	w.count++
	l.seen[key] = w
	return w.count
}

// forget drops what is over; where nothing is, all: a flood must not fill the memory.
func (l *Limit) forget(now time.Time) {
	for key, w := range l.seen {
		if !now.Before(w.ends) {
			delete(l.seen, key)
		}
	}
	if len(l.seen) >= addressesKept {
		clear(l.seen)
	}
}

// Network is an IPv4 address by itself, of IPv6 the network of a household.
func Network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || !ip.Unmap().Is6() {
		return address
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}
