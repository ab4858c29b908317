package reviews

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/notices"
	"shangda/services/reviews/flow"
	"shangda/tenancy"
)

// Approve says yes at the step that waits for the caller, or for whom he stands in, with the text as the caller changed it
// where he did and the ticks the step asks for; the last yes signs. Forbidden when the step waits for somebody else,
// Conflict when the caller has acted already or the review has ended.
func (s *Service) Approve(ctx context.Context, id uuid.UUID, opinion string, text *Text, ticks ...Tick) (uuid.UUID, error) {
	opinion, err := checkOpinion(opinion, "")
	if err != nil {
		return uuid.Nil, err
	}
	return s.change(ctx, id, authz.ReviewAct, func(t *turn) error {
		var said act
		if stage, _ := t.run.Mine(t.me(), t.office); stage != nil {
			if err := checkTicks(stage.Sheet, ticks, stage.State != flow.Late); err != nil {
				return err
			}
			if said.Before, said.After, err = s.edit(ctx, t, stage, text); err != nil {
				return err
			}
		}
		stage, task, err := t.run.Approve(t.me(), t.office)
		if err != nil {
			return err
		}
		done := at("approve", stage, task)
		done.Opinion, done.Ticks, done.Before, done.After = opinion, ticks, said.Before, said.After
		detail := t.detail(stage, task, opinion)
		detail["edited"] = done.After != nil
		t.note(done, "report.step_approved", detail)
		return nil
	})
}

// detail is what the timeline shows of a word said at a step.
func (t *turn) detail(stage *flow.Stage, task *flow.Task, opinion string) map[string]any {
	detail := map[string]any{"step": stage.Title, "no": stage.No, "opinion": opinion}
	if task != nil && task.By != uuid.Nil && task.By != task.Member {
		member, _ := t.office.Find(task.Member)
		detail["on_behalf"] = member.Name
	}
	if stage.State == flow.Late || t.was == flow.Released {
		detail["late"] = true
	}
	return detail
}

// edit keeps the text as the step changed it, and gives it before and after; nil where nothing changed.
func (s *Service) edit(ctx context.Context, t *turn, stage *flow.Stage, text *Text) (before, after *Text, err error) {
	if text == nil || *text == t.matter.Text {
		return nil, nil, nil
	}
	if stage.State == flow.Late {
		return nil, nil, errs.New(errs.Conflict, "信息已经签发，补签时不能再修改文稿")
	}
	var faults errs.Fields
	for _, name := range stage.Locked {
		if text.part(name) != t.matter.part(name) {
			faults.Add(name, "这个环节不能修改%s", flow.Parts[name])
		}
	}
	if err := faults.Err(); err != nil {
		return nil, nil, err
	}
	was := t.matter.Text
	if err := s.subject.ReviewText(ctx, t.tx, t.row.SubjectID, *text); err != nil {
		return nil, nil, err
	}
	if t.matter, err = s.subject.Matter(ctx, t.tx, t.row.SubjectID); err != nil || t.matter.Text == was {
		return nil, nil, err
	}
	t.row.SubjectTitle = t.matter.Title
	now := t.matter.Text
	return &was, &now, nil
}

// Reject says no: in a vote, or to a signature asked for afterwards. An opinion is needed.
func (s *Service) Reject(ctx context.Context, id uuid.UUID, opinion string, ticks ...Tick) (uuid.UUID, error) {
	opinion, err := checkOpinion(opinion, "不同意时请写明意见")
	if err != nil {
		return uuid.Nil, err
	}
	if err := checkTicks(nil, ticks, false); err != nil {
		return uuid.Nil, err
	}
	return s.change(ctx, id, authz.ReviewAct, func(t *turn) error {
		stage, task, err := t.run.Reject(t.me(), t.office)
		if err != nil {
			return err
		}
		done := at("reject", stage, task)
		done.Opinion, done.Ticks, t.opinion = opinion, ticks, opinion
		t.note(done, "report.step_rejected", t.detail(stage, task, opinion))
		if t.run.State == flow.Returned {
			return s.tellStarter(ctx, t, "review.returned", "《"+t.row.SubjectTitle+"》在“"+stage.Title+"”环节表决没有通过："+opinion)
		}
		if t.was == flow.Released {
			return s.tellStarter(ctx, t, "review.objected", "《"+t.row.SubjectTitle+"》补签“"+stage.Title+"”有不同意见："+opinion)
		}
		return nil
	})
}

// Return sends the review back to an earlier step, or with to = 0 to the editor or flow.ToAuthor to the author, both of
// which end it. An opinion is needed; otherwise the refusals of Approve.
func (s *Service) Return(ctx context.Context, id uuid.UUID, opinion string, to int, ticks ...Tick) (uuid.UUID, error) {
	opinion, err := checkOpinion(opinion, "退回时请写明意见")
	if err != nil {
		return uuid.Nil, err
	}
	if err := checkTicks(nil, ticks, false); err != nil {
		return uuid.Nil, err
	}
	return s.change(ctx, id, authz.ReviewAct, func(t *turn) error {
		stage, task, err := t.run.Return(t.me(), to, t.office)
		if err != nil {
			return err
		}
		done := at("return", stage, task)
		done.Opinion, done.Ticks, t.opinion = opinion, ticks, opinion
		detail := t.detail(stage, task, opinion)
		detail["to"], detail["to_title"] = to, map[int]string{0: "编辑", flow.ToAuthor: "作者"}[to]
		if to > 0 {
			detail["to_title"] = t.run.Stages[to-1].Title
		}
		t.note(done, "report.review_returned", detail)
		if to > 0 {
			return nil
		}
		return s.tellStarter(ctx, t, "review.returned", "《"+t.row.SubjectTitle+"》在“"+stage.Title+"”环节退回："+opinion)
	})
}

