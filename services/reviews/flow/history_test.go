package flow

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"shangda/internal/errs"
)

// walk is one random history: an office whose people come and go, and a run through a random flow.
type walk struct {
	office Office
	ids    []uuid.UUID
	run    *Run
	log    []string
}

var posts = []string{"office_head", "vice_chair", "chair"}

func person(n int) Person {
	return Person{ID: uuid.UUID{15: byte(n + 1)}, Name: fmt.Sprint("人", n), Post: posts[n%len(posts)], Roles: []string{"signer"}, Able: true}
}

// begin starts a flow of its own, or a shipped one in an office that can fill it.
func begin(t *rapid.T, judge func(*Stage) verdict) *walk {
	w := &walk{office: Office{Deputies: map[uuid.UUID]uuid.UUID{}}}
	shipped := rapid.IntRange(0, 2).Draw(t, "shipped") == 0
	count := len(Posts)
	if !shipped {
		count = rapid.IntRange(3, 7).Draw(t, "people")
	}
	for i := range count {
		p := person(i)
		if shipped {
			p.Post = Posts[i].Code
		}
		w.office.People, w.ids = append(w.office.People, p), append(w.ids, p.ID)
	}
	w.office.Charge = w.somebody(t)
	var f Flow
	if !shipped {
		f = w.random(t)
	} else {
		f = rapid.SampledFrom(Templates()).Draw(t, "template").Flow
	}
	if err := f.Validate(); err != nil {
		t.Fatal(err)
	}
	of := Case{Class: "ordinary", Urgency: rapid.SampledFrom([]string{"normal", "urgent"}).Draw(t, "urgency"), Source: rapid.SampledFrom([]string{"own", "received"}).Draw(t, "source"),
		Addressees: rapid.SampledFrom([][]string{nil, {"upper"}, {"department"}}).Draw(t, "addressees")}
	run, err := f.Begin(of, w.ids[0], w.office)
	if err != nil {
		t.Fatal(err)
	}
	run.judge, w.run = judge, run
	return w
}

func (w *walk) random(t *rapid.T) Flow {
	f := Flow{Name: "流程", AppliesTo: everything(), Green: []string{"vice_chair", "chair"}}
	for i := range rapid.IntRange(1, 4).Draw(t, "steps") {
		s := Step{Title: fmt.Sprint("环节", i), Mode: rapid.SampledFrom([]string{Any, All, Turn, Vote}).Draw(t, "mode")}
		switch rapid.IntRange(0, 2).Draw(t, "who") {
		case 0:
			s.Post, s.Charge = rapid.SampledFrom(posts).Draw(t, "post"), rapid.Bool().Draw(t, "charge")
		case 1:
			s.Role = "signer"
		default:
			s.People = []uuid.UUID{w.somebody(t), w.somebody(t)}
		}
		if s.Mode == Vote {
			s.Ratio = rapid.IntRange(1, 100).Draw(t, "ratio")
		}
		f.Steps = append(f.Steps, s)
	}
	return f
}

func (w *walk) somebody(t *rapid.T) uuid.UUID { return rapid.SampledFrom(w.ids).Draw(t, "somebody") }

// target is a stage or a task of the run.
func (w *walk) target(t *rapid.T) uuid.UUID {
	var all []uuid.UUID
	for _, s := range w.run.Stages {
		all = append(all, s.ID)
		for _, task := range s.live() {
			all = append(all, task.ID)
		}
	}
	return rapid.SampledFrom(all).Draw(t, "target")
}

// stuck is something that is stuck, or anything where nothing is.
func (w *walk) stuck(t *rapid.T) uuid.UUID {
	stages, tasks := w.run.Stuck(w.office)
	for _, s := range stages {
		return s.ID
	}
	for _, task := range tasks {
		return task.ID
	}
	return w.target(t)
}

