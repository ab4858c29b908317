package boards

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"shangda/dashboards/rollup"
	"shangda/tenancy"
)

const (
	// localAge bounds what a process may miss while Redis cannot tell it of changes.
	localAge = 500 * time.Millisecond
	// sharedAge bounds how old the stamp of a board without changes gets, and what the loss of a message costs.
	sharedAge = 15 * time.Second
	// localBoards bounds the copies of a process.
	localBoards = 4096
)

// Cached is a board as it is sent. It is shared: do not change it.
type Cached struct {
	Body []byte
	ETag string
	made time.Time
}

// local is the copy in the process: tenant → key → board.
type local struct {
	mu      sync.RWMutex
	drops   uint64
	count   int
	tenants map[string]map[string]*Cached
}

func (l *local) get(tenant, key string) *Cached {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if c := l.tenants[tenant][key]; c != nil && time.Since(c.made) < localAge {
		return c
	}
	return nil
}

// seen counts how often boards were dropped; what was begun before a drop is not kept after it.
func (l *local) seen() uint64 {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.drops
}

func (l *local) put(tenant, key string, c *Cached, seen uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.drops != seen {
		return
	}
	if l.count >= localBoards || l.tenants == nil {
		l.tenants, l.count = map[string]map[string]*Cached{}, 0
	}
	if l.tenants[tenant] == nil {
		l.tenants[tenant] = map[string]*Cached{}
	}
	if l.tenants[tenant][key] == nil {
		l.count++
	}
	l.tenants[tenant][key] = c
}

func (l *local) drop(tenants []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.drops++
	for _, t := range tenants {
		l.count -= len(l.tenants[t])
		delete(l.tenants, t)
	}
}

// head stands before a board in Redis and says whose it is and which: what does not match is no board.
type head struct {
	Tenant     string `json:"tenant"`
	Board      string `json:"board"`
	Generation string `json:"generation"`
	Digest     string `json:"digest"`
}

// shelf is one board's place in Redis, under the tenant's generation as it was when looked at.
type shelf struct {
	key        string
	head       head
	generation string
}

// look reads generation and board in one round trip. A shelf without a generation cannot be filled.
func (s *Service) look(ctx context.Context, tenant tenancy.Tenant, q Query) (shelf, *Cached) {
	sh := shelf{key: tenancy.Key(tenant, append([]string{"board"}, q.parts()...)...), head: head{Tenant: tenant.Code, Board: q.key()}}
	var generation, value *redis.StringCmd
	_, err := s.redis.Pipelined(ctx, func(p redis.Pipeliner) error {
		generation, value = p.Get(ctx, rollup.GenerationKey(tenant)), p.Get(ctx, sh.key)
		return nil
	})
	if err != nil && !errors.Is(err, redis.Nil) {
		return sh, nil
	}
	if sh.generation = generation.Val(); sh.generation == "" {
		begun := tenancy.NewID().String()
		if ok, err := s.redis.SetNX(ctx, rollup.GenerationKey(tenant), begun, time.Hour).Result(); ok && err == nil {
			sh.generation = begun
		}
		return sh, nil
	}
	sh.head.Generation = sh.generation
	line, body, found := bytes.Cut([]byte(value.Val()), []byte{'\n'})
	var h head
	if !found || json.Unmarshal(line, &h) != nil {
		return sh, nil
	}
	sh.head.Digest = digest(body)
	if h != sh.head {
		return sh, nil
	}
	return sh, newCached(body, h.Digest)
}

// keep writes a board to its place; a Redis that does not take it costs nothing but the next computation.
func (s *Service) keep(ctx context.Context, sh shelf, c *Cached) {
	if sh.generation == "" {
		return
	}
	sh.head.Generation, sh.head.Digest = sh.generation, digest(c.Body)
	line, err := json.Marshal(sh.head)
	if err != nil {
		return
	}
	_ = s.redis.Set(ctx, sh.key, append(append(line, '\n'), c.Body...), sharedAge).Err()
}

func newCached(body []byte, digest string) *Cached {
	return &Cached{Body: body, ETag: `"` + digest[:32] + `"`, made: time.Now()}
}

func digest(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
