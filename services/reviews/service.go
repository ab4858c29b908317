package reviews

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/workdays"
	"shangda/services/notices"
	"shangda/services/reviews/flow"
	"shangda/tenancy"
)

// Service runs reviews.
type Service struct {
	db      *tenancy.DB
	dir     *tenancy.Directory
	notices Notices
	subject Subject
	find    func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (row, error) // locks the review
}

// New runs reviews of the subject. The directory is for the reminders, which go through all tenants.
func New(db *tenancy.DB, dir *tenancy.Directory, n Notices, subject Subject) *Service {
	return &Service{db: db, dir: dir, notices: n, subject: subject, find: lockReview}
}

// turn is one change of one review: everything it needs, loaded in its transaction.
type turn struct {
	tx      *tenancy.Tx
	row     row
	run     *flow.Run
	office  flow.Office
	matter  Matter
	was     string             // the state before
	open    map[uuid.UUID]bool // the tasks that waited before
	opinion string             // of a return, for whoever gets the report back
	acts    []act
}

func (t *turn) me() uuid.UUID { return t.tx.Principal().Membership }

// may checks that the caller sees the report and has the permission.
func (s *Service) may(ctx context.Context, q tenancy.Querier, report uuid.UUID, permission authz.Permission) error {
	if err := s.subject.MayRead(ctx, q, report); err != nil {
		return err
	}
	return authz.Holds(q.Principal(), permission)
}

// change is the frame of every verb: the review locked, the right checked, the machine asked, the outcome kept and told.
func (s *Service) change(ctx context.Context, id uuid.UUID, permission authz.Permission, fn func(*turn) error) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, err := s.find(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.may(ctx, tx, r.SubjectID, permission); err != nil {
			return err
		}
		t, err := s.load(ctx, tx, r)
		if err != nil {
			return err
		}
		if err := fn(t); err != nil {
			return err
		}
		return s.finish(ctx, t)
	})
}

func (s *Service) load(ctx context.Context, tx *tenancy.Tx, r row) (*turn, error) {
	t := &turn{tx: tx, row: r, was: r.State, open: map[uuid.UUID]bool{}}
	var err error
	if t.matter, err = s.subject.Matter(ctx, tx, r.SubjectID); err != nil {
		return nil, err
	}
	if t.office, err = office(ctx, tx, t.matter.Category); err != nil {
		return nil, err
	}
	stages, err := stagesOf(ctx, tx, []uuid.UUID{r.ID})
	if err != nil {
		return nil, err
	}
	tasks, err := tasksOf(ctx, tx, []uuid.UUID{r.ID})
	if err != nil {
		return nil, err
	}
	t.run = r.runOf(stages, tasks)
	for _, task := range tasks {
		t.open[task.ID] = task.State == flow.Open
	}
	return t, nil
}

// Start sends a report through the flow of its kind, to go where the addressees say, and returns the review's id. Conflict
// where the unit has no flow for it, where a step would wait for nobody, or where the report is not ready for review.
func (s *Service) Start(ctx context.Context, report uuid.UUID, addressees ...string) (uuid.UUID, error) {
	if err := checkAddressees(addressees); err != nil {
		return uuid.Nil, err
	}
	id := tenancy.NewID()
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := s.may(ctx, tx, report, authz.ReviewStart); err != nil {
			return err
		}
		if err := s.subject.BeginReview(ctx, tx, report); err != nil {
			return err
		}
		chains, err := keepChains(ctx, tx)
		if err != nil {
			return err
		}
		t := &turn{tx: tx, open: map[uuid.UUID]bool{}}
		chain, err := s.choose(ctx, tx, t, report, addressees, chains)
		if err != nil {
			return err
		}
		if t.run, err = chain.Begin(t.matter.Case, t.me(), t.office); err != nil {
			return err
		}
		t.row = row{ID: id, SubjectID: report, SubjectTitle: t.matter.Title, State: flow.Running, ChainID: chain.ID, ChainName: chain.Name,
			StartedBy: t.me(), Green: t.run.Green, Follow: chain.Then, Addressees: addressees}
		t.was = flow.Running
		if err := insertReview(ctx, tx, t.row); err != nil {
			return err
		}
		t.note(act{Verb: "start", After: &t.matter.Text}, "report.review_started",
			map[string]any{"chain": chain.Name, "route": t.matter.Route(), "step": t.run.Current().Title})
		return s.finish(ctx, t)
	})
}

