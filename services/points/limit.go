package points

import (
	"context"
	"log/slog"
	"net/netip"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// allowance is how often one address may do something in a span of time.
type allowance struct {
	most int
	span time.Duration
}

// A household or an office behind one address leaves a few clues an hour; a whole meeting scans the code at once.
var (
	looks  = allowance{most: 120, span: time.Minute}
	leaves = allowance{most: 10, span: 10 * time.Minute}
)

// addressesKept bounds the memory of one process.
const addressesKept = 10_000

// Limit counts what an address does, in Redis for all replicas; without Redis, or while it fails, each process for itself.
type Limit struct {
	redis *redis.Client
	mu    sync.Mutex
	seen  map[string]window
}

type window struct {
	count int
	ends  time.Time
}

// NewLimit counts through that Redis; nil counts in this process only.
func NewLimit(r *redis.Client) *Limit { return &Limit{redis: r, seen: map[string]window{}} }

var counted = redis.NewScript(`
	local n = redis.call('incr', KEYS[1])
	if n == 1 then redis.call('pexpire', KEYS[1], ARGV[1]) end
	return n`)

// allow counts one more and refuses what is too much.
func (l *Limit) allow(ctx context.Context, what, address string, a allowance, now time.Time) error {
	if l == nil {
		return nil
	}
	key := tenancy.Key(tenancy.Tenant{Code: "platform"}, "visitor", what, network(address))
	n := l.here(key, a, now)
	if l.redis != nil {
		shared, err := counted.Run(ctx, l.redis, []string{key}, a.span.Milliseconds()).Int()
		if err != nil {
			slog.WarnContext(ctx, "visitors are counted in this process only", "error", err)
		}
		n = max(n, shared)
	}
	if n > a.most {
		return &errs.Error{Kind: errs.Limited, Message: "提交过于频繁，请过一会儿再试", RetryAfter: a.span}
	}
	return nil
}

func (l *Limit) here(key string, a allowance, now time.Time) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.seen[key]
	if !now.Before(w.ends) {
		w = window{ends: now.Add(a.span)}
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

// network is an IPv4 address by itself, of IPv6 the network of a household.
func network(address string) string {
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
