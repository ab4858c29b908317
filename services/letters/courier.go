package letters

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Refused says that a letter was refused for good: it is failed at its sender and will not be carried again.
type Refused struct{ Reason string }

func (r *Refused) Error() string { return "letter refused: " + r.Reason }

// errWait says that an earlier letter about the same subject to the same recipient has not arrived yet, so this one waits:
// a recall never overtakes what it recalls.
var errWait = errors.New("an earlier letter is on its way")

// Deliver carries one letter of a tenant, in three transactions. It may be repeated and run beside itself: a letter
// delivered before is done. A *Refused is final; any other error is a passing fault, noted at the letter.
func (s *Service) Deliver(ctx context.Context, tenant int32, letter uuid.UUID) error {
	sender, err := s.dir.ByID(ctx, tenant)
	if err != nil {
		return err
	}
	l := Letter{ID: letter, Sender: sender}
	open, err := s.read(ctx, &l)
	if !open || err != nil && !refusal(err) {
		return err
	}
	if err == nil {
		err = s.receive(ctx, l)
	}
	switch {
	case err == nil:
		return s.markDelivered(ctx, l)
	case refusal(err):
		return s.markFailed(ctx, l, err)
	}
	return errors.Join(err, s.markRetried(ctx, l, err))
}

// read is the first transaction, as the sender: the letter, verified, and whether it is still to be carried.
func (s *Service) read(ctx context.Context, l *Letter) (open bool, err error) {
	ctx = s.courier(ctx, l.Sender, *l)
	err = s.inTx(ctx, func(tx *tenancy.Tx) error {
		row, err := selectOut(ctx, tx, l.ID)
		if err != nil {
			return fmt.Errorf("read letter %s: %w", l.ID, err)
		}
		if open = row.State == Queued; !open {
			return nil
		}
		sender := l.Sender
		if *l, err = row.letter(); err != nil {
			return err
		}
		l.Sender, l.Recipient.ID = sender, row.Other
		waits, err := earlier(ctx, tx, *l)
		if err == nil && waits {
			err = errWait
		}
		return err
	})
	if err != nil || !open {
		return open, err
	}
	if l.Recipient, err = s.dir.ByID(ctx, l.Recipient.ID); err != nil {
		return open, err
	}
	return open, l.verify()
}

// receive is the second transaction, as the recipient: the letter's effect, or nothing where it had it before.
func (s *Service) receive(ctx context.Context, l Letter) error {
	handler, ok := s.handlers[l.Kind]
	if !ok {
		return unknownKind(l.Kind)
	}
	ctx = s.courier(ctx, l.Recipient, l)
	if err := s.copyFiles(ctx, l); err != nil {
		return err
	}
	return s.inTx(ctx, func(tx *tenancy.Tx) error {
		isNew, err := insertIn(ctx, tx, l)
		if err != nil {
			return err
		}
		if !isNew {
			return errDone
		}
		if err := s.admit(ctx, tx, l); err != nil {
			return err
		}
		subject, err := handler.Receive(ctx, tx, l)
		if err != nil {
			return err
		}
		if err := setSubject(ctx, tx, l, subject); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "letter.received", Subject: subject, Detail: detail(l, l.Sender)})
		return nil
	})
}

// copyFiles brings the files to the recipient, once it is clear that the recipient would take the letter.
func (s *Service) copyFiles(ctx context.Context, l Letter) error {
	if len(l.Files) == 0 {
		return nil
	}
	q, err := s.db.Read(ctx)
	if err != nil {
		return err
	}
	if there, err := isIn(ctx, q, l); err != nil || there {
		return err
	}
	if err := s.admit(ctx, q, l); err != nil {
		return err
	}
	for _, f := range l.Files {
		if err := s.files.Copy(ctx, l.Sender, l.Recipient, f); err != nil {
			return fmt.Errorf("copy file %s: %w", f.ID, err)
		}
	}
	return nil
}

// admit refuses a letter to a closed tenant, one that came along no line and answers nothing, and one that its sender did not sign.
func (s *Service) admit(ctx context.Context, q tenancy.Querier, l Letter) error {
	if l.Recipient.State != "active" {
		return errs.New(errs.Conflict, "%s已停用，不能接收", l.Recipient.Name)
	}
	open, err := isOpen(ctx, q, l, s.handlers[l.Kind].Down)
	if err == nil && !open {
		err = errs.New(errs.Forbidden, "没有从%s到%s的报送关系", l.Sender.Name, l.Recipient.Name)
	}
	if err != nil {
		return err
	}
	return s.verify(ctx, q, l)
}