// choose loads what the turn needs to know of the report and its office, and finds the flow it goes.
func (s *Service) choose(ctx context.Context, q tenancy.Querier, t *turn, report uuid.UUID, addressees []string, chains []Chain) (Chain, error) {
	var err error
	if t.matter, err = s.subject.Matter(ctx, q, report); err != nil {
		return Chain{}, err
	}
	t.matter.Addressees = addressees
	if t.office, err = office(ctx, q, t.matter.Category); err != nil {
		return Chain{}, err
	}
	flows := make([]flow.Flow, len(chains))
	for i, c := range chains {
		flows[i] = c.Flow
	}
	i := flow.Choose(flows, t.matter.Case)
	if i < 0 {
		return Chain{}, errs.New(errs.Conflict, "本单位还没有设置“%s”信息的审签流程，请联系系统管理员", flow.RouteNames[t.matter.Route()])
	}
	return chains[i], nil
}

func checkAddressees(addressees []string) error {
	for i, a := range addressees {
		if flow.Addressees[a] == "" || slices.Contains(addressees[:i], a) {
			return errs.InvalidField("addressees", "报送去向只能是上级单位、本级党委政府、有关部门，且不重复")
		}
	}
	return nil
}

// note keeps what was done: as an act of the review, and as an event of the report.
func (t *turn) note(a act, event string, detail map[string]any) {
	t.acts = append(t.acts, a)
	t.tx.Record(tenancy.Event{Kind: event, Subject: tenancy.Subject{Kind: "report", ID: t.row.SubjectID}, Detail: detail})
}

// finish keeps the run as it is now, tells whom it waits for, and lets an end take effect on the report.
func (s *Service) finish(ctx context.Context, t *turn) error {
	now := t.tx.Now()
	t.row.State, t.row.Seq, t.row.Green = t.run.State, t.run.Seq, t.run.Green
	switch {
	case t.run.State == flow.Running:
		t.row.EndedAt = nil
	case t.was == flow.Running:
		t.row.EndedAt = &now
	}
	if err := updateReview(ctx, t.tx, t.row); err != nil {
		return err
	}
	if err := s.save(ctx, t); err != nil {
		return err
	}
	for _, a := range t.acts {
		if err := insertAct(ctx, t.tx, t.row.ID, a); err != nil {
			return err
		}
	}
	return s.effect(ctx, t)
}

// save writes stages and tasks and tells who has something new to do.
func (s *Service) save(ctx context.Context, t *turn) error {
	var stages, tasks []map[string]any
	calendar, err := calendar(ctx, t.tx)
	if err != nil {
		return err
	}
	for _, stage := range t.run.Stages {
		stages = append(stages, map[string]any{"id": stage.ID, "no": stage.No, "state": stage.State, "added_by": null(stage.AddedBy), "definition": stage.Step})
		for place, task := range stage.Tasks {
			opens := task.State == flow.Open && !t.open[task.ID]
			one := map[string]any{"id": task.ID, "step_id": stage.ID, "place": place, "member": task.Member, "state": task.State,
				"acted_by": null(task.By), "seq": task.Seq, "given_by": null(task.From), "opens": opens}
			if opens {
				if due, limited := limit(stage, calendar, t.tx); limited {
					one["due_at"] = due
				}
				if err := s.tellWaiting(ctx, t, stage, task); err != nil {
					return err
				}
			}
			tasks = append(tasks, one)
		}
	}
	if err := saveStages(ctx, t.tx, t.row.ID, stages); err != nil {
		return err
	}
	return saveTasks(ctx, t.tx, t.row.ID, list(tasks))
}

