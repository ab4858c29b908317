package forwardings

import (
	"context"
	"encoding/json"
	"time"

	"shangda/internal/errs"
	"shangda/services/letters"
	"shangda/services/reports"
	"shangda/tenancy"
)

// receiveReport makes the recipient's own copy, or joins the one that the sender's report became before.
func (s *Service) receiveReport(ctx context.Context, tx *tenancy.Tx, l letters.Letter) (tenancy.Subject, error) {
	in, err := openReport(ctx, s.dir, l)
	if err != nil {
		return tenancy.Subject{}, err
	}
	id, err := s.reports.Receive(ctx, tx, in)
	if err != nil {
		return tenancy.Subject{}, err
	}
	p, err := open[reportLetter](l)
	if err != nil {
		return tenancy.Subject{}, err
	}
	if _, err := time.Parse(time.DateOnly, p.ReplyBy); p.ReplyBy != "" && err != nil {
		return tenancy.Subject{}, &errs.Error{Kind: errs.Invalid, Message: "信函内容无法识别", Err: err}
	}
	return subjectOf(id), s.start(ctx, tx, id, p.ReplyBy)
}

// delivered marks the sender's forwarding: now it is with the upper unit.
func (s *Service) delivered(ctx context.Context, tx *tenancy.Tx, l letters.Letter) error {
	f, err := byLetter(ctx, tx, l.ID)
	if err != nil || f.State != Queued {
		return err
	}
	if err := setState(ctx, tx, f.ID, Delivered); err != nil {
		return err
	}
	return s.reports.Delivered(ctx, tx, f.ReportID, l.Recipient, l.ID)
}

// failed marks a forwarding that the upper unit's side refused for good.
func (s *Service) failed(ctx context.Context, tx *tenancy.Tx, l letters.Letter, reason string) error {
	f, err := byLetter(ctx, tx, l.ID)
	if err != nil || f.State != Queued {
		return err
	}
	tx.Record(tenancy.Event{Kind: "report.forwarding_failed", Subject: subjectOf(f.ReportID), Detail: map[string]string{
		"tenant": l.Recipient.Code, "name": l.Recipient.Name, "level": l.Recipient.Level, "reason": reason,
	}})
	return setState(ctx, tx, f.ID, Failed)
}

// receiveRecall marks the copy as recalled where nobody has taken it up; otherwise the sender has already heard so.
func (s *Service) receiveRecall(ctx context.Context, tx *tenancy.Tx, l letters.Letter) (tenancy.Subject, error) {
	p, err := open[recallLetter](l)
	if err != nil {
		return tenancy.Subject{}, err
	}
	_, err = s.reports.RecallReceived(ctx, tx, l.Sender.ID, p.Report)
	return tenancy.Subject{}, err
}

// receiveReceipt applies what a unit above decided to the report that was forwarded with the answered letter.
func (s *Service) receiveReceipt(ctx context.Context, tx *tenancy.Tx, l letters.Letter) (tenancy.Subject, error) {
	o, err := openReceipt(ctx, s.dir, l)
	if err != nil {
		return tenancy.Subject{}, err
	}
	f, err := byLetter(ctx, tx, l.Answers)
	if err != nil {
		return tenancy.Subject{}, err
	}
	direct := o.Decider.ID == f.Recipient
	if direct && o.Kind == reports.KindReturned && f.State == Delivered {
		if err := setState(ctx, tx, f.ID, Returned); err != nil {
			return tenancy.Subject{}, err
		}
	}
	return subjectOf(f.ReportID), s.reports.Apply(ctx, tx, f.ReportID, o, direct)
}

func marshal(v any) ([]byte, error) { return json.Marshal(v) }
