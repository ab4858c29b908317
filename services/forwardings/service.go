package forwardings

import (
	"context"
	"errors"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/letters"
	"shangda/services/reports"
	"shangda/tenancy"
)

// Letters is what this package needs of services/letters.
type Letters interface {
	Send(ctx context.Context, tx *tenancy.Tx, d letters.Draft) (uuid.UUID, error)
	Sent(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]letters.State, error)
	Register(kind string, h letters.Handler)
}

// Reports is what this package needs of services/reports.
type Reports interface {
	MayRead(ctx context.Context, q tenancy.Querier, id uuid.UUID) error
	ForSending(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (reports.Outgoing, error)
	Forwarded(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, to tenancy.Tenant, letter uuid.UUID) error
	Recalled(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, to tenancy.Tenant) error
	Delivered(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, to tenancy.Tenant, letter uuid.UUID) error
	Receive(ctx context.Context, tx *tenancy.Tx, in reports.Incoming) (uuid.UUID, error)
	RecallReceived(ctx context.Context, tx *tenancy.Tx, sender int32, senderReport uuid.UUID) (bool, error)
	Apply(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, o reports.Outcome, direct bool) error
	Origins(ctx context.Context, q tenancy.Querier, id uuid.UUID) ([]reports.Origin, error)
}

// Files is what this package needs of services/attachments.
type Files interface {
	Files(ctx context.Context, q tenancy.Querier, subject tenancy.Subject) ([]letters.File, error)
}

// Service sends, recalls and receives.
type Service struct {
	db      *tenancy.DB
	dir     *tenancy.Directory
	letters Letters
	reports Reports
	files   Files
}

// New registers the three kinds of letter.
func New(db *tenancy.DB, dir *tenancy.Directory, l Letters, r Reports, f Files) *Service {
	s := &Service{db: db, dir: dir, letters: l, reports: r, files: f}
	l.Register(LetterReport, letters.Handler{Receive: s.receiveReport, Delivered: s.delivered, Failed: s.failed})
	l.Register(LetterRecall, letters.Handler{Receive: s.receiveRecall})
	l.Register(LetterReceipt, letters.Handler{Receive: s.receiveReceipt})
	return s
}

func subjectOf(report uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "report", ID: report} }

// Send forwards a signed report along each of the lines at once: all of them or none. It refuses a unit that is no
// upper unit of this one now, and one that already has the report.
func (s *Service) Send(ctx context.Context, report uuid.UUID, to []string, o Options) (uuid.UUID, error) {
	if err := checkSend(to, o); err != nil {
		return uuid.Nil, err
	}
	return report, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		out, err := s.reports.ForSending(ctx, tx, report)
		if err != nil {
			return err
		}
		files, err := s.files.Files(ctx, tx, subjectOf(report))
		if err != nil {
			return err
		}
		payload, err := sealReport(out, o)
		if err != nil {
			return err
		}
		for _, code := range to {
			if err := s.sendTo(ctx, tx, report, code, o, payload, files); err != nil {
				return err
			}
		}
		return nil
	})
}

func checkSend(to []string, o Options) error {
	var faults errs.Fields
	if len(to) == 0 {
		faults.Add("to", "请选择报送单位")
	}
	seen := map[string]bool{}
	for _, code := range to {
		if seen[code] {
			faults.Add("to", "报送单位有重复")
		}
		seen[code] = true
	}
	if utf8.RuneCountInString(o.Cover) > maxCover {
		faults.Add("cover", "附言最多 %d 个字", maxCover)
	}
	return faults.Err()
}

func (s *Service) sendTo(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, code string, o Options, payload []byte, files []letters.File) error {
	upper, err := s.dir.ByCode(ctx, code)
	if err != nil {
		return errs.InvalidField("to", "没有这个报送单位")
	}
	open, err := lineOpen(ctx, tx, upper.ID)
	if err != nil {
		return err
	}
	if !open {
		return errs.InvalidField("to", "没有到该单位的报送关系")
	}
	letter, err := s.letters.Send(ctx, tx, letters.Draft{Kind: LetterReport, To: upper.ID, Subject: subjectOf(report), Payload: payload, Files: files})
	if err != nil {
		return err
	}
	inserted, err := insert(ctx, tx, Forwarding{
		ID: tenancy.NewID(), ReportID: report, Recipient: upper.ID, LetterID: letter,
		Cover: o.Cover, EncloseOriginal: o.EncloseOriginal, HideAuthor: o.HideAuthor,
	})
	if err != nil {
		return err
	}
	if !inserted {
		return errs.New(errs.Conflict, "已经报送%s，不能重复报送", upper.Name)
	}
	return s.reports.Forwarded(ctx, tx, report, upper, letter)
}

