package letters

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/signing"
)

// Keys signs and verifies; *signing.Service fulfils it.
type Keys interface {
	Sign(ctx context.Context, tx *tenancy.Tx, message []byte) (signing.Signature, error)
	Verify(ctx context.Context, q tenancy.Querier, tenant int32, message []byte, g signing.Signature, at time.Time) (signed bool, err error)
}

// Service sends, carries and keeps letters.
type Service struct {
	// Ended, where given, hears of each letter that this process delivered or failed. It must not block.
	Ended func(letter uuid.UUID)

	db       *tenancy.DB
	dir      *tenancy.Directory
	files    Files
	keys     Keys
	handlers map[string]Handler
}

// New makes the service. files may be nil where no letter carries files.
func New(db *tenancy.DB, dir *tenancy.Directory, files Files, keys Keys) *Service {
	return &Service{db: db, dir: dir, files: files, keys: keys, handlers: map[string]Handler{}}
}

// Register says what becomes of letters of a kind; once a kind, before the first letter. It panics on a fault of wiring.
func (s *Service) Register(kind string, h Handler) {
	if _, twice := s.handlers[kind]; twice || h.Receive == nil {
		panic("letters: kind " + kind + " registered twice or without Receive")
	}
	s.handlers[kind] = h
}

// Send puts a letter into the outbox in the caller's transaction; the courier sets out when that commits. The caller
// records what happened. An unknown kind and a letter to oneself are Invalid.
func (s *Service) Send(ctx context.Context, tx *tenancy.Tx, d Draft) (uuid.UUID, error) {
	if _, ok := s.handlers[d.Kind]; !ok {
		return uuid.Nil, unknownKind(d.Kind)
	}
	if d.To == tx.Tenant() {
		return uuid.Nil, errs.New(errs.Invalid, "不能发给本单位")
	}
	list, err := manifest(d.Files)
	if err != nil {
		return uuid.Nil, err
	}
	if d.Payload == nil {
		d.Payload = []byte{}
	}
	l := Letter{
		ID: tenancy.NewID(), Kind: d.Kind, Sender: tx.Principal().Tenant, Answers: d.Answers, Subject: d.Subject,
		Payload: d.Payload, Digest: digest(d.Kind, d.Payload, list), Files: d.Files, SentAt: tx.Now(),
	}
	if l.Recipient, err = s.dir.ByID(ctx, d.To); err != nil {
		return uuid.Nil, err
	}
	if l.Signature, err = s.keys.Sign(ctx, tx, l.signed()); err != nil {
		return uuid.Nil, err
	}
	if err := insertOut(ctx, tx, l, list); err != nil {
		return uuid.Nil, err
	}
	return l.ID, tx.Enqueue(ctx, DeliverArgs{Tenant: tx.Tenant(), Letter: l.ID}, nil)
}

// verify refuses a letter that is not what its sender sent and signed.
func (s *Service) verify(ctx context.Context, q tenancy.Querier, l Letter) error {
	if err := l.verify(); err != nil {
		return err
	}
	_, err := s.keys.Verify(ctx, q, l.Sender.ID, l.signed(), l.Signature, l.SentAt)
	return err
}

// Received is a letter this tenant received, as it was sent: its digest and its signature are verified now. Not found where
// there is none; with a Conflict, where the stored bytes are no longer those, comes the letter as it is stored now.
func (s *Service) Received(ctx context.Context, q tenancy.Querier, sender int32, id uuid.UUID) (Letter, error) {
	row, err := selectIn(ctx, q, sender, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return Letter{}, errs.Missing()
	}
	if err != nil {
		return Letter{}, err
	}
	l, err := row.letter()
	if err != nil {
		return Letter{}, err
	}
	if l.Sender, err = s.dir.ByID(ctx, sender); err != nil {
		return Letter{}, err
	}
	l.Recipient = q.Principal().Tenant
	return l, s.verify(ctx, q, l)
}

// Sent tells how far letters of this tenant have come. Ids that are not this tenant's are left out.
func (s *Service) Sent(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]State, error) {
	states := make(map[uuid.UUID]State, len(ids))
	if len(ids) == 0 {
		return states, nil
	}
	rows, err := selectStates(ctx, q, ids)
	for _, r := range rows {
		states[r.ID] = State{State: r.State, Attempts: r.Attempts, LastError: r.LastError, DeliveredAt: r.DeliveredAt}
	}
	return states, err
}
