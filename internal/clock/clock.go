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

// Shanghai is the zone of every date that people write and read here.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Today is the date in Shanghai at that moment, as midnight UTC: what PostgreSQL keeps as a date.
func Today(now time.Time) time.Time {
	y, m, d := now.In(Shanghai).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
