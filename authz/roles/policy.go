// Package roles keeps the roles of a tenant: the shipped ones it starts with, its own, and who holds them.
package roles

import (
	"context"
	"slices"
	"sync"

	"shangda/authz"
	"shangda/tenancy"
)

// Policies compiles a tenant's rights from its rows, once per change of them and process. Safe for concurrent use.
type Policies struct {
	mu       sync.RWMutex
	compiled map[int32]compiled
}

// compiled is a table with the rows it was made from.
type compiled struct {
	table  *authz.Table
	own    []authz.Role
	grants []authz.Grant
}

// NewPolicies starts empty.
func NewPolicies() *Policies { return &Policies{compiled: map[int32]compiled{}} }

// Policy is the table of the querier's tenant at that version (tenancy.PolicySource). A table is never changed: a new
// version is a new table, put in place of the old one.
func (s *Policies) Policy(ctx context.Context, q tenancy.Querier, version int64) (tenancy.Policy, error) {
	tenant := q.Principal().Tenant
	s.mu.RLock()
	old, known := s.compiled[tenant.ID]
	s.mu.RUnlock()
	if known && old.table.Version() == version {
		return old.table, nil
	}
	fresh, err := load(ctx, q)
	if err != nil {
		return nil, err
	}
	if known && slices.Equal(old.own, fresh.own) && slices.Equal(old.grants, fresh.grants) {
		fresh.table = old.table.At(version)
	} else if fresh.table, err = authz.NewTable(tenant, version, fresh.own, fresh.grants); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if newest, known := s.compiled[tenant.ID]; !known || newest.table.Version() < version {
		s.compiled[tenant.ID] = fresh
	}
	return fresh.table, nil
}

func load(ctx context.Context, q tenancy.Querier) (c compiled, err error) {
	if c.own, err = loadOwn(ctx, q); err != nil {
		return c, err
	}
	c.grants, err = loadGrants(ctx, q)
	return c, err
}