// step does one random thing: mostly a verb, sometimes somebody leaves, comes back or is stood in for.
func (w *walk) step(t *rapid.T) {
	r, o, by := w.run, w.office, w.somebody(t)
	verbs := []struct {
		name string
		do   func() error
	}{
		{"approve", func() error { _, _, err := r.Approve(by, o); return err }},
		{"approve", func() error { _, _, err := r.Approve(by, o); return err }},
		{"approve", func() error { _, _, err := r.Approve(by, o); return err }},
		{"reject", func() error { _, _, err := r.Reject(by, o); return err }},
		{"return", func() error { _, _, err := r.Return(by, rapid.IntRange(-1, 4).Draw(t, "to"), o); return err }},
		{"add", func() error {
			_, err := r.AddSigners(by, []uuid.UUID{w.somebody(t)}, rapid.Bool().Draw(t, "before"), "", o)
			return err
		}},
		{"add two", func() error {
			_, err := r.AddSigners(by, []uuid.UUID{w.somebody(t), w.somebody(t)}, rapid.Bool().Draw(t, "before"), Turn, o)
			return err
		}},
		{"remove", func() error { _, err := r.Remove(by, w.target(t), o); return err }},
		{"pass on", func() error { _, _, err := r.PassOn(by, w.somebody(t), o); return err }},
		{"reassign", func() error { _, _, err := r.Reassign(by, w.stuck(t), w.somebody(t), o); return err }},
		{"take back", func() error { _, err := r.TakeBack(by); return err }},
		{"release", func() error { _, err := r.Release(by, o); return err }},
		{"reopen", func() error { _, err := r.Reopen(by, o); return err }},
		{"withdraw", func() error {
			if rapid.IntRange(0, 9).Draw(t, "really") > 0 {
				return errs.New(errs.Conflict, "another time")
			}
			return r.Withdraw(by, o)
		}},
		{"leave", func() error { w.able(by, false); return nil }},
		{"come", func() error { w.able(by, true); return nil }},
		{"stand in", func() error { w.office.Deputies[by] = w.somebody(t); return nil }},
		{"back", func() error { delete(w.office.Deputies, by); return nil }},
	}
	verb := rapid.SampledFrom(verbs).Draw(t, "verb")
	before := fmt.Sprint(w.states())
	if err := verb.do(); err != nil {
		if after := fmt.Sprint(w.states()); after != before {
			t.Fatalf("%s was refused (%v) and yet changed %s into %s", verb.name, err, before, after)
		}
		return
	}
	w.log = append(w.log, verb.name)
}

func (w *walk) able(id uuid.UUID, yes bool) {
	for i := range w.office.People {
		if w.office.People[i].ID == id {
			w.office.People[i].Able = yes
		}
	}
}

func (w *walk) states() []string {
	all := []string{w.run.State}
	for _, s := range w.run.Stages {
		all = append(all, "|"+s.Title+":"+s.State)
		for _, t := range s.live() {
			all = append(all, t.State)
		}
	}
	return all
}

// sound says what is wrong with the run as it stands, empty where nothing is.
func (w *walk) sound() string {
	count := map[string]int{}
	for i, s := range w.run.Stages {
		count[s.State]++
		if s.No != i+1 {
			return "stages are misnumbered"
		}
		if s.State == Held && w.run.State != Returned && w.run.State != Withdrawn && (w.run.at() < 0 || w.run.at() > i) {
			return "a stage is held that nobody stands before"
		}
		open := map[uuid.UUID]bool{}
		for _, t := range s.live() {
			if t.State != Open {
				continue
			}
			if !s.active() || open[t.Member] {
				return "a task is open that should not be"
			}
			open[t.Member] = true
		}
	}
	switch {
	case w.run.State == Running && (count[Current] != 1 || count[Late] > 0):
		return "a running run stands at one stage"
	case w.run.State == Released && (count[Late] == 0 || count[Current]+count[Waiting]+count[Held] > 0):
		return "a released run waits for late signatures only"
	case w.run.State == Signed && count[Approved]+count[Objected]+count[Dropped] != len(w.run.Stages):
		return "a signed run has everything signed"
	case len(w.run.Stages) > maxStages:
		return "too many stages"
	}
	return ""
}

// finish ends the run by the plain verbs, without withdrawing it; it tells whether that was possible.
func (w *walk) finish() bool {
	w.able(w.ids[len(w.ids)-1], true)
	for range 200 {
		if w.run.State != Running && w.run.State != Released {
			return true
		}
		if !w.oneStep() {
			return false
		}
	}
	return false
}

