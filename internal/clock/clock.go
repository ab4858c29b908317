// Package clock is where the time comes from, so that a test or a demonstration can set it.
package clock

import (
	"sync"
	"time"
)

// Clock tells the time.
type Clock interface {
	Now() time.Time
}

// System is the machine's clock.
func System() Clock { return system{} }

type system struct{}

func (system) Now() time.Time { return time.Now() }

// Manual is a clock that stands still until it is set. Safe for concurrent use.
type Manual struct {
	mu  sync.RWMutex
	now time.Time
}

// At is a manual clock that shows t.
func At(t time.Time) *Manual { return &Manual{now: t} }

// Now is the time the clock was last set to.
func (m *Manual) Now() time.Time {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.now
}

// Set turns the clock to t, forward or back.
func (m *Manual) Set(t time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = t
}

// Advance turns the clock forward by d and tells the new time.
func (m *Manual) Advance(d time.Duration) time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.now.Add(d)
	return m.now
}
