package exchanges

import (
	"context"
	"encoding/json"
	"time"

	"shangda/internal/errs"
	"shangda/services/letters"
	"shangda/services/notices"
	"shangda/tenancy"
)

// editors are the roles that hear of what is said.
var editors = []string{"editor"}

func open(l letters.Letter, most int) (payload, error) {
	var p payload
	if err := json.Unmarshal(l.Payload, &p); err != nil {
		return p, &errs.Error{Kind: errs.Invalid, Message: "信函内容无法识别", Err: err}
	}
	return p, written("信函", &p.Text, most)
}

// receiveFromAbove keeps a remark or a request under the report that was sent with the answered letter, to that unit.
func (s *Service) receiveFromAbove(ctx context.Context, tx *tenancy.Tx, l letters.Letter) (tenancy.Subject, error) {
	p, err := open(l, maxRemark)
	if err != nil {
		return tenancy.Subject{}, err
	}
	report, recipient, err := s.reports.SentWith(ctx, tx, l.Answers)
	if err == nil && recipient != l.Sender.ID {
		err = errs.Missing()
	}
	if err != nil {
		return tenancy.Subject{}, err
	}
	if _, err := time.Parse(time.DateOnly, p.DueOn); (l.Kind == Request) != (p.DueOn != "") || p.DueOn != "" && err != nil {
		return tenancy.Subject{}, errs.New(errs.Invalid, "信函内容无法识别")
	}
	e := Exchange{ID: tenancy.NewID(), ReportID: report, Kind: l.Kind, Other: l.Sender.ID, LetterID: l.ID, Body: p.Text, DueOn: p.DueOn, Writer: p.Writer, WrittenAt: l.SentAt}
	if err := insert(ctx, tx, e); err != nil {
		return tenancy.Subject{}, err
	}
	what := "对《%》提出批注"
	if l.Kind == Request {
		what = "要求在 " + p.DueOn + " 前补充《%》的材料"
	}
	return subject(e.ID), s.heard(ctx, tx, e, l.Sender, what)
}

// receiveSupplement keeps the answer and its files under the report that the request was about.
func (s *Service) receiveSupplement(ctx context.Context, tx *tenancy.Tx, l letters.Letter) (tenancy.Subject, error) {
	p, err := open(l, maxSupplement)
	if err != nil {
		return tenancy.Subject{}, err
	}
	asked, err := askedWith(ctx, tx, l.Sender.ID, l.Answers)
	if err != nil {
		return tenancy.Subject{}, err
	}
	e := Exchange{ID: tenancy.NewID(), ReportID: asked.ReportID, Kind: Supplement, Other: l.Sender.ID, LetterID: l.ID, Answers: &asked.ID, Body: p.Text, Writer: p.Writer, WrittenAt: l.SentAt}
	if err := insert(ctx, tx, e); err != nil {
		return tenancy.Subject{}, err
	}
	if err := s.files.Receive(ctx, tx, l.Files, subject(e.ID)); err != nil {
		return tenancy.Subject{}, err
	}
	if err := answered(ctx, tx, asked.ID); err != nil {
		return tenancy.Subject{}, err
	}
	return subject(e.ID), s.heard(ctx, tx, e, l.Sender, "补充了《%》的材料")
}

// heard notes on the timeline and tells the desk; the sign % stands for the report's title.
func (s *Service) heard(ctx context.Context, tx *tenancy.Tx, e Exchange, from tenancy.Tenant, what string) error {
	s.note(tx, e, "received", from)
	title, err := s.reports.Title(ctx, tx, e.ReportID)
	if err != nil {
		return err
	}
	return s.notices.TellRoles(ctx, tx, editors, notices.Notice{Kind: "report." + e.Kind, Subject: aboutReport(e.ReportID), Text: from.Name + named(what, title)})
}
