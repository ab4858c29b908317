package organisations

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// NewUnit is an inner unit of a tenant, such as 研究室 or 乡镇联络组; Parent is the unit it belongs to, zero for none.
type NewUnit struct {
	Name   string
	Kind   string
	Parent uuid.UUID
}

// CreateUnit adds an inner unit to the caller's tenant. Its name is not in use there, its parent is one of the same tenant.
func (s *Service) CreateUnit(ctx context.Context, n NewUnit) (uuid.UUID, error) {
	n.Name, n.Kind = strings.TrimSpace(n.Name), strings.TrimSpace(n.Kind)
	var faults errs.Fields
	length(&faults, "name", "机构名称", n.Name, 1, 40)
	length(&faults, "kind", "机构类别", n.Kind, 0, 20)
	if err := faults.Err(); err != nil {
		return uuid.Nil, err
	}
	id := tenancy.NewID()
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.OrganWrite); err != nil {
			return err
		}
		if n.Parent != uuid.Nil {
			there, err := hasUnit(ctx, tx, n.Parent)
			if err != nil {
				return err
			}
			if !there {
				return errs.InvalidField("parent_id", "没有找到上级机构")
			}
		}
		added, err := insertUnit(ctx, tx, id, n)
		if err != nil {
			return err
		}
		if !added {
			return errs.New(errs.Conflict, "内设机构“%s”已经存在", n.Name)
		}
		tx.Record(tenancy.Event{Kind: "unit.created", Subject: tenancy.Subject{Kind: "unit", ID: id}, Detail: map[string]any{"name": n.Name}})
		return nil
	})
	return tenancy.Changed(id, err)
}

// Units are the inner units of the caller's tenant, by name.
func (s *Service) Units(ctx context.Context) ([]UnitView, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.OrganRead); err != nil {
		return nil, err
	}
	return listUnits(ctx, q)
}
