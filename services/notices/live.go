package notices

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"

	"shangda/tenancy"
)

// Hub tells open pages what changed: those of this process directly, those of other processes through Redis. Without Redis
// each process tells its own pages; when Redis comes back every page is told to read everything again.
type Hub struct {
	// Check tells whether the session of this context, which has its Principal, may still read. It is asked each second
	// for each stream and must be set before Routes.
	Check func(ctx context.Context) error

	redis *redis.Client
	id    string // of this process, to know its own messages
	pace  pace
	ended context.Context
	end   context.CancelFunc

	mu        sync.Mutex
	topics    map[string]*topic   // those with open streams
	outbox    map[string]*mailbox // not told yet
	told      chan struct{}       // something is in outbox
	pubsub    *redis.PubSub       // the connection of this moment
	following map[string]bool     // what it was told to follow, true once confirmed
	follow    chan struct{}       // topics and following may differ
}

// pace is how often a hub does things.
type pace struct{ check, heartbeat, retry, silence time.Duration }

var usualPace = pace{check: time.Second, heartbeat: 15 * time.Second, retry: 200 * time.Millisecond, silence: 5 * time.Second}

// topic is what happens in one tenant. ready is closed when Redis has first confirmed that this process follows it.
type topic struct {
	streams map[*stream]bool
	ready   chan struct{}
}

// NewHub starts a hub; client may be nil. Close it.
func NewHub(client *redis.Client) *Hub { return newHub(client, usualPace) }

func newHub(client *redis.Client, p pace) *Hub {
	h := &Hub{redis: client, id: uuid.NewString(), pace: p,
		topics: map[string]*topic{}, outbox: map[string]*mailbox{}, told: make(chan struct{}, 1), follow: make(chan struct{}, 1)}
	h.ended, h.end = context.WithCancel(context.Background())
	go h.tell()
	if client != nil {
		go h.listen()
		go h.keepFollowing()
	}
	return h
}

// Close ends every stream; pages open them again elsewhere.
func (h *Hub) Close() { h.end() }

func channel(tenant tenancy.Tenant) string { return tenancy.Key(tenant, "live") }

// Publish tells what changed in a tenant. It never waits and is meant for tenancy.DB.Committed.
func (h *Hub) Publish(tenant tenancy.Tenant, changes []tenancy.Change) {
	key := channel(tenant)
	h.mu.Lock()
	box := h.outbox[key]
	if box == nil {
		box = &mailbox{}
		h.outbox[key] = box
	}
	box.add(changes...)
	h.mu.Unlock()
	poke(h.told)
}

// tell empties the outbox: to the streams of this process, then to the other processes. What Redis did not take is owed as
// a resync.
func (h *Hub) tell() {
	owed := map[string]*mailbox{}
	for {
		var again <-chan time.Time
		if len(owed) > 0 {
			again = time.After(5 * h.pace.retry)
		}
		select {
		case <-h.ended.Done():
			return
		case <-h.told:
		case <-again:
		}
		h.mu.Lock()
		news := h.outbox
		h.outbox = map[string]*mailbox{}
		for key, box := range news {
			h.deliver(key, *box)
		}
		h.mu.Unlock()
		for key, box := range owed {
			news[key] = box
		}
		owed = h.send(news)
	}
}

// deliver puts news into the mailboxes of the streams of this process. The caller holds mu.
func (h *Hub) deliver(key string, news mailbox) {
	t := h.topics[key]
	if t == nil {
		return
	}
	for s := range t.streams {
		s.put(news)
	}
}

func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
