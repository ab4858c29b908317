package reviews

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/notices"
	"shangda/services/reviews/flow"
	"shangda/tenancy"
)

// Adding is who signs besides, before or after the step that waits for the caller.
type Adding struct {
	People []uuid.UUID
	Before bool
	Mode   string
	Reason string
}

// AddSigners adds signers (加签).
func (s *Service) AddSigners(ctx context.Context, id uuid.UUID, a Adding) (uuid.UUID, error) {
	reason, err := checkOpinion(a.Reason, "")
	if err != nil {
		return uuid.Nil, err
	}
	return s.change(ctx, id, authz.ReviewAct, func(t *turn) error {
		stage, err := t.run.AddSigners(t.me(), a.People, a.Before, a.Mode, t.office)
		if err != nil {
			return err
		}
		done := at("add_signer", stage, nil)
		done.People, done.Opinion = a.People, reason
		place := "之后"
		if a.Before {
			place = "之前"
		}
		t.note(done, "report.signer_added", map[string]any{"people": t.names(a.People), "place": place, "opinion": reason})
		return nil
	})
}

func (t *turn) names(ids []uuid.UUID) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		p, _ := t.office.Find(id)
		words[i] = p.Name
	}
	return strings.Join(words, "、")
}

// RemoveSigner takes away an added step or one of several signers (减签): who added it, or who started the review.
func (s *Service) RemoveSigner(ctx context.Context, id, target uuid.UUID) (uuid.UUID, error) {
	return s.change(ctx, id, authz.ReviewAct, func(t *turn) error {
		stage, err := t.run.Remove(t.me(), target, t.office)
		if err != nil {
			return err
		}
		done := at("remove_signer", stage, nil)
		for _, task := range stage.Tasks {
			if task.ID == target || stage.ID == target && task.State == flow.Removed {
				done.People = append(done.People, task.Member)
			}
		}
		t.note(done, "report.signer_removed", map[string]any{"step": stage.Title, "people": t.names(done.People)})
		return s.notices.Tell(ctx, t.tx, done.People, notices.Notice{Kind: "review.removed", Text: "《" + t.row.SubjectTitle + "》不再需要您审签（" + stage.Title + "）",
			Subject: tenancy.Subject{Kind: "report", ID: t.row.SubjectID}})
	})
}

// PassOn gives what waits for the caller to somebody else (转办).
func (s *Service) PassOn(ctx context.Context, id, to uuid.UUID, reason string) (uuid.UUID, error) {
	reason, err := checkOpinion(reason, "")
	if err != nil {
		return uuid.Nil, err
	}
	return s.change(ctx, id, authz.ReviewAct, func(t *turn) error {
		stage, given, err := t.run.PassOn(t.me(), to, t.office)
		if err != nil {
			return err
		}
		t.passed("pass_on", stage, given, reason)
		return nil
	})
}

func (t *turn) passed(verb string, stage *flow.Stage, given *flow.Task, reason string) {
	done := at(verb, stage, nil)
	done.Task, done.People, done.Opinion = given.ID, []uuid.UUID{given.Member}, reason
	t.note(done, "report.passed_on", map[string]any{"step": stage.Title, "people": t.names(done.People), "opinion": reason})
}

// Reassign gives what is stuck, because whoever it waits for can no longer act, to somebody who can (改派).
func (s *Service) Reassign(ctx context.Context, id, target, to uuid.UUID) (uuid.UUID, error) {
	return s.change(ctx, id, authz.ReviewStart, func(t *turn) error { return t.reassign(target, to) })
}

func (t *turn) reassign(target, to uuid.UUID) error {
	stage, given, err := t.run.Reassign(t.me(), target, to, t.office)
	if err != nil {
		return err
	}
	t.passed("reassign", stage, given, "")
	return nil
}

// Unstick is Reassign for who keeps the flows: he reads no report, so only what is stuck is shown to him.
func (s *Service) Unstick(ctx context.Context, id, target, to uuid.UUID) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.ChainWrite); err != nil {
			return err
		}
		r, err := s.find(ctx, tx, id)
		if err != nil {
			return err
		}
		t, err := s.load(ctx, tx, r)
		if err != nil {
			return err
		}
		if stages, tasks := t.run.Stuck(t.office); len(stages)+len(tasks) == 0 {
			return errs.Missing()
		}
		if err := t.reassign(target, to); err != nil {
			return err
		}
		return s.finish(ctx, t)
	})
}

// CopyTo sends the report to people to read (抄送): who started the review, and whoever takes part in it, may.
func (s *Service) CopyTo(ctx context.Context, id uuid.UUID, people []uuid.UUID) (uuid.UUID, error) {
	if len(people) == 0 || len(people) > 20 {
		return uuid.Nil, errs.InvalidField("people", "请选择 1 至 20 位抄送人")
	}
	return s.change(ctx, id, authz.ReportRead, func(t *turn) error {
		if !t.run.TakesPart(t.me(), t.office) {
			return errs.New(errs.Forbidden, "只有送审人和参与审签的人可以抄送")
		}
		for _, p := range people {
			if _, ok := t.office.Find(p); !ok {
				return errs.InvalidField("people", "抄送人应为本单位可以阅读信息的成员")
			}
		}
		fresh, err := giveCopies(ctx, t.tx, id, people)
		if err != nil {
			return err
		}
		t.note(act{Verb: "copy", People: people}, "report.review_copied", map[string]any{"people": t.names(people)})
		return s.notices.Tell(ctx, t.tx, fresh, notices.Notice{Kind: "review.copied", Text: t.tx.Principal().Name + "抄送您阅《" + t.row.SubjectTitle + "》",
			Subject: tenancy.Subject{Kind: "report", ID: t.row.SubjectID}})
	})
}

// Read notes that the caller has read his copy (阅), with a remark where he has one.
func (s *Service) Read(ctx context.Context, id uuid.UUID, remark string) (uuid.UUID, error) {
	remark, err := checkOpinion(remark, "")
	if err != nil {
		return uuid.Nil, err
	}
	return s.change(ctx, id, authz.ReportRead, func(t *turn) error {
		unread, err := readCopy(ctx, t.tx, id, remark)
		if err != nil {
			return err
		}
		if !unread {
			return errs.New(errs.Conflict, "没有抄送给您，或者您已经阅过")
		}
		t.note(act{Verb: "read", Opinion: remark}, "report.review_read", map[string]any{"opinion": remark})
		return nil
	})
}