// effect lets the end of a run, or its going on again, take effect on the report.
func (s *Service) effect(ctx context.Context, t *turn) error {
	r, tx := t.row, t.tx
	if t.was == t.run.State {
		return nil
	}
	switch t.run.State {
	case flow.Released:
		if err := s.subject.Sign(ctx, tx, r.SubjectID); err != nil {
			return err
		}
		return s.tellStarter(ctx, t, "review.signed", "《"+r.SubjectTitle+"》已走绿色通道签发，尚缺的签署将事后补齐")
	case flow.Signed:
		if t.was == flow.Released {
			return s.tellStarter(ctx, t, "review.complete", "《"+r.SubjectTitle+"》的补签已经齐全")
		}
		if err := s.subject.Sign(ctx, tx, r.SubjectID); err != nil {
			return err
		}
		return s.tellStarter(ctx, t, "review.signed", "《"+r.SubjectTitle+"》已审签完毕，可以"+next(r.Follow))
	case flow.Returned:
		if t.run.ToAuthor {
			return s.subject.ReviewToAuthor(ctx, tx, r.SubjectID, t.opinion)
		}
		return s.subject.ReviewReturned(ctx, tx, r.SubjectID, t.opinion)
	case flow.Withdrawn:
		return s.subject.ReviewWithdrawn(ctx, tx, r.SubjectID)
	case flow.Running:
		return s.subject.ReviewReopened(ctx, tx, r.SubjectID)
	}
	return nil
}

// next is what the office does with a signed report, in words.
func next(follow []string) string {
	words := ""
	for _, f := range follow {
		if words != "" {
			words += "、"
		}
		words += flow.Follow[f]
	}
	if words == "" {
		return "报送"
	}
	return words
}

// tellWaiting tells whom the review waits for, and who stands in.
func (s *Service) tellWaiting(ctx context.Context, t *turn, stage *flow.Stage, task *flow.Task) error {
	subject := tenancy.Subject{Kind: "report", ID: t.row.SubjectID}
	what := "审签"
	if stage.State == flow.Late {
		what = "补签"
	}
	if err := s.notices.Tell(ctx, t.tx, []uuid.UUID{task.Member}, notices.Notice{Kind: "review.waiting",
		Text: "《" + t.row.SubjectTitle + "》等待您" + what + "（" + stage.Title + "）", Subject: subject}); err != nil {
		return err
	}
	deputy, away := t.office.Deputies[task.Member]
	if !away {
		return nil
	}
	member, _ := t.office.Find(task.Member)
	return s.notices.Tell(ctx, t.tx, []uuid.UUID{deputy}, notices.Notice{Kind: "review.waiting",
		Text: "《" + t.row.SubjectTitle + "》等待您代" + member.Name + what + "（" + stage.Title + "）", Subject: subject})
}

func (s *Service) tellStarter(ctx context.Context, t *turn, kind, text string) error {
	return s.notices.Tell(ctx, t.tx, []uuid.UUID{t.row.StartedBy},
		notices.Notice{Kind: kind, Text: text, Subject: tenancy.Subject{Kind: "report", ID: t.row.SubjectID}})
}

func null(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

// limit is by when a task that opens now should be done; a signature that is given afterwards has one working day where
// its step says nothing.
func limit(stage *flow.Stage, calendar workdays.Calendar, tx *tenancy.Tx) (due any, limited bool) {
	days, hours := stage.Days, stage.Hours
	if stage.State == flow.Late && days+hours == 0 {
		days = 1
	}
	if days+hours == 0 {
		return nil, false
	}
	return calendar.Add(tx.Now(), days, hours), true
}
