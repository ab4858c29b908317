package flow

import (
	"slices"

	"github.com/google/uuid"

	"shangda/internal/errs"
)

// The states of a run. A released one is signed by the green channel while signatures are still missing.
const (
	Running   = "running"
	Released  = "released"
	Signed    = "signed"
	Returned  = "returned"
	Withdrawn = "withdrawn"
)

// The states of a stage. A held one goes on after the signer who was added before it; a late one is signed afterwards
// (补签); objected is a late one that somebody did not agree with; dropped is an added one that was taken away again.
const (
	Waiting  = "waiting"
	Current  = "current"
	Held     = "held"
	Approved = "approved"
	Sent     = "returned"
	Late     = "late"
	Objected = "objected"
	Dropped  = "dropped"
)

// The states of a task. next waits for those before it, held for its stage; passed went to somebody else, removed was
// taken away, spared is not needed any more, void belongs to a round that was begun again.
const (
	Open       = "open"
	Next       = "next"
	OnHold     = "held"
	Yes        = "approved"
	No         = "rejected"
	GaveBack   = "returned"
	Passed     = "passed"
	Removed    = "removed"
	Spared     = "spared"
	Void       = "void"
	toEditor   = 0
	ToAuthor   = -1
	nobodySeq  = 0
	percentAll = 100
)

// Task is what waits for one member at a stage. By is who acted: the member, or who stood in for him. Seq orders what was
// done in the run; zero is nothing yet.
type Task struct {
	ID     uuid.UUID
	Member uuid.UUID
	State  string
	By     uuid.UUID
	Seq    int
	From   uuid.UUID // who passed it on or gave it
}

// Stage is a step within a run.
type Stage struct {
	ID uuid.UUID
	Step
	State   string
	AddedBy uuid.UUID
	Tasks   []*Task
}

// Run is one report on its way through a flow. Seq counts what was done.
type Run struct {
	State    string
	Green    []string
	Starter  uuid.UUID
	Stages   []*Stage
	Seq      int
	ToAuthor bool // it was returned past the editor

	judge func(*Stage) verdict // of a stage; nil for the rule
}

type verdict int

const (
	undecided verdict = iota
	passes
	fails
)

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// rule tells what the words said so far make of a stage.
func rule(s *Stage) verdict {
	yes, no, open := 0, 0, 0
	for _, t := range s.Tasks {
		switch t.State {
		case Yes:
			yes++
		case No:
			no++
		case Open, Next, OnHold:
			open++
		}
	}
	switch {
	case s.Mode == Vote:
		return counted(yes, no, open, s.Ratio)
	case s.State == Late && s.Mode == Any:
		if yes+no > 0 {
			return passes
		}
	case s.Mode == Any:
		if yes > 0 {
			return passes
		}
	case open == 0 && yes+no > 0:
		return passes
	}
	return undecided
}

// counted is the verdict of a vote: it passes once the yes suffice, and fails once they cannot any more.
func counted(yes, no, open, ratio int) verdict {
	all := yes + no + open
	need := (all*ratio + percentAll - 1) / percentAll
	switch {
	case all == 0:
		return undecided
	case yes >= need:
		return passes
	case yes+open < need:
		return fails
	}
	return undecided
}

func (r *Run) verdict(s *Stage) verdict {
	if r.judge != nil {
		return r.judge(s)
	}
	return rule(s)
}

// Clone is a copy that can be changed without changing the run: what a verb would do is seen by trying it.
func (r *Run) Clone() *Run {
	c := *r
	c.Stages = make([]*Stage, len(r.Stages))
	for i, s := range r.Stages {
		stage := *s
		stage.Tasks = make([]*Task, len(s.Tasks))
		for j, t := range s.Tasks {
			task := *t
			stage.Tasks[j] = &task
		}
		c.Stages[i] = &stage
	}
	return &c
}

// Current is the stage a running run stands at, nil where it does not run.
func (r *Run) Current() *Stage {
	if i := r.at(); i >= 0 {
		return r.Stages[i]
	}
	return nil
}

func (r *Run) at() int {
	return slices.IndexFunc(r.Stages, func(s *Stage) bool { return s.State == Current })
}

// active tells whether words are taken at the stage.
func (s *Stage) active() bool { return s.State == Current || s.State == Late }

// live are the tasks of the stage that belong to this round.
func (s *Stage) live() []*Task {
	var found []*Task
	for _, t := range s.Tasks {
		if t.State != Void {
			found = append(found, t)
		}
	}
	return found
}

// pending counts the tasks that still wait.
func (s *Stage) pending() int {
	n := 0
	for _, t := range s.Tasks {
		if t.State == Open || t.State == Next || t.State == OnHold {
			n++
		}
	}
	return n
}

