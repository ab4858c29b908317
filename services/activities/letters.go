package activities

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/letters"
	"shangda/services/notices"
	"shangda/tenancy"
)

// payload is an activity in a letter: what it is now, at which revision.
type payload struct {
	Activity uuid.UUID `json:"activity"`
	Revision int       `json:"revision"`
	Kind     string    `json:"kind"`
	Title    string    `json:"title"`
	Body     string    `json:"body"`
	Place    string    `json:"place"`
	StartsAt time.Time `json:"starts_at"`
	EndsAt   time.Time `json:"ends_at"`
	State    string    `json:"state"`
	Reason   string    `json:"reason,omitempty"`
}

// letterFrom is a letter's payload with who sent it.
type letterFrom struct {
	payload
	tenant int32
}

func (s *Service) register() {
	s.letters.Register(LetterKind, letters.Handler{Receive: s.receive, Down: true})
}

// Below are the units that report to this one now, to whom an activity can be sent.
func (s *Service) Below(ctx context.Context) ([]Unit, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Check(q.Principal(), authz.ActivityWrite, ofUnit); err != nil {
		return nil, err
	}
	ids, err := below(ctx, q)
	if err != nil {
		return nil, err
	}
	units := make([]Unit, 0, len(ids))
	for _, id := range ids {
		unit, err := s.unit(ctx, id)
		if err != nil {
			return nil, err
		}
		units = append(units, unit)
	}
	return units, nil
}

// Send puts an activity on the calendars of units below, all or none. Those that have it already get it as it is now.
func (s *Service) Send(ctx context.Context, id uuid.UUID, to []string) (uuid.UUID, error) {
	if len(to) == 0 {
		return uuid.Nil, errs.InvalidField("below", "请选择下发的单位")
	}
	return s.change(ctx, id, func(tx *tenancy.Tx, _ row) error { return s.sendTo(ctx, tx, id, to) })
}

func (s *Service) sendTo(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, codes []string) error {
	open, err := below(ctx, tx)
	if err != nil {
		return err
	}
	to := make([]int32, 0, len(codes))
	for _, code := range codes {
		unit, err := s.dir.ByCode(ctx, code)
		if err != nil || !slices.Contains(open, unit.ID) {
			return errs.InvalidField("below", "只能下发给向本单位报送的单位")
		}
		if !slices.Contains(to, unit.ID) {
			to = append(to, unit.ID)
		}
	}
	return s.send(ctx, tx, id, to)
}

// sendAgain tells every unit that has the activity how it is now, as far as the line to it is open still.
func (s *Service) sendAgain(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	before, err := sendings(ctx, tx, id)
	if err != nil {
		return err
	}
	open, err := below(ctx, tx)
	if err != nil {
		return err
	}
	var to []int32
	for _, b := range before {
		if slices.Contains(open, b.Recipient) {
			to = append(to, b.Recipient)
		}
	}
	return s.send(ctx, tx, id, to)
}

func (s *Service) send(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, to []int32) error {
	if len(to) == 0 {
		return nil
	}
	r, err := find(ctx, tx, id)
	if err != nil {
		return err
	}
	text, err := json.Marshal(payload{Activity: id, Revision: r.Revision, Kind: r.Kind, Title: r.Title, Body: r.Body, Place: r.Place,
		StartsAt: r.StartsAt, EndsAt: r.EndsAt, State: r.State, Reason: r.Reason})
	if err != nil {
		return err
	}
	tx.Record(tenancy.Event{Kind: "activity.sent", Subject: subject(id), Detail: map[string]any{"units": len(to)}})
	for _, unit := range to {
		letter, err := s.letters.Send(ctx, tx, letters.Draft{Kind: LetterKind, To: unit, Subject: subject(id), Payload: text})
		if err != nil {
			return err
		}
		if err := saveSending(ctx, tx, id, unit, letter, r.Revision); err != nil {
			return err
		}
	}
	return nil
}

// receive puts an activity from above on this unit's calendar, or brings the one that is there up to date. An older revision
// than the one there changes nothing.
func (s *Service) receive(ctx context.Context, tx *tenancy.Tx, l letters.Letter) (tenancy.Subject, error) {
	from := letterFrom{tenant: l.Sender.ID}
	if err := json.Unmarshal(l.Payload, &from.payload); err != nil {
		return tenancy.Subject{}, &errs.Error{Kind: errs.Invalid, Message: "信函内容无法识别", Err: err}
	}
	n := NewActivity{Kind: from.Kind, Title: from.Title, Body: from.Body, Place: from.Place, StartsAt: from.StartsAt, EndsAt: from.EndsAt}
	if err := n.check(); err != nil {
		return tenancy.Subject{}, err
	}
	there, err := lockReceived(ctx, tx, l.Sender.ID, from.Activity)
	switch {
	case errs.Is(err, errs.NotFound):
		there.ID = tenancy.NewID()
		err = insert(ctx, tx, there.ID, n, &from)
	case err == nil && from.Revision <= there.Revision:
		return subject(there.ID), nil
	case err == nil:
		err = save(ctx, tx, there.ID, n, from.Revision, from.State, from.Reason)
	}
	if err != nil {
		return tenancy.Subject{}, err
	}
	tx.Record(tenancy.Event{Kind: "activity.received", Subject: subject(there.ID), Detail: map[string]any{"from": l.Sender.Name, "state": from.State}})
	return subject(there.ID), s.tellOffice(ctx, tx, there, from, l.Sender)
}

func (s *Service) tellOffice(ctx context.Context, tx *tenancy.Tx, there row, from letterFrom, sender tenancy.Tenant) error {
	what := "安排了活动"
	switch {
	case from.State == Cancelled:
		what = "取消了活动"
	case there.Revision > 0:
		what = "调整了活动"
	}
	text := fmt.Sprintf("%s%s“%s”", sender.Name, what, from.Title)
	return s.notices.TellRoles(ctx, tx, office, notices.Notice{Kind: "activity.received", Text: text, Subject: subject(there.ID)})
}

func (s *Service) sendings(ctx context.Context, q tenancy.Querier, id uuid.UUID) ([]Sending, error) {
	rows, err := sendings(ctx, q, id)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.LetterID)
	}
	states, err := s.letters.Sent(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	all := make([]Sending, 0, len(rows))
	for _, r := range rows {
		unit, err := s.unit(ctx, r.Recipient)
		if err != nil {
			return nil, err
		}
		state := states[r.LetterID]
		all = append(all, Sending{Unit: unit, State: state.State, Problem: state.LastError, SentAt: r.SentAt})
	}
	return all, nil
}
