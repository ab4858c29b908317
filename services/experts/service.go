package experts

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Service keeps the directory.
type Service struct{ db *tenancy.DB }

// New keeps it in the database.
func New(db *tenancy.DB) *Service { return &Service{db: db} }

// object is an expert to authz: every entry is the tenant's.
var object = authz.Object{Read: authz.ExpertRead}

// Filter narrows the directory; empty parts do not matter. Field also finds tags.
type Filter struct {
	Field  string
	Text   string
	Unit   *uuid.UUID
	Active bool // only who may be asked
}

// List finds experts by field, words and committee, by name; the first 200.
func (s *Service) List(ctx context.Context, f Filter) ([]Expert, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Check(q.Principal(), authz.ExpertRead, object); err != nil {
		return nil, err
	}
	return list(ctx, q, f)
}

// Get is one expert.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Expert, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Expert{}, err
	}
	return s.Find(ctx, q, id)
}

// Find is Get within a transaction or a read of the caller.
func (s *Service) Find(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Expert, error) {
	e, err := find(ctx, q, id)
	if err != nil {
		return e, err
	}
	return e, authz.Check(q.Principal(), authz.ExpertRead, object)
}

// Add enters an expert. A member stands in the directory once.
func (s *Service) Add(ctx context.Context, e Entry) (uuid.UUID, error) {
	id := tenancy.NewID()
	e.Active = true
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Check(tx.Principal(), authz.ExpertWrite, object); err != nil {
			return err
		}
		e, err := named(ctx, tx, e)
		if err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "expert.added", Subject: subject(id)})
		fresh, err := insert(ctx, tx, id, e)
		if err == nil && !fresh {
			return errs.InvalidField("membership_id", "这位成员已在专家库中")
		}
		return err
	})
}

// Change replaces an entry, based on the version the caller read; Stale where somebody was faster. Who the expert is stays.
func (s *Service) Change(ctx context.Context, id uuid.UUID, version int, e Entry) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		old, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := authz.Check(tx.Principal(), authz.ExpertWrite, object); err != nil {
			return err
		}
		e.MembershipID = old.MembershipID
		if e, err = named(ctx, tx, e); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "expert.changed", Subject: subject(id)})
		changed, err := update(ctx, tx, id, version, e)
		if err == nil && !changed {
			return errs.New(errs.Stale, "专家信息已被他人修改，请刷新后重新修改")
		}
		return err
	})
}

// named checks the entry and takes the name of a member; unit and member must be of this tenant.
func named(ctx context.Context, tx *tenancy.Tx, e Entry) (Entry, error) {
	e, err := e.check()
	if err != nil {
		return e, err
	}
	if e.MembershipID != nil {
		e.Name, err = tenancy.Scalar[string](ctx, tx, `
			select name from memberships where tenant_id = $1 and id = $2 and class = 'business'`, tx.Tenant(), *e.MembershipID)
		if errors.Is(err, pgx.ErrNoRows) {
			return e, errs.InvalidField("membership_id", "没有这个成员")
		}
		if err != nil {
			return e, err
		}
	}
	if e.UnitID != nil {
		known, err := tenancy.Scalar[bool](ctx, tx, `select exists (select from units where tenant_id = $1 and id = $2)`, tx.Tenant(), *e.UnitID)
		if err != nil {
			return e, err
		}
		if !known {
			return e, errs.InvalidField("unit_id", "没有这个机构")
		}
	}
	return e, nil
}
