package points

import (
	"context"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/limit"
	"shangda/tenancy"
)

// Service keeps points. Clues and Limit are wired by the program; without a limit everybody may.
type Service struct {
	Clues Clues
	Limit *limit.Limit

	db      *tenancy.DB
	dir     *tenancy.Directory
	notices Notifier
}

// New makes the service.
func New(db *tenancy.DB, dir *tenancy.Directory, notices Notifier) *Service {
	return &Service{db: db, dir: dir, notices: notices}
}

func subject(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "point", ID: id} }

// List is the points that the caller sees, the open ones first: the unit's, or those he is in charge of.
func (s *Service) List(ctx context.Context) ([]Point, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	p, keeper := q.Principal(), (*uuid.UUID)(nil)
	if err := authz.Check(p, authz.PointRead, authz.Object{Read: authz.PointRead, Owner: p.Membership}); err != nil {
		return nil, err
	}
	if p.Scope(string(authz.PointRead)) != tenancy.ScopeTenant {
		keeper = &p.Membership
	}
	found, err := list(ctx, q, keeper)
	if err != nil {
		return nil, err
	}
	return found, s.count(ctx, q, found)
}

// Get finds a point.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Point, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Point{}, err
	}
	p, err := s.visible(ctx, q, id)
	if err != nil {
		return Point{}, err
	}
	found := []Point{p}
	err = s.count(ctx, q, found)
	return found[0], err
}

// MayRead is for other nouns that link to a point.
func (s *Service) MayRead(ctx context.Context, q tenancy.Querier, id uuid.UUID) error {
	_, err := s.visible(ctx, q, id)
	return err
}

func (s *Service) visible(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Point, error) {
	p, err := find(ctx, q, id)
	if err != nil {
		return Point{}, err
	}
	return p, authz.Check(q.Principal(), authz.PointRead, p.object())
}

// Came is a page of what came in at a point, for the person in charge and the office.
func (s *Service) Came(ctx context.Context, id uuid.UUID, after string, limit int) ([]Item, string, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, "", err
	}
	if _, err := s.visible(ctx, q, id); err != nil {
		return nil, "", err
	}
	return s.Clues.AtPoint(ctx, q, id, after, limit)
}

func (s *Service) count(ctx context.Context, q tenancy.Querier, points []Point) error {
	if len(points) == 0 {
		return nil
	}
	ids := make([]uuid.UUID, len(points))
	for i, p := range points {
		ids[i] = p.ID
	}
	yields, err := s.Clues.Yields(ctx, q, ids)
	for i := range points {
		y := yields[points[i].ID]
		points[i].Clues, points[i].Reports = y.Clues, y.Reports
	}
	return err
}

// Create sets a point up; its form opens at once behind a code nobody can guess.
func (s *Service) Create(ctx context.Context, n NewPoint) (uuid.UUID, error) {
	id := tenancy.NewID()
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Check(tx.Principal(), authz.PointWrite, authz.Object{Read: authz.PointRead}); err != nil {
			return err
		}
		if err := s.complete(ctx, tx, &n); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "point.created", Subject: subject(id), Detail: map[string]any{"name": n.Name}})
		return insert(ctx, tx, id, random(8), n)
	})
	return id, err
}

func (s *Service) complete(ctx context.Context, tx *tenancy.Tx, n *NewPoint) error {
	if err := n.check(); err != nil {
		return err
	}
	known, err := isMember(ctx, tx, n.KeeperID)
	if err == nil && !known {
		err = errs.InvalidField("keeper_id", "负责人应是本单位在用的成员")
	}
	return err
}

// Edit replaces what is said of a point, on the version the caller read. Closing it closes its form.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, version int, n NewPoint) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		p, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := authz.Check(tx.Principal(), authz.PointWrite, p.object()); err != nil {
			return err
		}
		if p.Version != version {
			return errs.New(errs.Stale, "收集点已被他人修改，请刷新后重新修改")
		}
		if err := s.complete(ctx, tx, &n); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "point.edited", Subject: subject(id), Detail: map[string]any{"name": n.Name, "state": n.State}})
		return save(ctx, tx, id, n)
	})
}
