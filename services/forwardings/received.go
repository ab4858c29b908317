package forwardings

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/letters"
	"shangda/tenancy"
)

// What a signature is found to be when the original is opened.
const (
	SignatureValid    = "valid"
	SignatureUnsigned = "unsigned"
	SignatureFault    = "fault"
)

// Original is a report as one unit sent it (来文原件): the letter is opened and verified each time it is shown. Fault says what is wrong
// with it, and nothing that it holds is given out then.
type Original struct {
	From      tenancy.Tenant
	Letter    uuid.UUID
	SentAt    time.Time
	Signature string
	Algorithm string
	Key       uuid.UUID
	Fault     string
	Cover     string
	Urgency   string
	ReplyBy   string
	Sheet     []SignedStep
}

// Received is what came with a report by each way, and this unit's clock; no originals and no clock where it began here.
func (s *Service) Received(ctx context.Context, report uuid.UUID) ([]Original, *Clock, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := s.reports.MayRead(ctx, q, report); err != nil {
		return nil, nil, err
	}
	origins, err := s.reports.Origins(ctx, q, report)
	if err != nil || len(origins) == 0 {
		return nil, nil, err
	}
	list := make([]Original, 0, len(origins))
	for _, o := range origins {
		l, err := s.letters.Received(ctx, q, o.Sender, o.Letter)
		if err != nil && !errs.Is(err, errs.Conflict) {
			return nil, nil, err
		}
		original, err := original(l, err)
		if err != nil {
			return nil, nil, err
		}
		list = append(list, original)
	}
	clock, err := clockOf(ctx, q, report)
	return list, clock, err
}

// original opens the letter, unless it was found faulty.
func original(l letters.Letter, fault error) (Original, error) {
	o := Original{From: l.Sender, Letter: l.ID, SentAt: l.SentAt, Signature: SignatureUnsigned, Algorithm: l.Signature.Algorithm, Key: l.Signature.Key, Sheet: []SignedStep{}}
	if e := (*errs.Error)(nil); errors.As(fault, &e) {
		o.Signature, o.Fault = SignatureFault, e.Message
		return o, nil
	}
	if l.Signed() {
		o.Signature = SignatureValid
	}
	p, err := open[reportLetter](l)
	if err != nil {
		return o, err
	}
	o.Cover, o.Urgency, o.ReplyBy = p.Cover, p.Urgency, p.ReplyBy
	if p.Sheet != nil {
		o.Sheet = p.Sheet
	}
	return o, nil
}

// SentWith finds the report that this unit sent with a letter, and to whom, for other nouns that answer it.
func (s *Service) SentWith(ctx context.Context, q tenancy.Querier, letter uuid.UUID) (report uuid.UUID, recipient int32, err error) {
	f, err := sentWith(ctx, q, letter)
	return f.ReportID, f.Recipient, err
}
