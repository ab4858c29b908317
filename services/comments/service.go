package comments

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Notifier tells members; *notices.Service fulfils it.
type Notifier interface {
	Tell(ctx context.Context, tx *tenancy.Tx, to []uuid.UUID, n notices.Notice) error
	TellRoles(ctx context.Context, tx *tenancy.Tx, roles []string, n notices.Notice) error
}

// Service keeps the comments. Subjects are wired by cmd, by kind.
type Service struct {
	db       *tenancy.DB
	notices  Notifier
	Subjects map[string]Subject
}

// New makes the service.
func New(db *tenancy.DB, n Notifier) *Service {
	return &Service{db: db, notices: n, Subjects: map[string]Subject{}}
}

// Of are the comments on a subject, oldest first, each with the place its words have now.
func (s *Service) Of(ctx context.Context, subject tenancy.Subject) ([]Comment, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	t, err := s.open(ctx, q, subject)
	if err != nil {
		return nil, err
	}
	list, err := ofSubject(ctx, q, subject)
	for i := range list {
		list[i].OfAuthor = slices.Contains(t.Authors, list[i].WrittenBy)
		if list[i].Quote != "" {
			list[i].Place = place(t.Sections[list[i].Section], list[i].Quote, list[i].Place)
		}
	}
	return list, err
}

// open is the subject's text, not found for who may not see it.
func (s *Service) open(ctx context.Context, q tenancy.Querier, subject tenancy.Subject) (Text, error) {
	of, ok := s.Subjects[subject.Kind]
	if !ok {
		return Text{}, errs.Missing()
	}
	return of.Commented(ctx, q, subject.ID)
}

// Write adds a comment or an answer, and tells those it is meant for: the authors what the office says, the office what an
// author says, and everybody who spoke before him in the thread.
func (s *Service) Write(ctx context.Context, subject tenancy.Subject, n NewComment) (uuid.UUID, error) {
	id := tenancy.NewID()
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		t, err := s.open(ctx, tx, subject)
		if err != nil {
			return err
		}
		if err := authz.Holds(tx.Principal(), authz.CommentWrite); err != nil {
			return err
		}
		n, err := n.check(t)
		if err != nil {
			return err
		}
		if n.Thread != nil {
			if err := s.answers(ctx, tx, subject, *n.Thread); err != nil {
				return err
			}
		}
		if err := insert(ctx, tx, id, subject, n); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "comment.written", Subject: subject, Detail: map[string]any{"comment": id, "answer": n.Thread != nil}})
		return s.tell(ctx, tx, subject, t, n)
	})
}

// answers checks that a thread is one of this subject's. An answer opens again what was settled.
func (s *Service) answers(ctx context.Context, tx *tenancy.Tx, subject tenancy.Subject, thread uuid.UUID) error {
	first, err := lock(ctx, tx, thread)
	if err != nil {
		return err
	}
	if first.SubjectKind != subject.Kind || first.SubjectID != subject.ID || first.ThreadID != nil {
		return errs.Missing()
	}
	if first.ResolvedAt == nil {
		return nil
	}
	return settle(ctx, tx, thread, false)
}

func (s *Service) tell(ctx context.Context, tx *tenancy.Tx, subject tenancy.Subject, t Text, n NewComment) error {
	me := tx.Principal().Membership
	spoke, err := speakers(ctx, tx, subject, n.Thread)
	if err != nil {
		return err
	}
	what := "批注了"
	if n.Thread != nil {
		what = "答复了批注，见"
	}
	notice := notices.Notice{Kind: "comment.written", Text: tx.Principal().Name + what + "《" + t.Title + "》：" + excerpt(n.Text), Subject: subject}
	to, byAuthor := spoke, slices.Contains(t.Authors, me)
	if !byAuthor {
		to = append(to, t.Authors...)
	}
	to = slices.DeleteFunc(to, func(id uuid.UUID) bool { return id == me })
	if byAuthor && len(to) == 0 {
		return s.notices.TellRoles(ctx, tx, []string{"editor"}, notice)
	}
	return s.notices.Tell(ctx, tx, to, notice)
}

func excerpt(text string) string {
	if words := []rune(text); len(words) > 40 {
		return string(words[:40]) + "……"
	}
	return text
}

// Resolve marks a thread as settled, or opens it again.
func (s *Service) Resolve(ctx context.Context, thread uuid.UUID, settled bool) (tenancy.Subject, error) {
	var subject tenancy.Subject
	return subject, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		first, err := lock(ctx, tx, thread)
		if err != nil {
			return err
		}
		subject = tenancy.Subject{Kind: first.SubjectKind, ID: first.SubjectID}
		if _, err := s.open(ctx, tx, subject); err != nil {
			return err
		}
		if err := authz.Holds(tx.Principal(), authz.CommentWrite); err != nil {
			return err
		}
		if first.ThreadID != nil {
			return errs.New(errs.Conflict, "只能把整条批注标为已解决")
		}
		kind := "comment.reopened"
		if settled {
			kind = "comment.resolved"
		}
		tx.Record(tenancy.Event{Kind: kind, Subject: subject, Detail: map[string]any{"comment": thread}})
		return settle(ctx, tx, thread, settled)
	})
}
