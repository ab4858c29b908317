package forwardings

import (
	"context"
	"errors"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/letters"
	"shangda/services/reports"
	"shangda/tenancy"
)

// Service sends, recalls and receives. Requirements and Sheets are wired by the program.
type Service struct {
	Requirements Requirements
	Sheets       Sheets

	db      *tenancy.DB
	dir     *tenancy.Directory
	letters Letters
	reports Reports
	files   Files
	notices Notifier
}

// New registers the three kinds of letter.
func New(db *tenancy.DB, dir *tenancy.Directory, l Letters, r Reports, f Files, n Notifier) *Service {
	s := &Service{db: db, dir: dir, letters: l, reports: r, files: f, notices: n}
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
		signed, err := s.Sheets.SignOff(ctx, tx, report)
		if err != nil {
			return err
		}
		for _, code := range to {
			if err := s.sendTo(ctx, tx, out, code, o, signed, files); err != nil {
				return err
			}
		}
		return nil
	})
}

func checkSend(to []string, o Options) error {
	var faults errs.Fields
	if !slices.Contains([]string{"", "normal", "urgent", "critical"}, o.Urgency) {
		faults.Add("urgency", "紧急程度只能是普通、紧急或特急")
	}
	if _, err := time.Parse(time.DateOnly, o.ReplyBy); o.ReplyBy != "" && err != nil {
		faults.Add("reply_by", "日期应写作 2026-12-03")
	}
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

// upper is the upper unit of the code, where a line to it is open.
func (s *Service) upper(ctx context.Context, tx *tenancy.Tx, code string) (tenancy.Tenant, error) {
	upper, err := s.dir.ByCode(ctx, code)
	if err != nil {
		return upper, errs.InvalidField("to", "没有这个报送单位")
	}
	open, err := lineOpen(ctx, tx, upper.ID)
	if err == nil && !open {
		err = errs.InvalidField("to", "没有到该单位的报送关系")
	}
	return upper, err
}

// sheetFor is the sign-off where the upper unit asks for it; refused where there is none.
func (s *Service) sheetFor(ctx context.Context, tx *tenancy.Tx, upper tenancy.Tenant, signed []SignedStep) ([]SignedStep, error) {
	asked, err := s.Requirements.Of(ctx, tx, upper.ID)
	switch {
	case err != nil || !asked.Sheet:
		return nil, err
	case len(signed) == 0:
		return nil, errs.New(errs.Conflict, "%s要求附初核表，这篇信息没有审签记录，请先按审签流程审签", upper.Name)
	}
	return signed, nil
}

func (s *Service) sendTo(ctx context.Context, tx *tenancy.Tx, out reports.Outgoing, code string, o Options, signed []SignedStep, files []letters.File) error {
	report := out.ID
	if o.ReplyBy != "" && o.ReplyBy < day(tx.Now()) {
		return errs.InvalidField("reply_by", "希望答复日期不能早于今天")
	}
	upper, err := s.upper(ctx, tx, code)
	if err != nil {
		return err
	}
	sheet, err := s.sheetFor(ctx, tx, upper, signed)
	if err != nil {
		return err
	}
	payload, err := sealReport(out, o, sheet)
	if err != nil {
		return err
	}
	letter, err := s.letters.Send(ctx, tx, letters.Draft{Kind: LetterReport, To: upper.ID, Subject: subjectOf(report), Payload: payload, Files: files})
	if err != nil {
		return err
	}
	inserted, err := insert(ctx, tx, Forwarding{
		ID: tenancy.NewID(), ReportID: report, Recipient: upper.ID, LetterID: letter,
		Cover: o.Cover, EncloseOriginal: o.EncloseOriginal, HideAuthor: o.HideAuthor,
		Urgency: o.Urgency, ReplyBy: o.ReplyBy, Sheet: sheet != nil,
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
	if err := s.stop(ctx, tx, report, o); err != nil {
		return err
	}
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