func (s *Stage) has(member uuid.UUID) bool {
	return slices.ContainsFunc(s.Tasks, func(t *Task) bool {
		return t.Member == member && (t.State == Open || t.State == Next || t.State == OnHold || t.State == Yes || t.State == No)
	})
}

// number numbers the stages from one.
func (r *Run) number() {
	for i, s := range r.Stages {
		s.No = i + 1
	}
}

func (s *Stage) void() {
	for _, t := range s.Tasks {
		t.State = Void
	}
}

func (s *Stage) spare() {
	for _, t := range s.Tasks {
		if t.State == Open || t.State == Next || t.State == OnHold {
			t.State = Spared
		}
	}
}

// enter makes a stage the current one and gives its people their tasks. Where nobody is left for it, it waits without a
// task until somebody is assigned.
func (r *Run) enter(i int, o Office) {
	s := r.Stages[i]
	if s.State == Held {
		s.State = Current
		for _, t := range s.Tasks {
			if t.State == OnHold {
				t.State = Open
			}
		}
		r.inTurn(s)
		return
	}
	s.void()
	s.State = Current
	s.give(o)
	r.inTurn(s)
}

func (s *Stage) give(o Office) {
	for _, p := range o.For(s.Step) {
		if !s.has(p.ID) {
			s.Tasks = append(s.Tasks, &Task{ID: newID(), Member: p.ID, State: Open, From: s.AddedBy})
		}
	}
}

// inTurn lets only the first waiting task of a stage in turn be open; late ones do not wait for each other.
func (r *Run) inTurn(s *Stage) {
	if s.Mode != Turn {
		return
	}
	first := true
	for _, t := range s.Tasks {
		if t.State != Open && t.State != Next {
			continue
		}
		t.State = Next
		if first || s.State == Late {
			t.State = Open
		}
		first = false
	}
}

// settle lets a stage end where the words said so far decide it, and the run go on.
func (r *Run) settle(s *Stage, o Office) {
	v := r.verdict(s)
	switch {
	case v == undecided:
		r.inTurn(s)
		return
	case s.State == Late:
		r.judgeLate(s)
		r.complete()
		return
	case v == fails:
		s.State = Sent
		r.end(Returned)
		return
	}
	s.spare()
	s.State = Approved
	r.advance(o)
}

// judgeLate ends a late stage where the words said so far decide it.
func (r *Run) judgeLate(s *Stage) {
	v := r.verdict(s)
	if v == undecided {
		return
	}
	s.spare()
	s.State = Approved
	if v == fails || s.Mode != Vote && slices.ContainsFunc(s.Tasks, func(t *Task) bool { return t.State == No }) {
		s.State = Objected
	}
}

// end ends the run before its signature; nothing waits any more.
func (r *Run) end(state string) {
	r.State = state
	for _, s := range r.Stages {
		s.spare()
	}
}

// advance goes to the first stage that still waits; after the last one the run is signed.
func (r *Run) advance(o Office) {
	for i, s := range r.Stages {
		if s.State == Waiting || s.State == Held || s.State == Sent {
			r.enter(i, o)
			return
		}
	}
	r.State = Signed
}

// complete ends a released run once no signature is missing.
func (r *Run) complete() {
	if !slices.ContainsFunc(r.Stages, func(s *Stage) bool { return s.State == Late }) {
		r.State = Signed
	}
}

// Mine is the task that by acts on, his own before one he stands in for, and its stage.
func (r *Run) Mine(by uuid.UUID, o Office) (*Stage, *Task) {
	var stage *Stage
	var found *Task
	if !o.Able(by) || r.State != Running && r.State != Released {
		return nil, nil
	}
	for _, s := range r.Stages {
		if !s.active() {
			continue
		}
		for _, t := range s.Tasks {
			if t.State == Open && o.speaks(by, t.Member) && (found == nil || t.Member == by && found.Member != by) {
				stage, found = s, t
			}
		}
	}
	return stage, found
}

// turn is Mine, or the reason why it is not by's turn.
func (r *Run) turn(by uuid.UUID, o Office) (*Stage, *Task, error) {
	if r.State != Running && r.State != Released {
		return nil, nil, errs.New(errs.Conflict, "审签已经结束")
	}
	if s, t := r.Mine(by, o); t != nil {
		return s, t, nil
	}
	if r.State == Released {
		return nil, nil, errs.New(errs.Forbidden, "没有需要您补签的环节")
	}
	title := r.Current().Title
	for _, s := range r.Stages {
		for _, t := range s.Tasks {
			if t.By == by && (t.State == Yes || t.State == No) {
				return nil, nil, errs.New(errs.Conflict, "您已经审签过，正在等待“%s”", title)
			}
		}
	}
	return nil, nil, errs.New(errs.Forbidden, "现在是“%s”环节，还没有轮到您", title)
}

func (r *Run) done(t *Task, by uuid.UUID, state string) {
	r.Seq++
	t.State, t.By, t.Seq = state, by, r.Seq
}
