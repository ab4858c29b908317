package letters

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// Service sends, carries and keeps letters.
type Service struct {
	// Ended, where given, hears of each letter that this process delivered or failed. It must not block.
	Ended func(letter uuid.UUID)

	db       *tenancy.DB
	dir      *tenancy.Directory
	files    Files
	handlers map[string]Handler
}

// New makes the service. files may be nil where no letter carries files.
func New(db *tenancy.DB, dir *tenancy.Directory, files Files) *Service {
	return &Service{db: db, dir: dir, files: files, handlers: map[string]Handler{}}
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
	id := tenancy.NewID()
	if err := insertOut(ctx, tx, id, d, digest(d.Kind, d.Payload, list), list); err != nil {
		return uuid.Nil, err
	}
	return id, tx.Enqueue(ctx, DeliverArgs{Tenant: tx.Tenant(), Letter: id}, nil)
}

// Received is a letter this tenant received, as it was sent: its digest is verified now. Not found where there is none,
// Conflict where the stored bytes are no longer those.
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
	return l, l.verify()
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
