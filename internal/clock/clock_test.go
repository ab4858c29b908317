package clock_test

import (
	"sync"
	"testing"
	"time"

	"shangda/internal/clock"
)

func TestManualClockStandsUntilSet(t *testing.T) {
	start := time.Date(2026, 1, 31, 23, 59, 0, 0, time.UTC)
	c := clock.At(start)
	if first, second := c.Now(), c.Now(); !first.Equal(start) || !second.Equal(start) {
		t.Fatal("a manual clock moved by itself")
	}
	var all sync.WaitGroup
	for range 60 {
		all.Go(func() { c.Advance(time.Second) })
	}
	all.Wait()
	if want := start.Add(time.Minute); !c.Now().Equal(want) {
		t.Fatalf("%s after sixty seconds, want %s", c.Now(), want)
	}
	c.Set(start)
	if !c.Now().Equal(start) {
		t.Fatal("not set back")
	}
}

func TestSystemClockIsNow(t *testing.T) {
	before := time.Now()
	if now := clock.System().Now(); now.Before(before) || now.After(time.Now()) {
		t.Fatalf("%s is not now", now)
	}
}
