package assignments

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/letters"
	"shangda/services/notices"
	"shangda/tenancy"
)

// LetterSatisfaction carries how satisfied an author is, hop by hop, to the unit that assigned the matter.
const LetterSatisfaction = "satisfaction"

// verdictLetter never says who the author is. Report is the sender's own; Unit and UnitReport are the author's.
type verdictLetter struct {
	Report     uuid.UUID `json:"report"`
	Unit       string    `json:"unit"`
	UnitReport uuid.UUID `json:"unit_report"`
	Event      uuid.UUID `json:"event"`
	Verdict    string    `json:"verdict"`
	Note       string    `json:"note,omitempty"`
	SaidAt     time.Time `json:"said_at"`
}

// Said is what the author said of an answer.
type Said struct {
	Event   uuid.UUID `json:"event"`
	Verdict string    `json:"verdict" enum:"satisfied,fair,unsatisfied"`
	Note    string    `json:"note,omitempty"`
	At      time.Time `json:"at"`
}

// Say keeps how satisfied the author is with an answer, once, and sends it to the unit that told of it.
func (s *Service) Say(ctx context.Context, report uuid.UUID, v Verdict) (uuid.UUID, error) {
	v, fault := v.check()
	return report, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := s.reports.Owned(ctx, tx, report); err != nil {
			return err
		}
		if fault != nil {
			return fault
		}
		decider, err := s.reports.Answer(ctx, tx, report, v.Event)
		if err != nil {
			return err
		}
		p := tx.Principal()
		said := voice{Event: v.Event, Unit: tx.Tenant(), UnitReport: report, Verdict: v.Verdict, Note: v.Note, SaidAt: tx.Now()}
		tx.Record(tenancy.Event{Kind: "report.satisfaction", Subject: ofReport(report), Detail: map[string]string{"verdict": verdictText[v.Verdict]}})
		fresh, err := insertVoice(ctx, tx, said, &p.Membership)
		if err != nil {
			return err
		}
		if !fresh {
			return errs.New(errs.Conflict, "您已经评价过这次答复")
		}
		if decider == tx.Tenant() {
			return s.heard(ctx, tx, said)
		}
		return s.sendUp(ctx, tx, report, verdictLetter{Unit: p.Tenant.Code, UnitReport: report, Event: v.Event, Verdict: v.Verdict, Note: v.Note, SaidAt: tx.Now()})
	})
}

// sendUp sends it along every way that the report went.
func (s *Service) sendUp(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, l verdictLetter) error {
	carriers, err := s.reports.Into(ctx, tx, report)
	if err != nil {
		return err
	}
	ways, err := s.ways.Upward(ctx, tx, carriers)
	if err != nil {
		return err
	}
	for _, way := range ways {
		l.Report = way.Report
		payload, err := json.Marshal(l)
		if err != nil {
			return err
		}
		d := letters.Draft{Kind: LetterSatisfaction, To: way.Recipient, Subject: ofReport(way.Report), Payload: payload}
		if _, err := s.letters.Send(ctx, tx, d); err != nil {
			return err
		}
	}
	return nil
}

// receiveVerdict keeps it where this tenant assigned the matter, passes it on where the answer came through here, and drops
// it where nothing is known of the answer: it came by another way.
func (s *Service) receiveVerdict(ctx context.Context, tx *tenancy.Tx, l letters.Letter) (tenancy.Subject, error) {
	var in verdictLetter
	if err := json.Unmarshal(l.Payload, &in); err != nil || verdictText[in.Verdict] == "" {
		return tenancy.Subject{}, &errs.Error{Kind: errs.Invalid, Message: "信函内容无法识别", Err: err}
	}
	report, err := s.reports.From(ctx, tx, l.Sender.ID, in.Report)
	if err != nil {
		return tenancy.Subject{}, err
	}
	decider, err := s.reports.Answer(ctx, tx, report, in.Event)
	if errs.Is(err, errs.NotFound) {
		return tenancy.Subject{}, nil
	}
	if err != nil {
		return tenancy.Subject{}, err
	}
	if decider != tx.Tenant() {
		return ofReport(report), s.sendUp(ctx, tx, report, in)
	}
	unit, err := s.dir.ByCode(ctx, in.Unit)
	if err != nil {
		return tenancy.Subject{}, err
	}
	said := voice{Event: in.Event, Unit: unit.ID, UnitReport: in.UnitReport, Verdict: in.Verdict, Note: in.Note, SaidAt: in.SaidAt}
	fresh, err := insertVoice(ctx, tx, said, nil)
	if err != nil || !fresh {
		return ofReport(report), err
	}
	return ofReport(report), s.heard(ctx, tx, said)
}

// heard tells who assigned the matter.
func (s *Service) heard(ctx context.Context, tx *tenancy.Tx, said voice) error {
	rows, err := byEvent(ctx, tx, said.Event)
	if err != nil {
		return err
	}
	for _, a := range rows {
		tx.Record(tenancy.Event{Kind: "assignment.verdict", Subject: subject(a.ID), Detail: map[string]string{"verdict": said.Verdict}})
		n := notices.Notice{Kind: "assignment.verdict", Subject: ofReport(a.ReportID), Text: "反映人对《" + a.ReportTitle + "》的办理答复表示" + verdictText[said.Verdict]}
		if err := s.notices.Tell(ctx, tx, []uuid.UUID{a.AssignedBy}, n); err != nil {
			return err
		}
	}
	return nil
}

// Verdicts is what the author said of the answers to a report of this tenant.
func (s *Service) Verdicts(ctx context.Context, report uuid.UUID) ([]Said, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := s.reports.Load(ctx, q, report); err != nil {
		return nil, err
	}
	rows, err := voicesOf(ctx, q, report)
	list := make([]Said, 0, len(rows))
	for _, v := range rows {
		list = append(list, Said{Event: v.Event, Verdict: v.Verdict, Note: v.Note, At: v.SaidAt})
	}
	return list, err
}
