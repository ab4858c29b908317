package flow

import (
	"slices"

	"github.com/google/uuid"

	"shangda/internal/errs"
)

// AddSigners puts a stage for these people before or after the one that waits for by.
func (r *Run) AddSigners(by uuid.UUID, people []uuid.UUID, before bool, mode string, o Office) (*Stage, error) {
	s, _, err := r.turn(by, o)
	if err != nil {
		return nil, err
	}
	if s.State == Late {
		return nil, errs.New(errs.Conflict, "信息已经签发，不能再加签")
	}
	if mode == "" {
		mode = All
	}
	if mode != All && mode != Any && mode != Turn {
		return nil, errs.InvalidField("mode", "加签方式只能是会签、或签或依次")
	}
	if len(people) == 0 || len(people) > 10 {
		return nil, errs.InvalidField("people", "请选择 1 至 10 位加签人")
	}
	for i, id := range people {
		if !o.Able(id) || slices.Contains(people[:i], id) || id == by {
			return nil, errs.InvalidField("people", "加签人应为本单位可以审签的其他人员，且不重复")
		}
	}
	if len(r.Stages) >= maxStages {
		return nil, errs.New(errs.Conflict, "环节已有 %d 个，不能再加签", maxStages)
	}
	added := &Stage{ID: newID(), Step: Step{Title: "加签", People: people, Mode: mode, Locked: s.Locked}, State: Waiting, AddedBy: by}
	at := s.No
	if before {
		at--
		r.hold(s)
	}
	r.Stages = slices.Insert(r.Stages, at, added)
	r.number()
	r.Seq++
	if before {
		r.enter(at, o)
	}
	return added, nil
}

// Remove takes away what waits: an added stage that has not begun or whose signers have not acted, or one of several
// signers of a stage. Who added it may, and the starter. It never decides a run: that is for those who sign.
func (r *Run) Remove(by, target uuid.UUID, o Office) (*Stage, error) {
	if r.State != Running {
		return nil, errs.New(errs.Conflict, "审签已经结束，不能减签")
	}
	trial := r.Clone()
	if _, err := trial.remove(by, target, o); err != nil {
		return nil, err
	}
	if trial.State != Running {
		return nil, errs.New(errs.Conflict, "减签后审签就结束了，请由其他审签人办理")
	}
	return r.remove(by, target, o)
}

func (r *Run) remove(by, target uuid.UUID, o Office) (*Stage, error) {
	for _, s := range r.Stages {
		if by != r.Starter && by != s.AddedBy {
			continue
		}
		if s.ID == target && s.AddedBy != uuid.Nil && (s.State == Waiting || s.State == Current || s.State == Held) {
			return s, r.removeStage(s, o)
		}
		i := slices.IndexFunc(s.Tasks, func(t *Task) bool { return t.ID == target && (t.State == Open || t.State == Next) })
		if i < 0 || s.State != Current {
			continue
		}
		if len(s.waiting()) == 1 && s.AddedBy == uuid.Nil && !s.said() {
			return nil, errs.New(errs.Conflict, "环节“%s”至少保留一位审签人", s.Title)
		}
		r.Seq++
		s.Tasks[i].State = Removed
		r.afterRemoval(s, o)
		return s, nil
	}
	return nil, errs.New(errs.Conflict, "没有可以减去的审签人：只有加签人和送审人可以减签，已经签过的不能减")
}

func (s *Stage) waiting() []*Task {
	return slices.DeleteFunc(s.live(), func(t *Task) bool { return t.State != Open && t.State != Next })
}

func (s *Stage) said() bool {
	return slices.ContainsFunc(s.Tasks, func(t *Task) bool { return t.State == Yes || t.State == No })
}

func (r *Run) removeStage(s *Stage, o Office) error {
	if s.said() {
		return errs.New(errs.Conflict, "加签人已经签署，不能减签")
	}
	r.Seq++
	current := s.State == Current
	for _, t := range s.Tasks {
		if t.State == Open || t.State == Next || t.State == OnHold {
			t.State = Removed
		}
	}
	s.State = Dropped
	if current {
		r.advance(o)
	}
	return nil
}

// afterRemoval lets the others' words decide; an added stage without anybody left is dropped.
func (r *Run) afterRemoval(s *Stage, o Office) {
	if s.pending() == 0 && !s.said() {
		s.State = Dropped
		r.advance(o)
		return
	}
	r.settle(s, o)
}

// PassOn gives what waits for by to somebody else (转办).
func (r *Run) PassOn(by, to uuid.UUID, o Office) (*Stage, *Task, error) {
	s, t, err := r.turn(by, o)
	if err != nil {
		return nil, nil, err
	}
	if err := s.mayTake(to, o); err != nil {
		return nil, nil, err
	}
	r.done(t, by, Passed)
	return s, r.hand(s, t, by, to), nil
}

// Stuck is what waits for somebody who can no longer act, and stages that wait for nobody.
func (r *Run) Stuck(o Office) (stages []*Stage, tasks []*Task) {
	if r.State != Running && r.State != Released {
		return nil, nil
	}
	for _, s := range r.Stages {
		if !s.active() {
			continue
		}
		if s.pending() == 0 {
			stages = append(stages, s)
		}
		for _, t := range s.Tasks {
			if t.State == Open && !o.reachable(t.Member) {
				tasks = append(tasks, t)
			}
		}
	}
	return stages, tasks
}

// Reassign gives what is stuck to somebody who can act: a task, or a stage that waits for nobody.
func (r *Run) Reassign(by, target, to uuid.UUID, o Office) (*Stage, *Task, error) {
	stages, tasks := r.Stuck(o)
	for _, s := range r.Stages {
		if slices.Contains(stages, s) && s.ID == target {
			if err := s.mayTake(to, o); err != nil {
				return nil, nil, err
			}
			r.Seq++
			return s, r.hand(s, nil, by, to), nil
		}
		for _, t := range s.Tasks {
			if t.ID != target || !slices.Contains(tasks, t) {
				continue
			}
			if err := s.mayTake(to, o); err != nil {
				return nil, nil, err
			}
			r.done(t, by, Passed)
			return s, r.hand(s, t, by, to), nil
		}
	}
	return nil, nil, errs.New(errs.Conflict, "这个环节有人可以办理，不需要改派")
}

func (s *Stage) mayTake(to uuid.UUID, o Office) error {
	if !o.Able(to) || s.has(to) {
		return errs.InvalidField("to", "请选择本单位可以审签、且不在本环节的人员")
	}
	return nil
}

// hand gives a new task in the place of one, or at the end.
func (r *Run) hand(s *Stage, old *Task, from, to uuid.UUID) *Task {
	given := &Task{ID: newID(), Member: to, State: Open, From: from}
	at := len(s.Tasks)
	if i := slices.Index(s.Tasks, old); i >= 0 {
		at = i + 1
	}
	s.Tasks = slices.Insert(s.Tasks, at, given)
	r.inTurn(s)
	return given
}

// TakesPart tells whether by started the run, or something waits or waited for him or for whom he stands in.
func (r *Run) TakesPart(by uuid.UUID, o Office) bool {
	return by == r.Starter || slices.ContainsFunc(r.Stages, func(s *Stage) bool {
		return slices.ContainsFunc(s.Tasks, func(t *Task) bool { return t.By == by || o.speaks(by, t.Member) })
	})
}
