package roles

import (
	"context"

	"shangda/authz"
	"shangda/tenancy"
)

func loadOwn(ctx context.Context, q tenancy.Querier) ([]authz.Role, error) {
	return tenancy.Collect[authz.Role](ctx, q, `
		select code, class, name from roles where tenant_id = $1 and origin = 'own' order by code`, q.Tenant())
}

func loadGrants(ctx context.Context, q tenancy.Querier) ([]authz.Grant, error) {
	type row struct {
		Role       string
		Permission string
		Scope      string
	}
	rows, err := tenancy.Collect[row](ctx, q, `
		select role, permission, scope from role_grants where tenant_id = $1 order by role, permission`, q.Tenant())
	if err != nil {
		return nil, err
	}
	grants := make([]authz.Grant, 0, len(rows))
	for _, r := range rows {
		grants = append(grants, authz.Grant{Role: r.Role, Permission: authz.Permission(r.Permission), Scope: authz.ScopeNames[r.Scope]})
	}
	return grants, nil
}
