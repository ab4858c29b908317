package reviews

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/services/reviews/flow"
	"shangda/tenancy"
)

// Of lists the reviews of a report the caller may read, oldest first.
func (s *Service) Of(ctx context.Context, report uuid.UUID) ([]Review, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.subject.MayRead(ctx, q, report); err != nil {
		return nil, err
	}
	rows, err := reviewsOf(ctx, q, report)
	if err != nil {
		return nil, err
	}
	return s.view(ctx, q, rows)
}

// Get finds a review of a report the caller may read.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Review, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Review{}, err
	}
	r, err := findReview(ctx, q, id)
	if err != nil {
		return Review{}, err
	}
	if err := s.subject.MayRead(ctx, q, r.SubjectID); err != nil {
		return Review{}, err
	}
	views, err := s.view(ctx, q, []row{r})
	if err != nil {
		return Review{}, err
	}
	return views[0], nil
}

// WaitingFor lists the reports of which something waits for the caller, or for whom he stands in, oldest review first.
func (s *Service) WaitingFor(ctx context.Context, q tenancy.Querier) ([]uuid.UUID, error) {
	if p := q.Principal(); !authz.May(p, authz.ReviewAct) {
		return nil, nil
	}
	return waitingFor(ctx, q, q.Principal().Membership)
}

// seen is everything a view of some reviews is made of.
type seen struct {
	by     uuid.UUID
	now    time.Time
	office flow.Office
	names  map[uuid.UUID]string
	tasks  map[uuid.UUID]taskRow
	acts   []actRow
	copies []copyRow
	may    map[authz.Permission]bool
}

