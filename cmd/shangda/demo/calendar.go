package demo

import (
	"container/heap"
	"math/rand/v2"
	"time"
)

// shanghai is where the offices keep their hours.
var shanghai = time.FixedZone("CST", 8*3600)

// step is one thing a person does at a moment of the year.
type step struct {
	at  time.Time
	seq int
	do  func(now time.Time) error
}

// calendar holds what is still to be done, in the order of time.
type calendar struct {
	steps []step
	next  int
	rng   *rand.Rand
}

func (c *calendar) Len() int           { return len(c.steps) }
func (c *calendar) Swap(i, j int)      { c.steps[i], c.steps[j] = c.steps[j], c.steps[i] }
func (c *calendar) Push(x any)         { c.steps = append(c.steps, x.(step)) }
func (c *calendar) Less(i, j int) bool { return c.before(c.steps[i], c.steps[j]) }

func (c *calendar) before(a, b step) bool {
	if a.at.Equal(b.at) {
		return a.seq < b.seq
	}
	return a.at.Before(b.at)
}

func (c *calendar) Pop() any {
	last := c.steps[len(c.steps)-1]
	c.steps = c.steps[:len(c.steps)-1]
	return last
}

// plan puts something into the calendar.
func (c *calendar) plan(at time.Time, do func(now time.Time) error) {
	c.next++
	heap.Push(c, step{at: at, seq: c.next, do: do})
}

// take removes and returns the earliest step.
func (c *calendar) take() step { return heap.Pop(c).(step) }

// after is a moment between least and most later, moved into office hours.
func (c *calendar) after(t time.Time, least, most time.Duration) time.Time {
	return officeHour(t.Add(least+time.Duration(c.rng.Int64N(int64(most-least)+1))), c.rng)
}

// officeHour moves a moment to the next working hour: Monday to Friday, 8:30 to 17:30.
func officeHour(t time.Time, rng *rand.Rand) time.Time {
	t = t.In(shanghai)
	opens := time.Date(t.Year(), t.Month(), t.Day(), 8, 30, 0, 0, shanghai)
	if t.Before(opens) {
		t = opens.Add(time.Duration(rng.IntN(150)) * time.Minute)
	} else if t.After(opens.Add(9 * time.Hour)) {
		t = opens.AddDate(0, 0, 1).Add(time.Duration(rng.IntN(150)) * time.Minute)
	}
	for t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		t = t.AddDate(0, 0, 1)
	}
	return t
}
