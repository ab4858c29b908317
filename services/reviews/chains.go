package reviews

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Chains lists the tenant's chains, those in use first.
func (s *Service) Chains(ctx context.Context) ([]Chain, error) {
	q, err := s.readChains(ctx)
	if err != nil {
		return nil, err
	}
	return listChains(ctx, q)
}

// Chain finds a chain of the tenant.
func (s *Service) Chain(ctx context.Context, id uuid.UUID) (Chain, error) {
	q, err := s.readChains(ctx)
	if err != nil {
		return Chain{}, err
	}
	return findChain(ctx, q, id)
}

func (s *Service) readChains(ctx context.Context) (tenancy.Querier, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	return q, authz.Holds(q.Principal(), authz.ChainRead)
}

// CreateChain sets up a flow and gives it the routes it is for, from the flows under the same condition; one left without a
// route ends. Invalid input is
// named field by field. Running reviews keep the steps they started with.
func (s *Service) CreateChain(ctx context.Context, c NewChain) (uuid.UUID, error) {
	return s.putChain(ctx, uuid.Nil, c)
}

// UpdateChain puts a new chain in the place of an active one and returns the new one's id. Conflict where the old one
// is no longer in use.
func (s *Service) UpdateChain(ctx context.Context, id uuid.UUID, c NewChain) (uuid.UUID, error) {
	if id == uuid.Nil {
		return uuid.Nil, errs.Missing()
	}
	return s.putChain(ctx, id, c)
}

func (s *Service) putChain(ctx context.Context, old uuid.UUID, c NewChain) (uuid.UUID, error) {
	if err := c.Validate(); err != nil {
		return uuid.Nil, err
	}
	id, kind := tenancy.NewID(), "chain.created"
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.ChainWrite); err != nil {
			return err
		}
		if err := checkSigners(ctx, tx, c.Steps); err != nil {
			return err
		}
		if err := lockChains(ctx, tx); err != nil {
			return err
		}
		detail := map[string]any{"name": c.Name, "applies_to": c.AppliesTo, "steps": len(c.Steps)}
		if old != uuid.Nil {
			kind, detail["replaces"] = "chain.replaced", old
			if err := replace(ctx, tx, old); err != nil {
				return err
			}
		}
		if err := takeOver(ctx, tx, c.AppliesTo, c.When.Key()); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: kind, Subject: tenancy.Subject{Kind: "chain", ID: id}, Detail: detail})
		return insertChain(ctx, tx, id, c)
	})
	return id, err
}

func replace(ctx context.Context, tx *tenancy.Tx, old uuid.UUID) error {
	if _, err := findChain(ctx, tx, old); err != nil {
		return err
	}
	ended, err := endChain(ctx, tx, old)
	if err == nil && !ended {
		err = errs.New(errs.Conflict, "这个流程已停用，请刷新后修改现行流程")
	}
	return err
}

// EndChain takes a flow out of use without another in its place. Conflict where it is not in use.
func (s *Service) EndChain(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.ChainWrite); err != nil {
			return err
		}
		if err := replace(ctx, tx, id); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "chain.ended", Subject: tenancy.Subject{Kind: "chain", ID: id}})
		return nil
	})
}

// checkSigners refuses a step that waits for a role or a person the tenant does not have: it would wait for ever.
func checkSigners(ctx context.Context, tx *tenancy.Tx, steps []Step) error {
	roles, people := map[string]bool{}, map[uuid.UUID]bool{}
	for _, s := range steps {
		if s.Role != "" {
			roles[s.Role] = true
		}
		for _, id := range s.People {
			people[id] = true
		}
	}
	if len(roles) > 0 {
		if n, err := knownRoles(ctx, tx, slices.Collect(maps.Keys(roles))); err != nil || n != len(roles) {
			return cmp.Or(err, error(errs.InvalidField("steps", "有环节指定了本单位没有的角色")))
		}
	}
	if len(people) > 0 {
		if n, err := knownPeople(ctx, tx, slices.Collect(maps.Keys(people))); err != nil || n != len(people) {
			return cmp.Or(err, error(errs.InvalidField("steps", "有环节指定的人员不是本单位的在职成员")))
		}
	}
	return nil
}