func (s *Service) view(ctx context.Context, q tenancy.Querier, rows []row) ([]Review, error) {
	if len(rows) == 0 {
		return []Review{}, nil
	}
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	stages, err := stagesOf(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	tasks, err := tasksOf(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	p := q.Principal()
	v := seen{by: p.Membership, now: q.Now(), tasks: map[uuid.UUID]taskRow{}, may: map[authz.Permission]bool{}}
	for _, permission := range []authz.Permission{authz.ReviewAct, authz.ReviewStart} {
		v.may[permission] = authz.May(p, permission)
	}
	for _, t := range tasks {
		v.tasks[t.ID] = t
	}
	if v.acts, err = actsOf(ctx, q, ids); err != nil {
		return nil, err
	}
	if v.copies, err = copiesOf(ctx, q, ids); err != nil {
		return nil, err
	}
	if v.office, err = office(ctx, q, ""); err != nil {
		return nil, err
	}
	if v.names, err = namesOf(ctx, q, v.involved(rows, stages, tasks)); err != nil {
		return nil, err
	}
	views := make([]Review, len(rows))
	for i, r := range rows {
		views[i] = v.review(r, r.runOf(stages, tasks))
	}
	return views, nil
}

func (v *seen) involved(rows []row, stages []stageRow, tasks []taskRow) []uuid.UUID {
	all := map[uuid.UUID]bool{}
	for _, r := range rows {
		all[r.StartedBy] = true
	}
	for _, s := range stages {
		all[s.AddedBy] = true
	}
	for _, t := range tasks {
		all[t.Member], all[t.ActedBy], all[t.GivenBy], all[v.office.Deputies[t.Member]] = true, true, true, true
	}
	for _, a := range v.acts {
		all[a.By], all[a.OnBehalf] = true, true
		for _, p := range a.People {
			all[p] = true
		}
	}
	for _, c := range v.copies {
		all[c.Member], all[c.GivenBy] = true, true
	}
	ids := make([]uuid.UUID, 0, len(all))
	for id := range all {
		ids = append(ids, id)
	}
	return ids
}

func (v *seen) review(r row, run *flow.Run) Review {
	view := Review{ID: r.ID, ReportID: r.SubjectID, State: r.State, ChainName: r.ChainName, StartedBy: v.names[r.StartedBy], StartedAt: r.StartedAt, EndedAt: r.EndedAt,
		Addressees: list(r.Addressees), Then: list(r.Follow), Steps: []ReviewStep{}, Copies: []Copy{}, Acts: []Act{}}
	title := map[uuid.UUID]string{}
	_, stuck := run.Stuck(v.office)
	for _, stage := range run.Stages {
		title[stage.ID] = stage.Title
		view.Steps = append(view.Steps, v.step(stage, stuck))
	}
	for _, a := range v.acts {
		if a.ReviewID != r.ID {
			continue
		}
		people := []string{}
		for _, p := range a.People {
			people = append(people, v.names[p])
		}
		view.Acts = append(view.Acts, Act{ID: a.ID, Verb: a.Verb, Step: title[a.StepID], By: v.names[a.By], OnBehalf: v.names[a.OnBehalf], People: people,
			Opinion: a.Opinion, Ticks: a.Ticks, Before: a.Before, After: a.After, At: a.At})
	}
	unread := false
	for _, c := range v.copies {
		if c.ReviewID == r.ID {
			unread = unread || c.Member == v.by && c.ReadAt == nil
			view.Copies = append(view.Copies, Copy{Name: v.names[c.Member], From: v.names[c.GivenBy], At: c.At, ReadAt: c.ReadAt, Remark: c.Remark})
		}
	}
	view.Can = v.can(run, unread)
	view.Turn = v.turn(run)
	return view
}

func (v *seen) step(stage *flow.Stage, stuck []*flow.Task) ReviewStep {
	view := ReviewStep{ID: stage.ID, No: stage.No, Title: stage.Title, Post: stage.Post, Role: stage.Role, Mode: stage.Mode, Ratio: stage.Ratio, State: stage.State,
		AddedBy: v.names[stage.AddedBy], Tasks: []ReviewTask{}}
	newest := 0
	for _, t := range stage.Tasks {
		task := v.task(t, slices.Contains(stuck, t))
		view.Tasks = append(view.Tasks, task)
		if t.Seq > newest && t.State != flow.Passed {
			newest = t.Seq
			view.By, view.Opinion, view.At = v.names[t.By], task.Opinion, task.At
		}
	}
	return view
}

// task is a task with what was said on it last.
func (v *seen) task(t *flow.Task, stuck bool) ReviewTask {
	row := v.tasks[t.ID]
	view := ReviewTask{ID: t.ID, Member: t.Member, Name: v.names[t.Member], State: t.State, From: v.names[t.From], DueAt: row.DueAt, Stuck: stuck}
	if t.By != uuid.Nil && t.By != t.Member {
		view.By = v.names[t.By]
	}
	if t.State == flow.Open {
		view.Deputy = v.names[v.office.Deputies[t.Member]]
		view.Overdue = row.DueAt != nil && v.now.After(*row.DueAt)
	}
	if t.Seq == 0 {
		return view
	}
	for _, a := range v.acts {
		if a.TaskID == t.ID && slices.Contains([]string{"approve", "reject", "return"}, a.Verb) {
			at := a.At
			view.Opinion, view.Ticks, view.At = a.Opinion, a.Ticks, &at
		}
	}
	return view
}

// can is what the caller may do now: the machine itself is asked, on a copy.
func (v *seen) can(run *flow.Run, unread bool) []string {
	able := []string{}
	allow := func(verb string, permission authz.Permission, ok bool) {
		if v.may[permission] && ok {
			able = append(able, verb)
		}
	}
	try := func(do func(*flow.Run) error) bool { return do(run.Clone()) == nil }
	stage, mine := run.Mine(v.by, v.office)
	late := stage != nil && stage.State == flow.Late
	live := run.State == flow.Running || run.State == flow.Released
	allow("approve", authz.ReviewAct, mine != nil)
	allow("reject", authz.ReviewAct, mine != nil && (late || stage.Mode == flow.Vote))
	allow("return", authz.ReviewAct, mine != nil && !late)
	allow("return_author", authz.ReviewAct, mine != nil && !late)
	allow("add_signer", authz.ReviewAct, mine != nil && !late)
	allow("pass_on", authz.ReviewAct, mine != nil)
	allow("remove_signer", authz.ReviewAct, v.removes(run))
	allow("take_back", authz.ReviewAct, try(func(r *flow.Run) error { _, err := r.TakeBack(v.by); return err }))
	allow("release", authz.ReviewAct, try(func(r *flow.Run) error { _, err := r.Release(v.by, v.office); return err }))
	allow("reopen", authz.ReviewAct, try(func(r *flow.Run) error { _, err := r.Reopen(v.by, v.office); return err }))
	allow("withdraw", authz.ReviewStart, try(func(r *flow.Run) error { return r.Withdraw(v.by, v.office) }))
	stages, tasks := run.Stuck(v.office)
	allow("reassign", authz.ReviewStart, len(stages)+len(tasks) > 0)
	allow("urge", authz.ReviewStart, live && run.Starter == v.by)
	if live && run.TakesPart(v.by, v.office) {
		able = append(able, "copy")
	}
	if unread {
		able = append(able, "read")
	}
	return able
}

// removes tells whether there is anything the caller may take away.
func (v *seen) removes(run *flow.Run) bool {
	for _, stage := range run.Stages {
		targets := []uuid.UUID{stage.ID}
		for _, t := range stage.Tasks {
			targets = append(targets, t.ID)
		}
		for _, target := range targets {
			if _, err := run.Clone().Remove(v.by, target, v.office); err == nil {
				return true
			}
		}
	}
	return false
}

func (v *seen) turn(run *flow.Run) *TurnView {
	stage, mine := run.Mine(v.by, v.office)
	if mine == nil || !v.may[authz.ReviewAct] {
		return nil
	}
	after := run.Clone()
	_, _, err := after.Approve(v.by, v.office)
	view := &TurnView{Step: stage.ID, Signs: err == nil && after.State == flow.Signed && run.State == flow.Running, Late: stage.State == flow.Late,
		Locked: list(stage.Locked), Sheet: list(stage.Sheet)}
	if mine.Member != v.by {
		view.For = v.names[mine.Member]
	}
	return view
}
