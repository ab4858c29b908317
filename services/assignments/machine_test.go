package assignments

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var allStates = []string{Assigned, Refused, Accepted, Extension, Replied, Passed, Reassigned, Cancelled}

// stuck are the states that can be reached and from which no answer passes any more.
func stuck(table []move) []string {
	next := func(state string) []string {
		to := []string{}
		for _, m := range table {
			if m.Step != StepCancel && slices.Contains(m.From, state) {
				to = append(to, m.To)
			}
		}
		return to
	}
	reach := func(from string) map[string]bool {
		seen, queue := map[string]bool{from: true}, []string{from}
		for len(queue) > 0 {
			for _, to := range next(queue[0]) {
				if !seen[to] {
					seen[to], queue = true, append(queue, to)
				}
			}
			queue = queue[1:]
		}
		return seen
	}
	list := []string{}
	for state := range reach(Assigned) {
		if state != Reassigned && !reach(state)[Passed] {
			list = append(list, state)
		}
	}
	slices.Sort(list)
	return list
}

func TestThereIsNoDeadEnd(t *testing.T) {
	t.Parallel()
	if dead := stuck(moves); len(dead) != 0 {
		t.Fatalf("no way on from %v", dead)
	}
	// Without these lines the fault must show.
	silent := slices.DeleteFunc(slices.Clone(moves), func(m move) bool { return m.Step == StepReply })
	if dead := stuck(silent); !slices.Contains(dead, Accepted) {
		t.Errorf("a part that cannot be answered is no dead end: %v", dead)
	}
	both := slices.DeleteFunc(slices.Clone(moves), func(m move) bool { return m.Step == StepGrant || m.Step == StepDeny })
	if dead := stuck(both); !slices.Equal(dead, []string{Extension}) {
		t.Errorf("an extension that nobody decides is no dead end: %v", dead)
	}
}

func TestTheTableIsWhole(t *testing.T) {
	t.Parallel()
	for _, m := range moves {
		if stepText[m.Step] == "" || stateText[m.To] == "" || len(m.From) == 0 {
			t.Errorf("%+v has no words", m)
		}
	}
	for _, state := range allStates {
		if stateText[state] == "" {
			t.Errorf("%s has no words", state)
		}
		if gone(state) && len(possible(state)) != 0 {
			t.Errorf("%s goes on by %v", state, possible(state))
		}
		if _, ok := next(state, StepCancel); ok == gone(state) {
			t.Errorf("%s can be cancelled: %t", state, ok)
		}
		if waits(state) && stageText[state] == "" {
			t.Errorf("nobody is reminded of %s", state)
		}
	}
}

// Whatever is done in whatever order: each step leads to a known state, nothing moves what is gone, and what is answered has
// an answer that passed.
func TestAnyHistory(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		states := []string{Assigned, Assigned}[:rapid.IntRange(1, 2).Draw(t, "departments")]
		for range rapid.IntRange(0, 30).Draw(t, "steps") {
			i := rapid.IntRange(0, len(states)-1).Draw(t, "part")
			step := rapid.SampledFrom([]string{StepAccept, StepRefuse, StepInsist, StepReassign, StepExtend, StepGrant, StepDeny, StepReply, StepPass, StepSendBack}).Draw(t, "step")
			m, ok := next(states[i], step)
			if ok != slices.Contains(possible(states[i]), step) {
				t.Fatalf("%s in %s: %t, offered %v", step, states[i], ok, possible(states[i]))
			}
			if !ok {
				continue
			}
			if gone(states[i]) || !slices.Contains(allStates, m.To) {
				t.Fatalf("%s moved by %s to %s", states[i], step, m.To)
			}
			if states[i] = m.To; step == StepReassign {
				states = append(states, Assigned)
			}
		}
		whole := answered(states)
		live := slices.DeleteFunc(slices.Clone(states), gone)
		if whole != (len(live) > 0 && !slices.ContainsFunc(live, func(s string) bool { return s != Passed })) {
			t.Fatalf("%v answered: %t", states, whole)
		}
	})
}