func (w *walk) oneStep() bool {
	for _, id := range w.ids {
		if _, _, err := w.run.Approve(id, w.office); err == nil {
			return true
		}
	}
	stages, tasks := w.run.Stuck(w.office)
	var stuck []uuid.UUID
	for _, s := range stages {
		stuck = append(stuck, s.ID)
	}
	for _, t := range tasks {
		stuck = append(stuck, t.ID)
	}
	for _, target := range stuck {
		for _, to := range w.ids {
			if _, _, err := w.run.Reassign(w.ids[0], target, to, w.office); err == nil {
				return true
			}
		}
		if w.arrives(target) {
			return true
		}
	}
	return false
}

// arrives lets somebody new join the office, as an organisation can always appoint one, and gives him what is stuck.
func (w *walk) arrives(target uuid.UUID) bool {
	p := person(len(w.ids))
	w.office.People, w.ids = append(w.office.People, p), append(w.ids, p.ID)
	_, _, err := w.run.Reassign(w.ids[0], target, p.ID, w.office)
	return err == nil
}

// walks takes one history of random verbs, looking after each at whether the run is sound, and then ends it.
func walks(t *rapid.T, judge func(*Stage) verdict, seen map[string]int) (fault string) {
	w := begin(t, judge)
	defer func() {
		for _, verb := range append(w.log, "ends "+w.run.State) {
			seen[verb]++
		}
	}()
	for range rapid.IntRange(0, 25).Draw(t, "length") {
		w.step(t)
		if fault := w.sound(); fault != "" {
			return fmt.Sprintf("%s after %v: %v", fault, w.log, w.states())
		}
	}
	if !w.finish() {
		return fmt.Sprintf("a dead end after %v: %v", w.log, w.states())
	}
	return ""
}

// TestNoDeadEnd walks at least 10,000 histories, in which every verb has taken effect many times and every end is reached.
func TestNoDeadEnd(t *testing.T) {
	t.Parallel()
	const histories = 10_000
	seen, walked := map[string]int{}, 0
	for walked < histories {
		rapid.Check(t, func(t *rapid.T) {
			walked++
			if fault := walks(t, nil, seen); fault != "" {
				t.Fatal(fault)
			}
		})
	}
	for _, verb := range []string{"approve", "reject", "return", "add", "add two", "remove", "pass on", "reassign", "take back", "release", "reopen",
		"withdraw", "leave", "stand in", "ends " + Signed, "ends " + Returned, "ends " + Withdrawn} {
		if seen[verb] < histories/200 {
			t.Errorf("%s took effect only %d times in %d histories", verb, seen[verb], walked)
		}
	}
	t.Logf("%d histories: %v", walked, seen)
}

// brokenJudges are machines with a fault that the walk must find.
var brokenJudges = map[string]func(*Stage) verdict{
	"a signer who passed his task on is waited for": func(s *Stage) verdict {
		if s.Mode == All && slices.ContainsFunc(s.live(), func(t *Task) bool { return t.State == Passed || t.State == Removed }) {
			return undecided
		}
		return rule(s)
	},
	"a vote counts those who were taken away": func(s *Stage) verdict {
		if s.Mode == Vote {
			yes := len(slices.DeleteFunc(s.live(), func(t *Task) bool { return t.State != Yes }))
			no := len(slices.DeleteFunc(s.live(), func(t *Task) bool { return t.State != No }))
			return counted(yes, no, len(s.live())-yes-no, s.Ratio)
		}
		return rule(s)
	},
	"an added stage never ends": func(s *Stage) verdict {
		if s.AddedBy != uuid.Nil {
			return undecided
		}
		return rule(s)
	},
}

func TestTheWalkFindsBrokenMachines(t *testing.T) {
	t.Parallel()
	for name, judge := range brokenJudges {
		found := false
		for seed := 0; seed < 2000 && !found; seed++ {
			history := rapid.Custom(func(t *rapid.T) string { return walks(t, judge, map[string]int{}) })
			found = history.Example(seed) != ""
		}
		if !found {
			t.Errorf("%s: not found in 2,000 histories", name)
		}
	}
}
