package reviews

import (
	"context"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Service runs reviews.
type Service struct {
	db      *tenancy.DB
	notices Notices
	subject Subject
}

// New runs reviews of the subject.
func New(db *tenancy.DB, n Notices, subject Subject) *Service {
	return &Service{db: db, notices: n, subject: subject}
}

// Start sends a report through the chain of its route and returns the review's id. Conflict where the unit has no chain
// for the route, where a step would wait for nobody, or where the report is not ready for review.
func (s *Service) Start(ctx context.Context, report uuid.UUID) (uuid.UUID, error) {
	id := tenancy.NewID()
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := s.may(ctx, tx, report, authz.ReviewStart); err != nil {
			return err
		}
		route, title, err := s.subject.BeginReview(ctx, tx, report)
		if err != nil {
			return err
		}
		chain, err := activeChain(ctx, tx, route)
		if errs.Is(err, errs.NotFound) {
			return errs.New(errs.Conflict, "本单位还没有设置“%s”信息的审签流程，请联系系统管理员", routeNames[route])
		}
		if err != nil {
			return err
		}
		if chain, err = findChain(ctx, tx, chain.ID); err != nil {
			return err
		}
		if err := somebodyAtEach(ctx, tx, chain.Steps); err != nil {
			return err
		}
		r := row{ID: id, SubjectID: report, SubjectTitle: title, StartedBy: tx.Principal().Membership}
		if err := insertReview(ctx, tx, r, chain); err != nil {
			return err
		}
		record(tx, r, "report.review_started", map[string]any{"chain": chain.Name, "route": route, "step": chain.Steps[0].Title})
		return s.tellNext(ctx, tx, r, chain.Steps[0])
	})
	return id, err
}

// may checks that the caller sees the report and has the permission.
func (s *Service) may(ctx context.Context, q tenancy.Querier, report uuid.UUID, permission authz.Permission) error {
	if err := s.subject.MayRead(ctx, q, report); err != nil {
		return err
	}
	return authz.Holds(q.Principal(), permission)
}

// somebodyAtEach refuses to start what would stop at a step where nobody can act.
func somebodyAtEach(ctx context.Context, tx *tenancy.Tx, steps []Step) error {
	for _, step := range steps {
		candidates, err := rolesAt(ctx, tx, step.Post, step.Role)
		if err != nil {
			return err
		}
		found := false
		for _, roles := range candidates {
			found = found || tx.Principal().Policy.Scope(roles, string(authz.ReviewAct)) != tenancy.ScopeNone
		}
		if !found {
			return errs.New(errs.Conflict, "第 %d 个环节“%s”目前没有可以审签的人员，请联系系统管理员", step.No, step.Title)
		}
	}
	return nil
}

// Approve passes the current step, with the text as the caller changed it where he did; the last step signs. Forbidden
// when the step waits for somebody else, Conflict when the caller has acted already or the review has ended.
func (s *Service) Approve(ctx context.Context, id uuid.UUID, opinion string, text *Text) (uuid.UUID, error) {
	if err := checkOpinion(opinion, false); err != nil {
		return uuid.Nil, err
	}
	return id, s.act(ctx, id, func(tx *tenancy.Tx, r row, steps []stepRow) error {
		if text != nil {
			if err := s.subject.ReviewText(ctx, tx, r.SubjectID, *text); err != nil {
				return err
			}
			r.SubjectTitle = text.Title
		}
		step := steps[r.CurrentNo-1]
		if err := actStep(ctx, tx, id, step.No, Approved, opinion); err != nil {
			return err
		}
		record(tx, r, "report.step_approved", map[string]any{"step": step.Title, "no": step.No, "opinion": opinion, "edited": text != nil})
		if step.No == len(steps) {
			return s.sign(ctx, tx, r)
		}
		next := steps[step.No]
		r.CurrentNo = next.No
		if err := reopenSteps(ctx, tx, id, next.No); err != nil {
			return err
		}
		if err := updateReview(ctx, tx, r); err != nil {
			return err
		}
		return s.tellNext(ctx, tx, r, Step{Title: next.Title, Post: next.Post, Role: next.Role})
	})
}

func (s *Service) sign(ctx context.Context, tx *tenancy.Tx, r row) error {
	now := tx.Now()
	r.State, r.EndedAt = Signed, &now
	if err := updateReview(ctx, tx, r); err != nil {
		return err
	}
	if err := s.subject.Sign(ctx, tx, r.SubjectID); err != nil {
		return err
	}
	return s.tellStarter(ctx, tx, r, "review.signed", "《"+r.SubjectTitle+"》已审签完毕，可以报送")
}