// markDelivered is the third transaction, as the sender.
func (s *Service) markDelivered(ctx context.Context, l Letter) error {
	now := s.db.Clock.Now()
	changed, err := s.close(ctx, l, "letter.delivered", State{State: Delivered, DeliveredAt: &now}, s.handlers[l.Kind].Delivered)
	if changed {
		s.end(l)
		deliveredTotal.WithLabelValues(l.Kind).Inc()
		deliverySeconds.Observe(now.Sub(l.SentAt).Seconds())
	}
	return err
}

// markFailed ends a letter that was refused for good.
func (s *Service) markFailed(ctx context.Context, l Letter, fault error) error {
	reason := message(fault)
	changed, err := s.close(ctx, l, "letter.failed", State{State: Failed, LastError: reason}, func(ctx context.Context, tx *tenancy.Tx, l Letter) error {
		if h := s.handlers[l.Kind].Failed; h != nil {
			return h(ctx, tx, l, reason)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if changed {
		s.end(l)
		failedTotal.WithLabelValues(l.Kind).Inc()
		slog.WarnContext(ctx, "letter refused", "letter", l.ID, "kind", l.Kind, "error", fault.Error())
	}
	return &Refused{Reason: reason}
}

func (s *Service) end(l Letter) {
	if s.Ended != nil {
		s.Ended(l.ID)
	}
}

// close ends a letter and runs then in the same transaction; it is false where the letter had ended before.
func (s *Service) close(ctx context.Context, l Letter, event string, state State, then func(context.Context, *tenancy.Tx, Letter) error) (changed bool, err error) {
	ctx = s.courier(ctx, l.Sender, l)
	err = s.inTx(ctx, func(tx *tenancy.Tx) error {
		if changed, err = closeOut(ctx, tx, l.ID, state); err != nil {
			return err
		}
		if !changed {
			return errDone
		}
		tx.Record(tenancy.Event{Kind: event, Subject: l.Subject, Detail: detail(l, l.Recipient)})
		if then == nil {
			return nil
		}
		return then(ctx, tx, l)
	})
	return changed && err == nil, err
}

// markRetried notes a passing fault, so that the sender sees that the letter is being tried again.
func (s *Service) markRetried(ctx context.Context, l Letter, fault error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	ctx = s.courier(ctx, l.Sender, l)
	return s.inTx(ctx, func(tx *tenancy.Tx) error {
		noted, err := noteAttempt(ctx, tx, l.ID, message(fault))
		if err == nil && !noted {
			err = errDone
		}
		tx.Record(tenancy.Event{Kind: "letter.retried", Subject: l.Subject, Detail: detail(l, l.Recipient)})
		return err
	})
}

// errDone ends a transaction that found its work done before.
var errDone = errors.New("done before")

func (s *Service) courier(ctx context.Context, tenant tenancy.Tenant, l Letter) context.Context {
	return tenancy.System(ctx, tenant, "courier", fmt.Sprintf("letter %s from %s", l.ID, l.Sender.Code), authz.Actors())
}

func (s *Service) inTx(ctx context.Context, fn func(tx *tenancy.Tx) error) error {
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Check(tx.Principal(), authz.LetterCarry, authz.Object{Read: authz.LetterCarry}); err != nil {
			return err
		}
		return fn(tx)
	})
	if errors.Is(err, errDone) {
		return nil
	}
	return err
}

// refusal tells an error that will be the same next time from a passing fault.
func refusal(err error) bool {
	switch errs.KindOf(err) {
	case errs.Invalid, errs.Conflict, errs.Forbidden, errs.NotFound:
		return true
	}
	return false
}

// message is what the sender may see of a fault.
func message(err error) string {
	if e := (*errs.Error)(nil); errors.As(err, &e) && e.Kind != errs.Internal {
		return e.Message
	}
	return "投递时出错，将自动重试"
}

func detail(l Letter, other tenancy.Tenant) map[string]string {
	return map[string]string{"letter": l.ID.String(), "letter_kind": l.Kind, "tenant": other.Code, "name": other.Name, "level": other.Level}
}
