package flow

import (
	"slices"

	"github.com/google/uuid"

	"shangda/internal/errs"
)

// Approve says yes at the stage that waits for by.
func (r *Run) Approve(by uuid.UUID, o Office) (*Stage, *Task, error) {
	s, t, err := r.turn(by, o)
	if err != nil {
		return nil, nil, err
	}
	r.done(t, by, Yes)
	r.settle(s, o)
	return s, t, nil
}

// Reject says no: in a vote, or where a signature is given afterwards, when nothing can be returned any more.
func (r *Run) Reject(by uuid.UUID, o Office) (*Stage, *Task, error) {
	s, t, err := r.turn(by, o)
	if err != nil {
		return nil, nil, err
	}
	if s.Mode != Vote && s.State != Late {
		return nil, nil, errs.New(errs.Conflict, "这个环节不是表决，不同意请退回并写明意见")
	}
	r.done(t, by, No)
	r.settle(s, o)
	return s, t, nil
}

// Return sends the run back: to the author, to the editor (0), both of which end it, or to an earlier stage.
func (r *Run) Return(by uuid.UUID, to int, o Office) (*Stage, *Task, error) {
	s, t, err := r.turn(by, o)
	if err != nil {
		return nil, nil, err
	}
	if s.State == Late {
		return nil, nil, errs.New(errs.Conflict, "信息已经签发，只能补签或写明不同意见")
	}
	if to < ToAuthor || to >= s.No || to > 0 && r.Stages[to-1].State != Approved {
		return nil, nil, errs.InvalidField("to", "只能退回到前面的环节、编辑或作者")
	}
	r.done(t, by, GaveBack)
	s.spare()
	s.State = Sent
	if to <= toEditor {
		r.ToAuthor = to == ToAuthor
		r.end(Returned)
		return s, t, nil
	}
	for i := to - 1; i < s.No-1; i++ {
		if earlier := r.Stages[i]; earlier.State != Dropped {
			earlier.void()
			earlier.State = Waiting
		}
	}
	for _, later := range r.Stages[s.No:] {
		if later.State == Held { // of an added stage that was itself stood before
			later.void()
			later.State = Waiting
		}
	}
	r.enter(to-1, o)
	return s, t, nil
}

// last is what was done last by anybody.
func (r *Run) last() (*Stage, *Task) {
	for _, s := range r.Stages {
		for _, t := range s.Tasks {
			if t.Seq == r.Seq && r.Seq > nobodySeq {
				return s, t
			}
		}
	}
	return nil, nil
}

// TakeBack takes back one's own yes or no as long as nobody has acted after it.
func (r *Run) TakeBack(by uuid.UUID) (*Stage, error) {
	if r.State != Running {
		return nil, errs.New(errs.Conflict, "审签已经结束，不能撤回意见")
	}
	s, t := r.last()
	if t == nil || t.By != by || t.State != Yes && t.State != No {
		return nil, errs.New(errs.Conflict, "没有可以撤回的意见：只有在他人办理之前才能撤回自己刚签的意见")
	}
	if s.State != Current {
		r.leave(r.Current())
		s.State = Current
	}
	t.State, t.By, t.Seq = Open, uuid.Nil, nobodySeq
	for _, other := range s.Tasks {
		if other.State == Spared {
			other.State = Open
		}
	}
	r.Seq++
	r.inTurn(s)
	return s, nil
}

// newest is the newest thing done at the stage in this round.
func (s *Stage) newest() int {
	newest := 0
	for _, t := range s.live() {
		newest = max(newest, t.Seq)
	}
	return newest
}

// leave undoes that a stage was entered: one that was on hold before waits on hold again, with the words said there.
func (r *Run) leave(s *Stage) {
	if s.newest() > 0 || slices.ContainsFunc(s.Tasks, func(t *Task) bool { return t.State == Passed || t.State == Removed }) {
		r.hold(s)
		return
	}
	s.void()
	s.State = Waiting
}

func (r *Run) hold(s *Stage) {
	s.State = Held
	for _, t := range s.Tasks {
		if t.State == Open || t.State == Next {
			t.State = OnHold
		}
	}
}

// Withdraw takes the report out of its review: the starter's, and anybody's of the office once the starter has left.
func (r *Run) Withdraw(by uuid.UUID, o Office) error {
	if r.State != Running {
		return errs.New(errs.Conflict, "审签已经结束，不能撤销送审")
	}
	if by != r.Starter {
		if _, here := o.Find(r.Starter); here {
			return errs.New(errs.Forbidden, "只有送审人可以撤销送审")
		}
	}
	r.Current().State = Waiting
	r.end(Withdrawn)
	r.Seq++
	return nil
}

// Reopen takes up a signed run again at the stage that signed it, for whoever acted there.
func (r *Run) Reopen(by uuid.UUID, o Office) (*Stage, error) {
	if r.State != Signed {
		return nil, errs.New(errs.Conflict, "只有签发完毕的审签可以重新打开")
	}
	at, newest := -1, 0
	for i, s := range r.Stages {
		if n := s.newest(); n > newest && (s.State == Approved || s.State == Objected) {
			at, newest = i, n
		}
	}
	if at < 0 {
		return nil, errs.New(errs.Conflict, "没有可以重新打开的环节")
	}
	s := r.Stages[at]
	if !slices.ContainsFunc(s.Tasks, func(t *Task) bool { return t.By == by && t.State != Void }) {
		return nil, errs.New(errs.Forbidden, "只有在“%s”环节签发的人可以重新打开", s.Title)
	}
	r.State, r.Green = Running, nil
	r.Seq++
	r.enter(at, o)
	return s, nil
}

// Release is the green channel: the holder of one of its posts signs at once; what is missing is signed afterwards.
func (r *Run) Release(by uuid.UUID, o Office) (*Stage, error) {
	if r.State != Running {
		return nil, errs.New(errs.Conflict, "审签已经结束")
	}
	if len(r.Green) == 0 {
		return nil, errs.New(errs.Conflict, "这篇信息的流程没有绿色通道，只有紧急信息可以先发后补")
	}
	p, ok := o.Find(by)
	if !ok || !p.Able || !slices.Contains(r.Green, p.Post) {
		return nil, errs.New(errs.Forbidden, "您的岗位不能启用绿色通道")
	}
	var mine *Stage
	r.State = Released
	for _, s := range r.Stages {
		if s.State == Approved || s.State == Dropped {
			continue
		}
		if s.State != Current && s.State != Held {
			s.void()
			s.give(o)
		}
		s.State = Late
		for _, t := range s.Tasks {
			if t.State == Next || t.State == OnHold {
				t.State = Open
			}
		}
		if i := slices.IndexFunc(s.Tasks, func(t *Task) bool { return t.Member == by && t.State == Open }); i >= 0 {
			mine = s
			r.done(s.Tasks[i], by, Yes)
		}
		r.judgeLate(s)
	}
	if mine == nil {
		r.Seq++
	}
	r.complete()
	return mine, nil
}
