package reports

import (
	"context"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// ForSending is the signed report as a letter carries it.
func (s *Service) ForSending(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (Outgoing, error) {
	r, _, err := s.take(ctx, tx, id, ActForward)
	if err != nil {
		return Outgoing{}, err
	}
	origin, err := s.dir.ByID(ctx, r.Origin)
	if err != nil {
		return Outgoing{}, err
	}
	texts, err := versions(ctx, tx, id)
	if err != nil {
		return Outgoing{}, err
	}
	out := Outgoing{ID: id, Number: r.Number, Text: r.Text, Category: r.Category, Topic: r.Topic, Urgency: r.Urgency, Class: r.Class, Flags: r.Flags,
		AuthorName: r.AuthorName, AuthorTitle: r.AuthorTitle, Origin: origin}
	if r.Combined { // its author here is who combined it, not who observed the matter
		out.AuthorName, out.AuthorTitle = "", ""
	} else if out.CoAuthors, err = coAuthorNames(ctx, tx, id); err != nil {
		return Outgoing{}, err
	}
	if r.SubmittedAt != nil {
		out.SubmittedAt = *r.SubmittedAt
	}
	before := versionOriginal
	if r.Sender != nil {
		before = versionSealed
	}
	for _, v := range texts {
		if v.Kind == versionIssued {
			out.VersionNo = v.No
		}
		if v.Kind == before && v.Text != r.Text {
			text := v.Text
			out.Original = &text
		}
	}
	return out, nil
}

// Forwarded notes that a letter with the signed report is on its way to an upper unit, and tells it down.
func (s *Service) Forwarded(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, to tenancy.Tenant, letter uuid.UUID) error {
	r, t, err := s.take(ctx, tx, id, ActForward)
	if err != nil {
		return err
	}
	t.move(r)
	if err := s.decided(ctx, tx, r, KindForwarded, "", to.Name); err != nil {
		return err
	}
	return s.bookForwarding(ctx, tx, r, r.ID, to.ID, true)
}

// Recalled notes that a forwarding was taken back. Its figures are negated in the month they were booked in.
func (s *Service) Recalled(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, to tenancy.Tenant) error {
	r, _, err := s.take(ctx, tx, id, ActRecall)
	if err != nil {
		return err
	}
	detail := tenantDetail(to)
	detail["way"] = "up"
	record(tx, r, "recalled", nil, detail)
	return s.bookForwarding(ctx, tx, r, r.ID, to.ID, false)
}

// Delivered notes that the letter has arrived. A repeat notes nothing.
func (s *Service) Delivered(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, to tenancy.Tenant, letter uuid.UUID) error {
	if err := carried(tx); err != nil {
		return err
	}
	r, err := lock(ctx, tx, id)
	if err != nil {
		return err
	}
	if known, err := happened(ctx, tx, id, "report.delivered", letter); err != nil || known {
		return err
	}
	detail := tenantDetail(to)
	detail["letter"] = letter.String()
	record(tx, r, "delivered", nil, detail)
	return nil
}

// Receive takes in a report that came by letter: this unit's own copy beside the sealed text. What was returned or recalled
// and comes again joins the same report; where this unit works on it already, its text stays and only the sealed one is added.
func (s *Service) Receive(ctx context.Context, tx *tenancy.Tx, in Incoming) (uuid.UUID, error) {
	if err := carried(tx); err != nil {
		return uuid.Nil, err
	}
	origin := in.Origin
	if origin.ID == 0 {
		var err error
		if origin, err = s.dir.ByCode(ctx, origin.Code); err != nil {
			return uuid.Nil, err
		}
	}
	r, err := lockReceived(ctx, tx, in.Sender.ID, in.SenderReport)
	switch {
	case errs.Is(err, errs.NotFound):
		r, err = s.receiveNew(ctx, tx, in, origin)
	case err == nil:
		err = s.receiveAgain(ctx, tx, r, in)
	}
	if err != nil {
		return uuid.Nil, err
	}
	if err := s.seal(ctx, tx, r.ID, in); err != nil {
		return uuid.Nil, err
	}
	if len(in.Files) > 0 {
		if err := s.files.Receive(ctx, tx, in.Files, subject(r.ID)); err != nil {
			return uuid.Nil, err
		}
	}
	return r.ID, s.tellEditors(ctx, tx, r, "report.received", "收到"+in.Sender.Name+"报送的《"+r.Title+"》")
}

func (s *Service) receiveNew(ctx context.Context, tx *tenancy.Tx, in Incoming, origin tenancy.Tenant) (*Report, error) {
	now := tx.Now()
	r := &Report{ID: tenancy.NewID(), State: Submitted, Version: 1, Number: in.Number, Channel: "letter", SourceKind: "letter", Origin: origin.ID,
		Coauthors: []uuid.UUID{}, Readers: []uuid.UUID{}, Sender: &in.Sender.ID, SenderReport: &in.SenderReport, Flags: []string{}, CreatedAt: now, UpdatedAt: now, SubmittedAt: &now}
	r.takeIncoming(in)
	if _, err := insert(ctx, tx, r, ""); err != nil {
		return nil, err
	}
	record(tx, r, "received", map[string]int{"own_received": 1}, receivedDetail(in))
	return r, replaceAuthors(ctx, tx, r.ID, in.authorRows())
}

func (s *Service) receiveAgain(ctx context.Context, tx *tenancy.Tx, r *Report, in Incoming) error {
	record(tx, r, "received", nil, receivedDetail(in))
	if r.State != Returned && r.State != Recalled {
		return nil
	}
	category := r.Category
	r.State = Submitted
	r.takeIncoming(in)
	if err := save(ctx, tx, r); err != nil {
		return err
	}
	if err := replaceAuthors(ctx, tx, r.ID, in.authorRows()); err != nil {
		return err
	}
	return recategorise(ctx, tx, r, category)
}

func (r *Report) takeIncoming(in Incoming) {
	r.Text, r.Category, r.Topic, r.Urgency, r.Class = in.Text, in.Category, in.Topic, in.Urgency, in.Class
	r.AuthorName, r.AuthorTitle = in.AuthorName, in.AuthorTitle
	if in.Flags != nil {
		r.Flags = in.Flags
	}
}

func receivedDetail(in Incoming) map[string]string {
	detail := tenantDetail(in.Sender)
	detail["letter"] = in.Letter.String()
	if in.Cover != "" {
		detail["cover"] = in.Cover
	}
	return detail
}

// seal keeps the text as it was received, and the original where the sender enclosed it.
func (s *Service) seal(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, in Incoming) error {
	from := Origin{Sender: in.Sender.ID, SenderReport: in.SenderReport, Letter: in.Letter}
	if in.Original != nil {
		if err := appendVersion(ctx, tx, id, versionOriginal, *in.Original, from); err != nil {
			return err
		}
	}
	return appendVersion(ctx, tx, id, versionSealed, in.Text, from)
}

// RecallReceived marks a received report as recalled where nobody has taken it up; otherwise false, and the timeline says
// that the sender asked.
func (s *Service) RecallReceived(ctx context.Context, tx *tenancy.Tx, sender int32, senderReport uuid.UUID) (bool, error) {
	if err := carried(tx); err != nil {
		return false, err
	}
	r, err := lockReceived(ctx, tx, sender, senderReport)
	if errs.Is(err, errs.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	from, err := s.dir.ByID(ctx, sender)
	if err != nil {
		return false, err
	}
	if r.State != Submitted && r.State != Returned {
		record(tx, r, "recall_refused", nil, tenantDetail(from))
		return false, nil
	}
	r.State = Recalled
	record(tx, r, "recalled", nil, tenantDetail(from))
	if err := save(ctx, tx, r); err != nil {
		return false, err
	}
	return true, s.tellEditors(ctx, tx, r, "report.recalled", from.Name+"撤回了报送的《"+r.Title+"》")
}

// Origins are the ways by which the report came here, each with the letter it came in last.
func (s *Service) Origins(ctx context.Context, q tenancy.Querier, id uuid.UUID) ([]Origin, error) {
	if p := q.Principal(); !authz.May(p, authz.LetterCarry) {
		if err := s.MayRead(ctx, q, id); err != nil {
			return nil, err
		}
	}
	return origins(ctx, q, id)
}
