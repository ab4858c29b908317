package login

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// Whoever guesses a login's password from one address waits longer after each failure from the fifth on. The login
// itself is never locked: its owner, at another address, notices nothing.
const (
	freeFailures    = 5
	longestDelay    = 15 * time.Minute
	attemptsKept    = 30 * time.Minute
	attemptsInCache = 10_000
)

type attempt struct {
	failures    int
	until, last time.Time
}

// attempts counts failures by key, in this process and within a bounded memory.
type attempts struct {
	mu    sync.Mutex
	byKey map[string]attempt
}

func newAttempts() *attempts { return &attempts{byKey: map[string]attempt{}} }

// begin counts an attempt as failed before the password is looked at, so that many at once do not slip by, and says
// how long the caller has to wait first.
func (a *attempts) begin(key string, now time.Time) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	at := a.byKey[key]
	if left := at.until.Sub(now); left > 0 {
		return left
	}
	if now.Sub(at.last) > attemptsKept {
		at = attempt{}
	}
	at.failures, at.last = at.failures+1, now
	at.until = now.Add(delayAfter(at.failures))
	if _, known := a.byKey[key]; !known && len(a.byKey) >= attemptsInCache {
		a.evict(now)
	}
	a.byKey[key] = at
	return 0
}

// undo takes back an attempt whose password was not looked at.
func (a *attempts) undo(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if at, ok := a.byKey[key]; ok {
		at.failures, at.until = at.failures-1, time.Time{}
		a.byKey[key] = at
	}
}

func (a *attempts) forget(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.byKey, key)
}

// evict drops what is out of date, or else the oldest.
func (a *attempts) evict(now time.Time) {
	var oldest string
	var last time.Time
	for key, at := range a.byKey {
		if now.Sub(at.last) > attemptsKept {
			delete(a.byKey, key)
		} else if oldest == "" || at.last.Before(last) {
			oldest, last = key, at.last
		}
	}
	if len(a.byKey) >= attemptsInCache {
		delete(a.byKey, oldest)
	}
}

// delayAfter doubles from one second.
func delayAfter(failures int) time.Duration {
	if failures < freeFailures {
		return 0
	}
	return min(time.Second<<min(failures-freeFailures, 20), longestDelay)
}

// attemptKey joins login and address: an IPv4 address by itself, of IPv6 the network of a household.
func attemptKey(login, address string) string {
	if ip, err := netip.ParseAddr(address); err == nil && ip.Unmap().Is6() {
		if prefix, err := ip.Prefix(64); err == nil {
			address = prefix.String()
		}
	}
	sum := sha256.Sum256([]byte(strings.ToLower(login) + "\x00" + address))
	return tenancy.Key(tenancy.Tenant{Code: "platform"}, "login", hex.EncodeToString(sum[:]))
}

// sharedBegin is attempts.begin for all replicas. Times come from the caller, in milliseconds.
var sharedBegin = redis.NewScript(`
	local now, free = tonumber(ARGV[1]), tonumber(ARGV[2])
	local left = tonumber(redis.call('hget', KEYS[1], 'until') or '0') - now
	if left > 0 then return left end
	local n = redis.call('hincrby', KEYS[1], 'n', 1)
	if n >= free then
		local delay = math.min(1000 * 2 ^ math.min(n - free, 20), tonumber(ARGV[3]))
		redis.call('hset', KEYS[1], 'until', string.format('%.0f', now + delay))
	end
	redis.call('pexpire', KEYS[1], ARGV[4])
	return 0`)

// admit refuses an attempt that comes too early. Without Redis, or while it fails, each process counts for itself.
func (s *Service) admit(ctx context.Context, key string) error {
	now := s.clock.Now()
	wait := s.attempts.begin(key, now)
	if wait == 0 && s.Redis != nil {
		left, err := sharedBegin.Run(ctx, s.Redis, []string{key},
			now.UnixMilli(), freeFailures, longestDelay.Milliseconds(), attemptsKept.Milliseconds()).Int64()
		if err != nil {
			slog.WarnContext(ctx, "login attempts are counted in this process only", "error", err)
		}
		wait = time.Duration(left) * time.Millisecond
	}
	if wait > 0 {
		return &errs.Error{Kind: errs.Limited, Message: "尝试次数过多，请稍后再试", RetryAfter: wait}
	}
	return nil
}

// readmit takes an attempt back that was refused before its password was looked at.
func (s *Service) readmit(ctx context.Context, key string) {
	s.attempts.undo(key)
	if s.Redis != nil {
		pipe := s.Redis.Pipeline()
		pipe.HIncrBy(ctx, key, "n", -1)
		pipe.HDel(ctx, key, "until")
		pipe.PExpire(ctx, key, attemptsKept)
		_, _ = pipe.Exec(ctx)
	}
}

// admitted forgets the failures before a success.
func (s *Service) admitted(ctx context.Context, key string) {
	s.attempts.forget(key)
	if s.Redis != nil {
		_ = s.Redis.Del(ctx, key).Err()
	}
}
