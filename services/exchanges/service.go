package exchanges

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/workdays"
	"shangda/services/letters"
	"shangda/tenancy"
)

// Service sends, receives and keeps what is said.
type Service struct {
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
	l.Register(Remark, letters.Handler{Down: true, Receive: s.receiveFromAbove})
	l.Register(Request, letters.Handler{Down: true, Receive: s.receiveFromAbove})
	l.Register(Supplement, letters.Handler{Receive: s.receiveSupplement})
	return s
}

// payload is what a letter of any of the kinds says.
type payload struct {
	Text   string `json:"text"`
	DueOn  string `json:"due_on,omitempty"`
	Writer string `json:"writer"`
}

// may asks whether the caller works on the reports of the whole unit and sees this one.
func (s *Service) may(ctx context.Context, q tenancy.Querier, report uuid.UUID, permission authz.Permission) error {
	if err := s.reports.MayRead(ctx, q, report); err != nil {
		return err
	}
	return authz.Check(q.Principal(), permission, authz.Object{Read: authz.ReportRead})
}

// Comment says something about a received report to the units it came from, without deciding anything.
func (s *Service) Comment(ctx context.Context, report uuid.UUID, text string) (uuid.UUID, error) {
	if err := written("批注", &text, maxRemark); err != nil {
		return uuid.Nil, err
	}
	return report, s.down(ctx, report, Remark, payload{Text: text})
}

// Ask asks the units a report came from for more, by a day.
func (s *Service) Ask(ctx context.Context, report uuid.UUID, question, dueOn string) (uuid.UUID, error) {
	if err := written("要补充什么", &question, maxRemark); err != nil {
		return uuid.Nil, err
	}
	return report, s.down(ctx, report, Request, payload{Text: question, DueOn: dueOn})
}

// down sends to every unit that the report came from.
func (s *Service) down(ctx context.Context, report uuid.UUID, kind string, p payload) error {
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := s.may(ctx, tx, report, authz.ReportScreen); err != nil {
			return err
		}
		if kind == Request {
			if err := checkDay(p.DueOn, today(tx)); err != nil {
				return err
			}
		}
		ways, err := s.reports.Ways(ctx, tx, report)
		if err != nil {
			return err
		}
		if len(ways) == 0 {
			return errs.New(errs.Conflict, "这篇信息不是其他单位报送的")
		}
		p.Writer = tx.Principal().Name
		for _, way := range ways {
			e := Exchange{ID: tenancy.NewID(), ReportID: report, Kind: kind, Sent: true, Other: way.Sender, Body: p.Text, DueOn: p.DueOn, Writer: p.Writer, WrittenAt: tx.Now()}
			if err := s.send(ctx, tx, e, way.Letter, p, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// Answer answers a request from above with a text and files.
func (s *Service) Answer(ctx context.Context, request uuid.UUID, text string, files []uuid.UUID) (report uuid.UUID, err error) {
	if err := written("补充说明", &text, maxSupplement); err != nil {
		return uuid.Nil, err
	}
	if len(files) > maxFiles {
		return uuid.Nil, errs.InvalidField("attachments", "附件最多 20 个")
	}
	return report, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		asked, err := lock(ctx, tx, request)
		if err != nil {
			return err
		}
		report = asked.ReportID
		if err := s.may(ctx, tx, report, authz.ReportForward); err != nil {
			return err
		}
		if asked.Kind != Request || asked.Sent {
			return errs.New(errs.Conflict, "只能答复上级要求补充材料的来函")
		}
		e := Exchange{ID: tenancy.NewID(), ReportID: report, Kind: Supplement, Sent: true, Other: asked.Other, Answers: &asked.ID, Body: text, Writer: tx.Principal().Name, WrittenAt: tx.Now()}
		var list []letters.File
		if len(files) > 0 {
			if err := s.files.Claim(ctx, tx, files, subject(e.ID)); err != nil {
				return err
			}
			if list, err = s.files.Files(ctx, tx, subject(e.ID)); err != nil {
				return err
			}
		}
		if err := s.send(ctx, tx, e, asked.LetterID, payload{Text: text, Writer: e.Writer}, list); err != nil {
			return err
		}
		return answered(ctx, tx, asked.ID)
	})
}

// send puts the letter into the outbox, keeps this unit's own copy and notes it on the report.
func (s *Service) send(ctx context.Context, tx *tenancy.Tx, e Exchange, answers uuid.UUID, p payload, files []letters.File) error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	d := letters.Draft{Kind: e.Kind, To: e.Other, Answers: answers, Subject: aboutReport(e.ReportID), Payload: text, Files: files}
	if e.LetterID, err = s.letters.Send(ctx, tx, d); err != nil {
		return err
	}
	if err := insert(ctx, tx, e); err != nil {
		return err
	}
	other, err := s.dir.ByID(ctx, e.Other)
	if err != nil {
		return err
	}
	s.note(tx, e, "sent", other)
	return nil
}

// note records on the report's timeline that something was said, not what.
func (s *Service) note(tx *tenancy.Tx, e Exchange, way string, other tenancy.Tenant) {
	tx.Record(tenancy.Event{Kind: "report." + e.Kind + "_" + way, Subject: aboutReport(e.ReportID), Detail: map[string]string{
		"name": other.Name, "tenant": other.Code, "level": other.Level, "exchange": e.ID.String(),
	}})
}

// Of lists what was said about a report, oldest first.
func (s *Service) Of(ctx context.Context, report uuid.UUID) ([]Exchange, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.may(ctx, q, report, authz.ReportScreen); err != nil {
		return nil, err
	}
	list, err := ofReport(ctx, q, report)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, 0, len(list))
	for _, e := range list {
		ids = append(ids, e.LetterID)
	}
	states, err := s.letters.Sent(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	shown := make([]Exchange, 0, len(list))
	for _, e := range list {
		one := e.exchange()
		if one.Unit, err = s.dir.ByID(ctx, e.Other); err != nil {
			return nil, err
		}
		if one.Files, err = s.files.Of(ctx, q, subject(e.ID)); err != nil {
			return nil, err
		}
		one.State = states[e.LetterID].State
		shown = append(shown, one)
	}
	return shown, nil
}

// MayRead is for the files: who works on the report that they are about.
func (s *Service) MayRead(ctx context.Context, q tenancy.Querier, id uuid.UUID) error {
	e, err := find(ctx, q, id)
	if err != nil {
		return err
	}
	if err := s.may(ctx, q, e.ReportID, authz.ReportScreen); err != nil {
		return errs.Missing()
	}
	return nil
}

func today(q tenancy.Querier) string { return q.Now().In(workdays.Zone).Format("2006-01-02") }
