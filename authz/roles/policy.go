// Package roles keeps the roles of a tenant: the shipped ones it starts with, its own, and who holds them.
package roles

import (
	"context"
	"sync"

	"shangda/authz"
	"shangda/tenancy"
)

// Policies compiles a tenant's rights from its rows, once per policy version and process. Safe for concurrent use.
type Policies struct {
	mu     sync.RWMutex
	tables map[int32]*authz.Table
}

// NewPolicies starts empty.
func NewPolicies() *Policies { return &Policies{tables: map[int32]*authz.Table{}} }

// Policy is the table of the querier's tenant at that version (tenancy.PolicySource). A table is never changed: a new
// version is a new table, put in place of the old one.
func (s *Policies) Policy(ctx context.Context, q tenancy.Querier, version int64) (tenancy.Policy, error) {
	tenant := q.Principal().Tenant
	s.mu.RLock()
	table := s.tables[tenant.ID]
	s.mu.RUnlock()
	if table != nil && table.Version() == version {
		return table, nil
	}
	own, err := loadOwn(ctx, q)
	if err != nil {
		return nil, err
	}
	grants, err := loadGrants(ctx, q)
	if err != nil {
		return nil, err
	}
	fresh, err := authz.NewTable(tenant, version, own, grants)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if old := s.tables[tenant.ID]; old == nil || old.Version() < version {
		s.tables[tenant.ID] = fresh
	}
	return fresh, nil
}
