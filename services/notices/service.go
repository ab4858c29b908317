package notices

import (
	"context"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Service writes and reads notices. Outward and Readers are wired by the program and may be missing.
type Service struct {
	Outward Outward
	Readers Reader

	db *tenancy.DB
}

// Outward takes notices out of the program by the channels their readers chose, once the transaction has committed.
type Outward interface {
	Queue(ctx context.Context, tx *tenancy.Tx, written []Written) error
}

// Reader hears which notices the caller has just read.
type Reader interface {
	Read(ctx context.Context, tx *tenancy.Tx, seen []Seen) error
}

// New makes the service.
func New(db *tenancy.DB) *Service { return &Service{db: db} }

// ChangeKind is the kind of a live change that says a member's notices changed; its id is the membership, and only that
// member's pages are told.
const ChangeKind = "notice"

// Tell writes the notice to each of these active members of the tenant, once each. The caller records what happened.
func (s *Service) Tell(ctx context.Context, tx *tenancy.Tx, to []uuid.UUID, n Notice) error {
	readers, err := active(ctx, tx, to)
	if err != nil {
		return err
	}
	return s.write(ctx, tx, readers, n)
}

// TellRoles writes the notice to each active holder of any of the roles.
func (s *Service) TellRoles(ctx context.Context, tx *tenancy.Tx, roles []string, n Notice) error {
	readers, err := holders(ctx, tx, roles)
	if err != nil {
		return err
	}
	return s.write(ctx, tx, readers, n)
}

// TellPost writes the notice to whom a step waits for: the active members with the post and the role, where either may be
// empty and then does not matter. With neither nobody is meant, which is Invalid.
func (s *Service) TellPost(ctx context.Context, tx *tenancy.Tx, post, role string, n Notice) error {
	if post == "" && role == "" {
		return errs.New(errs.Invalid, "没有指定岗位或角色")
	}
	readers, err := atPost(ctx, tx, post, role)
	if err != nil {
		return err
	}
	return s.write(ctx, tx, readers, n)
}

func (s *Service) write(ctx context.Context, tx *tenancy.Tx, readers []uuid.UUID, n Notice) error {
	if len(readers) == 0 {
		return nil
	}
	for _, reader := range readers {
		tx.Touch(tenancy.Change{Kind: ChangeKind, ID: reader.String()})
	}
	ids, err := insert(ctx, tx, readers, n)
	if err != nil || s.Outward == nil {
		return err
	}
	written := make([]Written, len(ids))
	for i, id := range ids {
		written[i] = Written{Tenant: tx.Tenant(), ID: id, Reader: readers[i], Kind: n.Kind}
	}
	return s.Outward.Queue(ctx, tx, written)
}

// Unread counts the caller's unread notices.
func (s *Service) Unread(ctx context.Context) (int, error) {
	q, err := s.open(ctx)
	if err != nil {
		return 0, err
	}
	return countUnread(ctx, q)
}

// List is a page of the caller's own notices, newest first, and where the next page begins (empty at the end).
func (s *Service) List(ctx context.Context, unread bool, after string, limit int) ([]Item, string, error) {
	q, err := s.open(ctx)
	if err != nil {
		return nil, "", err
	}
	from, err := parseCursor(after)
	if err != nil {
		return nil, "", err
	}
	items, err := list(ctx, q, unread, from, limit+1)
	if err != nil || len(items) <= limit {
		return items, "", err
	}
	return items[:limit], items[limit-1].cursor(), nil
}

// Read marks notices of the caller as read, these or all. Ids of others' notices change nothing.
func (s *Service) Read(ctx context.Context, ids []uuid.UUID, all bool) error {
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		p := tx.Principal()
		if err := authz.Check(p, authz.NoticeRead, own(p)); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "notice.read", Subject: tenancy.Subject{Kind: ChangeKind, ID: p.Membership}})
		if s.Readers == nil {
			return markRead(ctx, tx, ids, all)
		}
		seen, err := newlyRead(ctx, tx, ids, all)
		if err != nil {
			return err
		}
		if err := markRead(ctx, tx, ids, all); err != nil {
			return err
		}
		return s.Readers.Read(ctx, tx, seen)
	})
}

// open is a read of the caller's own notices.
func (s *Service) open(ctx context.Context) (tenancy.Querier, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	return q, authz.Check(q.Principal(), authz.NoticeRead, own(q.Principal()))
}

func own(p *tenancy.Principal) authz.Object {
	return authz.Object{Read: authz.NoticeRead, Owner: p.Membership, Private: true}
}