// Recall takes a forwarding back. Where nobody above has taken it up yet, the copy there is marked as recalled.
func (s *Service) Recall(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	var report uuid.UUID
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		f, err := load(ctx, tx, id)
		if err != nil {
			return err
		}
		report = f.ReportID
		if err := s.reports.MayRead(ctx, tx, f.ReportID); err != nil {
			return err
		}
		if err := authz.Check(tx.Principal(), authz.ReportForward, authz.Object{Read: authz.ReportRead}); err != nil {
			return err
		}
		if f.State != Queued && f.State != Delivered {
			return errs.New(errs.Conflict, "这次报送已经结束，不能撤回")
		}
		if taken, err := takenUp(ctx, tx, f); err != nil {
			return err
		} else if taken {
			return errs.New(errs.Conflict, "对方已经受理，不能撤回")
		}
		return s.recall(ctx, tx, f)
	})
	return report, err
}

func (s *Service) recall(ctx context.Context, tx *tenancy.Tx, f Forwarding) error {
	upper, err := s.dir.ByID(ctx, f.Recipient)
	if err != nil {
		return err
	}
	payload, err := marshal(recallLetter{Report: f.ReportID, Letter: f.LetterID})
	if err != nil {
		return err
	}
	if _, err := s.letters.Send(ctx, tx, letters.Draft{Kind: LetterRecall, To: f.Recipient, Subject: subjectOf(f.ReportID), Payload: payload}); err != nil {
		return err
	}
	if err := setState(ctx, tx, f.ID, Recalled); err != nil {
		return err
	}
	return s.reports.Recalled(ctx, tx, f.ReportID, upper)
}

// Targets are the upper units this tenant may send to now.
func (s *Service) Targets(ctx context.Context, report uuid.UUID) ([]Target, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.reports.MayRead(ctx, q, report); err != nil {
		return nil, err
	}
	return targets(ctx, q, report)
}

// Upward is where the reports are now, for an answer that follows them: each upper unit with the report that it was sent. Who
// asks has seen that the caller may answer.
func (s *Service) Upward(ctx context.Context, q tenancy.Querier, reports []uuid.UUID) ([]Way, error) {
	return upward(ctx, q, reports)
}

// Of lists the forwardings of a report with the state of their letters, oldest first.
func (s *Service) Of(ctx context.Context, report uuid.UUID) ([]Forwarding, map[uuid.UUID]letters.State, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := s.reports.MayRead(ctx, q, report); err != nil {
		return nil, nil, err
	}
	list, err := ofReport(ctx, q, report)
	if err != nil {
		return nil, nil, err
	}
	ids := make([]uuid.UUID, 0, len(list))
	for _, f := range list {
		ids = append(ids, f.LetterID)
	}
	states, err := s.letters.Sent(ctx, q, ids)
	return list, states, err
}

// Tell sends a receipt to every unit this report came from (reports.News). The reason goes only to the direct sender.
func (s *Service) Tell(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, o reports.Outcome) error {
	origins, err := s.reports.Origins(ctx, tx, report)
	if err != nil || len(origins) == 0 {
		return err
	}
	payload, err := sealReceipt(o, o.Decider.ID != tx.Tenant())
	if err != nil {
		return err
	}
	for _, origin := range origins {
		d := letters.Draft{Kind: LetterReceipt, To: origin.Sender, Answers: origin.Letter, Subject: subjectOf(report), Payload: payload}
		if _, err := s.letters.Send(ctx, tx, d); err != nil {
			return err
		}
	}
	return nil
}

func notFound(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return errs.Missing()
	}
	return err
}
