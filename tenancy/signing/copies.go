package signing

import (
	"sync"
	"time"
)

// copyAge is how long a process believes its copy of a public key: so late it may hear, at most, that the key was put away.
const copyAge = 10 * time.Second

// copies keeps what was read a moment ago. A fault is not kept. The key a tenant signs with
// is never kept like this: it may have been made by a transaction that is then rolled back.
type copies[K comparable, V any] struct {
	mu   sync.Mutex
	rows map[K]copied[V]
}

type copied[V any] struct {
	value V
	until time.Time
}

func (c *copies[K, V]) get(key K, read func() (V, error)) (V, error) {
	c.mu.Lock()
	found, ok := c.rows[key]
	c.mu.Unlock()
	if ok && time.Now().Before(found.until) {
		return found.value, nil
	}
	value, err := read()
	if err != nil {
		return value, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rows == nil {
		c.rows = map[K]copied[V]{}
	}
	c.rows[key] = copied[V]{value, time.Now().Add(copyAge)}
	return value, nil
}
