package notices

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"time"

	"github.com/redis/go-redis/v9"
)

// message is what one process tells the others.
type message struct {
	From string `json:"from"`
	mailbox
}

// send publishes news to the other processes and returns what it owes them: where Redis took nothing, a resync.
func (h *Hub) send(news map[string]*mailbox) map[string]*mailbox {
	owed := map[string]*mailbox{}
	if h.redis == nil || len(news) == 0 {
		return owed
	}
	ctx, cancel := context.WithTimeout(h.ended, time.Second)
	defer cancel()
	_, err := h.redis.Pipelined(ctx, func(p redis.Pipeliner) error {
		for key, box := range news {
			text, err := json.Marshal(message{From: h.id, mailbox: *box})
			if err != nil {
				return err
			}
			p.Publish(ctx, key, text)
		}
		return nil
	})
	if err == nil {
		return owed
	}
	for key := range news {
		owed[key] = &mailbox{Resync: true}
	}
	return owed
}

// listen hears the other processes, over one connection after the other.
func (h *Hub) listen() {
	for h.ended.Err() == nil {
		h.hear()
		select {
		case <-h.ended.Done():
		case <-time.After(h.pace.retry):
		}
	}
}

// hear opens a connection and hears until it is lost. One that is silent is pinged, and given up when it stays so.
func (h *Hub) hear() {
	pubsub := h.redis.Subscribe(h.ended)
	defer pubsub.Close()
	h.mu.Lock()
	h.pubsub, h.following = pubsub, map[string]bool{}
	h.mu.Unlock()
	poke(h.follow)
	pinged := false
	for {
		received, err := pubsub.ReceiveTimeout(h.ended, h.pace.silence)
		var timeout net.Error
		switch {
		case err == nil:
			pinged = false
			h.take(received)
		case errors.As(err, &timeout) && timeout.Timeout() && !pinged:
			pinged = true
			if pubsub.Ping(h.ended) != nil {
				return
			}
		default:
			return
		}
	}
}

func (h *Hub) take(received any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch m := received.(type) {
	case *redis.Subscription:
		if m.Kind == "subscribe" {
			h.confirmed(m.Channel)
		}
	case *redis.Message:
		var news message
		if err := json.Unmarshal([]byte(m.Payload), &news); err != nil {
			news.mailbox = mailbox{Resync: true}
		}
		if news.From != h.id {
			h.deliver(m.Channel, news.mailbox)
		}
	}
}

// confirmed is told that a topic is heard from now on: streams that were open before may have missed something.
func (h *Hub) confirmed(key string) {
	if _, wanted := h.following[key]; wanted {
		h.following[key] = true
	}
	t := h.topics[key]
	if t == nil {
		return
	}
	for s := range t.streams {
		if s.open {
			s.put(mailbox{Resync: true})
		}
	}
	select {
	case <-t.ready:
	default:
		close(t.ready)
	}
}

// keepFollowing makes the connection follow the topics that have streams, and no others.
func (h *Hub) keepFollowing() {
	for {
		select {
		case <-h.ended.Done():
			return
		case <-h.follow:
		}
		h.mu.Lock()
		pubsub, begin, end := h.pubsub, []string(nil), []string(nil)
		for key := range h.topics {
			if _, already := h.following[key]; !already && pubsub != nil {
				begin = append(begin, key)
				h.following[key] = false
			}
		}
		for key := range h.following {
			if h.topics[key] == nil {
				end = append(end, key)
				delete(h.following, key)
			}
		}
		h.mu.Unlock()
		var err error
		if len(begin) > 0 {
			err = pubsub.Subscribe(h.ended, begin...)
		}
		if len(end) > 0 {
			err = errors.Join(err, pubsub.Unsubscribe(h.ended, end...))
		}
		if err != nil {
			_ = pubsub.Close() // hear gives up and begins anew with all topics
		}
	}
}