// Return sends the review back to an earlier step, or with to = 0 to the editor, which ends it. An opinion is needed;
// otherwise the refusals of Approve.
func (s *Service) Return(ctx context.Context, id uuid.UUID, opinion string, to int) (uuid.UUID, error) {
	if err := checkOpinion(opinion, true); err != nil {
		return uuid.Nil, err
	}
	return id, s.act(ctx, id, func(tx *tenancy.Tx, r row, steps []stepRow) error {
		step := steps[r.CurrentNo-1]
		if to < 0 || to >= step.No {
			return errs.InvalidField("to", "只能退回到前面的环节或编辑")
		}
		if err := actStep(ctx, tx, id, step.No, Returned, opinion); err != nil {
			return err
		}
		detail := map[string]any{"step": step.Title, "no": step.No, "opinion": opinion, "to": to, "to_title": "编辑"}
		if to > 0 {
			detail["to_title"] = steps[to-1].Title
		}
		record(tx, r, "report.review_returned", detail)
		if to == 0 {
			return s.giveBack(ctx, tx, r, step.Title, opinion)
		}
		r.CurrentNo = to
		if err := reopenSteps(ctx, tx, id, to); err != nil {
			return err
		}
		if err := updateReview(ctx, tx, r); err != nil {
			return err
		}
		earlier := steps[to-1]
		return s.tellNext(ctx, tx, r, Step{Title: earlier.Title, Post: earlier.Post, Role: earlier.Role})
	})
}

func (s *Service) giveBack(ctx context.Context, tx *tenancy.Tx, r row, title, opinion string) error {
	now := tx.Now()
	r.State, r.EndedAt = Returned, &now
	if err := updateReview(ctx, tx, r); err != nil {
		return err
	}
	if err := s.subject.ReviewReturned(ctx, tx, r.SubjectID, opinion); err != nil {
		return err
	}
	return s.tellStarter(ctx, tx, r, "review.returned", "《"+r.SubjectTitle+"》在“"+title+"”环节退回："+opinion)
}

// act runs fn on a running review whose current step waits for the caller.
func (s *Service) act(ctx context.Context, id uuid.UUID, fn func(*tenancy.Tx, row, []stepRow) error) error {
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, err := lockReview(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.may(ctx, tx, r.SubjectID, authz.ReviewAct); err != nil {
			return err
		}
		steps, err := stepsOf(ctx, tx, []uuid.UUID{id})
		if err != nil {
			return err
		}
		post, err := postOf(ctx, tx)
		if err != nil {
			return err
		}
		if err := inTurn(tx.Principal(), post, r, steps); err != nil {
			return err
		}
		return fn(tx, r, steps)
	})
}

// inTurn is nil where the current step waits for the caller.
func inTurn(p *tenancy.Principal, post string, r row, steps []stepRow) error {
	if r.State != Running {
		return errs.New(errs.Conflict, "审签已经结束")
	}
	if waitsFor(steps[r.CurrentNo-1], p, post) {
		return nil
	}
	for _, s := range steps[:r.CurrentNo-1] {
		if s.ActedBy == p.Membership {
			return errs.New(errs.Conflict, "您已经审签过，正在等待“%s”", steps[r.CurrentNo-1].Title)
		}
	}
	return errs.New(errs.Forbidden, "现在是“%s”环节，还没有轮到您", steps[r.CurrentNo-1].Title)
}

func waitsFor(step stepRow, p *tenancy.Principal, post string) bool {
	return (step.Post == "" || step.Post == post) && (step.Role == "" || p.HasRole(step.Role))
}

func record(tx *tenancy.Tx, r row, kind string, detail map[string]any) {
	tx.Record(tenancy.Event{Kind: kind, Subject: tenancy.Subject{Kind: "report", ID: r.SubjectID}, Detail: detail})
}

func (s *Service) tellNext(ctx context.Context, tx *tenancy.Tx, r row, step Step) error {
	return s.notices.TellPost(ctx, tx, step.Post, step.Role, notices.Notice{Kind: "review.waiting",
		Text: "《" + r.SubjectTitle + "》等待您审签（" + step.Title + "）", Subject: tenancy.Subject{Kind: "report", ID: r.SubjectID}})
}

func (s *Service) tellStarter(ctx context.Context, tx *tenancy.Tx, r row, kind, text string) error {
	return s.notices.Tell(ctx, tx, []uuid.UUID{r.StartedBy},
		notices.Notice{Kind: kind, Text: text, Subject: tenancy.Subject{Kind: "report", ID: r.SubjectID}})
}
