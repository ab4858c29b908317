package roles

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"shangda/authz"
)

// Held are the roles of a member of the caller's tenant, in order; not found where there is no such member.
func (s *Service) Held(ctx context.Context, membership uuid.UUID) ([]string, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.MemberRead); err != nil {
		return nil, err
	}
	return loadHeld(ctx, q, membership)
}

// RoleView is a role as the matrix shows it.
type RoleView struct {
	Code   string      `json:"code"`
	Name   string      `json:"name"`
	Class  authz.Class `json:"class"`
	Origin string      `json:"origin" enum:"template,own"`
}

// PermissionView is a permission as the matrix shows it.
type PermissionView struct {
	Code     authz.Permission `json:"code"`
	Sentence string           `json:"sentence"`
	Class    authz.Class      `json:"class"`
}

// Matrix is who may do what in a tenant: all its roles, all permissions of its kind, and role → permission → scope.
type Matrix struct {
	Roles       []RoleView                             `json:"roles"`
	Permissions []PermissionView                       `json:"permissions"`
	Grants      map[string]map[authz.Permission]string `json:"grants"`
}

// Matrix reads the roles of the caller's tenant and their rights.
func (s *Service) Matrix(ctx context.Context) (Matrix, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Matrix{}, err
	}
	if err := authz.Holds(q.Principal(), authz.RoleRead); err != nil {
		return Matrix{}, err
	}
	kind := q.Principal().Tenant.Kind
	m := Matrix{Grants: map[string]map[authz.Permission]string{}}
	if m.Roles, err = loadRoles(ctx, q); err != nil {
		return Matrix{}, err
	}
	grants, err := loadGrants(ctx, q)
	if err != nil {
		return Matrix{}, err
	}
	for _, role := range m.Roles {
		m.Grants[role.Code] = map[authz.Permission]string{}
	}
	for _, g := range slices.Concat(authz.ShippedGrants(kind), grants) {
		if m.Grants[g.Role] != nil {
			m.Grants[g.Role][g.Permission] = authz.ScopeName(g.Scope)
		}
	}
	for _, d := range authz.Permissions {
		if authz.Offered(kind, d.Permission) {
			m.Permissions = append(m.Permissions, PermissionView{Code: d.Permission, Sentence: d.Sentence, Class: d.Class})
		}
	}
	return m, nil
}
