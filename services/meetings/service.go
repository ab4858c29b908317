package meetings

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Service keeps meetings.
type Service struct {
	db      *tenancy.DB
	changes Changes
	lock    func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (row, error)
}

// New keeps meetings that hear of those changes.
func New(db *tenancy.DB, changes Changes) *Service {
	return &Service{db: db, changes: changes, lock: lock}
}

func subject(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "meeting", ID: id} }

var object = authz.Object{Read: authz.MeetingRead}

// List shows the meetings of the unit, latest first.
func (s *Service) List(ctx context.Context, before time.Time, limit int) ([]Line, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Check(q.Principal(), authz.MeetingRead, object); err != nil {
		return nil, err
	}
	return list(ctx, q, before, limit)
}

// Get is one meeting with its list of changes: as it was closed, or as it stands now.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Meeting, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Meeting{}, err
	}
	if err := authz.Check(q.Principal(), authz.MeetingRead, object); err != nil {
		return Meeting{}, err
	}
	r, err := find(ctx, q, id)
	if err != nil {
		return Meeting{}, err
	}
	m := r.meeting()
	if m.State == Closed {
		return m, nil
	}
	if m.Since, err = s.since(ctx, q); err != nil {
		return m, err
	}
	if m.Changes, err = s.changes.Between(ctx, q, *m.Since, q.Now()); err != nil {
		return m, err
	}
	if authz.May(q.Principal(), authz.MeetingWrite) {
		m.Can = []string{"edit", "close"}
	}
	return m, nil
}

// first is how far back the list of the first meeting reaches.
const first = 90 * 24 * time.Hour

// since is when the last meeting was closed; before the first one, three months back.
func (s *Service) since(ctx context.Context, q tenancy.Querier) (*time.Time, error) {
	last, err := lastClosed(ctx, q)
	if err == nil && last == nil {
		from := q.Now().Add(-first)
		last = &from
	}
	return last, err
}

// Create plans a meeting.
func (s *Service) Create(ctx context.Context, p Plan) (uuid.UUID, error) {
	if err := p.check(); err != nil {
		return uuid.Nil, err
	}
	id := tenancy.NewID()
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Check(tx.Principal(), authz.MeetingWrite, object); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "meeting.planned", Subject: subject(id), Detail: map[string]string{"title": p.Title}})
		return insert(ctx, tx, id, p)
	})
}

// open is a meeting for a change, based on the version that was read.
func (s *Service) open(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, version int) (row, error) {
	r, err := s.lock(ctx, tx, id)
	if err != nil {
		return r, err
	}
	if err := authz.Check(tx.Principal(), authz.MeetingWrite, object); err != nil {
		return r, err
	}
	if r.State == Closed {
		return r, errs.New(errs.Conflict, "例会已办结，不能再修改")
	}
	if r.Version != version {
		return r, errs.New(errs.Stale, "例会已被他人修改，请刷新后重试")
	}
	return r, nil
}

// Edit changes what is written about a meeting, until it is closed.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, version int, p Plan) (uuid.UUID, error) {
	if err := p.check(); err != nil {
		return uuid.Nil, err
	}
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if _, err := s.open(ctx, tx, id, version); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "meeting.edited", Subject: subject(id)})
		return update(ctx, tx, id, p)
	})
}

// Close ends a meeting: its minutes are written, and the list of what happened since the one before stays as it is now.
func (s *Service) Close(ctx context.Context, id uuid.UUID, version int) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, err := s.open(ctx, tx, id, version)
		if err != nil {
			return err
		}
		if r.Minutes == "" {
			return errs.InvalidField("minutes", "请先填写会议纪要")
		}
		if r.HeldAt.After(tx.Now()) {
			return errs.New(errs.Conflict, "会议还没有召开，不能办结")
		}
		since, err := s.since(ctx, tx)
		if err != nil {
			return err
		}
		changes, err := s.changes.Between(ctx, tx, *since, tx.Now())
		if err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "meeting.closed", Subject: subject(id), Detail: map[string]any{"title": r.Title, "changes": len(changes)}})
		return closeIt(ctx, tx, id, *since, changes)
	})
}