// Release is the green channel: an urgent report is signed at once, and what is missing is signed afterwards.
func (s *Service) Release(ctx context.Context, id uuid.UUID, opinion string) (uuid.UUID, error) {
	opinion, err := checkOpinion(opinion, "启用绿色通道时请写明理由")
	if err != nil {
		return uuid.Nil, err
	}
	return s.change(ctx, id, authz.ReviewAct, func(t *turn) error {
		stage, err := t.run.Release(t.me(), t.office)
		if err != nil {
			return err
		}
		done := at("release", stage, nil)
		done.Opinion = opinion
		missing := []string{}
		for _, stage := range t.run.Stages {
			if stage.State == flow.Late {
				missing = append(missing, stage.Title)
			}
		}
		t.note(done, "report.released", map[string]any{"opinion": opinion, "missing": missing})
		return nil
	})
}

// TakeBack takes back one's own word while nobody has acted after it.
func (s *Service) TakeBack(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return s.change(ctx, id, authz.ReviewAct, func(t *turn) error {
		stage, err := t.run.TakeBack(t.me())
		if err != nil {
			return err
		}
		t.note(at("take_back", stage, nil), "report.review_taken_back", map[string]any{"step": stage.Title})
		return nil
	})
}

// Withdraw calls the review off and gives the report back to its editor.
func (s *Service) Withdraw(ctx context.Context, id uuid.UUID, reason string) (uuid.UUID, error) {
	reason, err := checkOpinion(reason, "")
	if err != nil {
		return uuid.Nil, err
	}
	return s.change(ctx, id, authz.ReviewStart, func(t *turn) error {
		waited := t.waiting()
		if err := t.run.Withdraw(t.me(), t.office); err != nil {
			return err
		}
		t.note(act{Verb: "withdraw", Opinion: reason}, "report.review_withdrawn", map[string]any{"opinion": reason})
		return s.notices.Tell(ctx, t.tx, waited, notices.Notice{Kind: "review.withdrawn", Text: "《" + t.row.SubjectTitle + "》已撤销送审，不再需要您审签",
			Subject: tenancy.Subject{Kind: "report", ID: t.row.SubjectID}})
	})
}

// waiting is whom the review waits for, and who stands in for them.
func (t *turn) waiting() []uuid.UUID {
	var found []uuid.UUID
	for _, stage := range t.run.Stages {
		for _, task := range stage.Tasks {
			if task.State != flow.Open {
				continue
			}
			found = append(found, task.Member)
			if deputy, away := t.office.Deputies[task.Member]; away {
				found = append(found, deputy)
			}
		}
	}
	return found
}

// Reopen takes up a signed review again, as long as nobody outside has seen what was signed.
func (s *Service) Reopen(ctx context.Context, id uuid.UUID, reason string) (uuid.UUID, error) {
	reason, err := checkOpinion(reason, "重新打开时请写明理由")
	if err != nil {
		return uuid.Nil, err
	}
	return s.change(ctx, id, authz.ReviewAct, func(t *turn) error {
		stage, err := t.run.Reopen(t.me(), t.office)
		if err != nil {
			return err
		}
		done := at("reopen", stage, nil)
		done.Opinion = reason
		t.note(done, "report.review_reopened", map[string]any{"step": stage.Title, "opinion": reason})
		return s.tellStarter(ctx, t, "review.reopened", "《"+t.row.SubjectTitle+"》的审签已重新打开："+reason)
	})
}

const (
	urgeLimit = 3
	urgePause = 2 * time.Hour
)

// Urge reminds whom the review waits for: at most three times a step, two hours apart.
func (s *Service) Urge(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return s.change(ctx, id, authz.ReviewStart, func(t *turn) error {
		waited := t.waiting()
		i := slices.IndexFunc(t.run.Stages, func(s *flow.Stage) bool { return s.State == flow.Current || s.State == flow.Late })
		if len(waited) == 0 || i < 0 {
			return errs.New(errs.Conflict, "现在没有等待审签的人，无需催办")
		}
		stage := t.run.Stages[i]
		n, last, err := urgedSince(ctx, t.tx, id, stage.ID)
		switch {
		case err != nil:
			return err
		case n >= urgeLimit:
			return errs.New(errs.Conflict, "这个环节已催办 %d 次，请直接联系审签人", n)
		case n > 0 && t.tx.Now().Before(last.Add(urgePause)):
			return errs.New(errs.Conflict, "刚刚催办过，请在 %s 之后再催", last.Add(urgePause).In(zone).Format("15:04"))
		}
		done := at("urge", stage, nil)
		done.People = waited
		t.note(done, "report.review_urged", map[string]any{"step": stage.Title})
		return s.notices.Tell(ctx, t.tx, waited, notices.Notice{Kind: "review.urged", Text: "催办：《" + t.row.SubjectTitle + "》等待您审签（" + stage.Title + "）",
			Subject: tenancy.Subject{Kind: "report", ID: t.row.SubjectID}})
	})
}
