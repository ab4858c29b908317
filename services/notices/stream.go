package notices

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// maxStreams is how many streams a session has; one more ends the oldest, which may be of a page that is long gone.
const maxStreams = 8

// openWait is how long a stream waits for Redis before it opens without.
const openWait = 500 * time.Millisecond

// stream is one open page. Its fields but the channels belong to the hub's mu.
type stream struct {
	principal *tenancy.Principal
	started   time.Time
	open      bool
	box       mailbox
	wake      chan struct{}
	evicted   chan struct{}
}

// put leaves news; changes of a member's notices reach only that member.
func (s *stream) put(news mailbox) {
	kept := mailbox{Resync: news.Resync}
	for _, c := range news.Changes {
		if c.Kind != ChangeKind || c.ID == s.principal.Membership.String() {
			kept.Changes = append(kept.Changes, c)
		}
	}
	s.box.merge(kept)
	if s.box.Resync || len(s.box.Changes) > 0 {
		poke(s.wake)
	}
}

// Routes adds the live stream.
func (h *Hub) Routes(api *authz.API) {
	authz.Raw(api, authz.LiveRead, huma.Operation{
		OperationID: "live", Method: http.MethodGet, Path: "/live", Summary: "页面实时更新（server-sent events）", Tags: []string{"notices"},
		Description: "事件 change（data 为 {\"kind\",\"id\"}）、resync（全部重读）、session（登录已失效，流结束）；每 15 秒一行注释。",
		Responses: map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{
			"text/event-stream": {Schema: &huma.Schema{Type: huma.TypeString}}}}},
	}, h.serve)
}

func (h *Hub) serve(c *fiber.Ctx) error {
	p, err := tenancy.Caller(c.UserContext())
	if err != nil {
		return err
	}
	if h.Check == nil {
		return errors.New("notices: Hub.Check is not set")
	}
	ctx := context.WithoutCancel(c.UserContext()) // the stream outlives its handler
	c.Set(fiber.HeaderContentType, "text/event-stream; charset=utf-8")
	c.Set("X-Accel-Buffering", "no")
	c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		s := h.join(p)
		defer h.leave(s)
		h.run(ctx, s, w)
	})
	return nil
}

// join adds a stream to its tenant's topic, and makes the topic where it is the first.
func (h *Hub) join(p *tenancy.Principal) *stream {
	s := &stream{principal: p, started: time.Now(), wake: make(chan struct{}, 1), evicted: make(chan struct{})}
	key := channel(p.Tenant)
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.topics[key]
	if t == nil {
		t = &topic{streams: map[*stream]bool{}, ready: make(chan struct{})}
		h.topics[key] = t
		if h.redis == nil || h.following[key] {
			close(t.ready)
		}
		poke(h.follow)
	}
	if oldest := t.surplus(p.Session); oldest != nil {
		delete(t.streams, oldest)
		close(oldest.evicted)
	}
	t.streams[s] = true
	return s
}

// surplus is the session's oldest stream where it has as many as it may.
func (t *topic) surplus(session uuid.UUID) *stream {
	var oldest *stream
	n := 0
	for s := range t.streams {
		if s.principal.Session != session {
			continue
		}
		n++
		if oldest == nil || s.started.Before(oldest.started) {
			oldest = s
		}
	}
	if n < maxStreams {
		return nil
	}
	return oldest
}

func (h *Hub) leave(s *stream) {
	key := channel(s.principal.Tenant)
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.topics[key]
	if t == nil {
		return
	}
	delete(t.streams, s)
	if len(t.streams) == 0 {
		delete(h.topics, key)
		poke(h.follow)
	}
}

// run writes the stream until the page, the session or the program ends.
func (h *Hub) run(ctx context.Context, s *stream, w *bufio.Writer) {
	h.begin(s)
	check, heartbeat := time.NewTicker(h.pace.check), time.NewTicker(h.pace.heartbeat)
	defer check.Stop()
	defer heartbeat.Stop()
	err := write(w, ": open\n\n")
	for err == nil {
		select {
		case <-h.ended.Done():
			return
		case <-s.evicted:
			return
		case <-s.wake:
			err = h.writeNews(s, w)
		case <-heartbeat.C:
			err = write(w, ": \n\n")
		case <-check.C:
			err = h.check(ctx, w)
		}
	}
}

// begin opens the stream once Redis is heard, or without after a moment.
func (h *Hub) begin(s *stream) {
	h.mu.Lock()
	ready := make(chan struct{})
	if t := h.topics[channel(s.principal.Tenant)]; t != nil {
		ready = t.ready
	}
	h.mu.Unlock()
	select {
	case <-ready:
	case <-s.evicted:
	case <-h.ended.Done():
	case <-time.After(openWait):
	}
	h.mu.Lock()
	s.open = true
	h.mu.Unlock()
}

func (h *Hub) writeNews(s *stream, w *bufio.Writer) error {
	h.mu.Lock()
	news := s.box.take()
	h.mu.Unlock()
	text := ""
	if news.Resync {
		text = "event: resync\ndata: {}\n\n"
	}
	for _, c := range news.Changes {
		data, err := json.Marshal(c)
		if err != nil {
			return err
		}
		text += fmt.Sprintf("event: change\ndata: %s\n\n", data)
	}
	return write(w, text)
}

// check ends the stream where the session may not read any more, and also where that cannot be known.
func (h *Hub) check(ctx context.Context, w *bufio.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	err := h.Check(ctx)
	if errs.Is(err, errs.Unauthenticated) || errs.Is(err, errs.Forbidden) || errs.Is(err, errs.NotFound) {
		return errors.Join(err, write(w, "event: change\ndata: {\"kind\":\"session\",\"id\":\"\"}\n\nevent: session\ndata: {}\n\n"))
	}
	return err
}

func write(w *bufio.Writer, text string) error {
	if _, err := w.WriteString(text); err != nil {
		return err
	}
	return w.Flush()
}
