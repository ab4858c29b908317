package roles

import (
	"context"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
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

func loadRoles(ctx context.Context, q tenancy.Querier) ([]RoleView, error) {
	return tenancy.Collect[RoleView](ctx, q, `
		select code, name, class, origin from roles where tenant_id = $1
		order by origin desc, array_position(array['business', 'system', 'security', 'audit'], class), code`, q.Tenant())
}

func find(ctx context.Context, q tenancy.Querier, code string) (*RoleView, error) {
	return first(tenancy.Collect[RoleView](ctx, q, `
		select code, name, class, origin from roles where tenant_id = $1 and code = $2`, q.Tenant(), code))
}

// lock finds a role and keeps others from changing it meanwhile.
func lock(ctx context.Context, tx *tenancy.Tx, code string) (*RoleView, error) {
	return first(tenancy.Collect[RoleView](ctx, tx, `
		select code, name, class, origin from roles where tenant_id = $1 and code = $2 for update`, tx.Tenant(), code))
}

func first(found []RoleView, err error) (*RoleView, error) {
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// grantsOf are the rights of a role, shipped or own, by permission.
func grantsOf(ctx context.Context, q tenancy.Querier, role RoleView) (map[string]string, error) {
	grants, err := loadGrants(ctx, q)
	if err != nil {
		return nil, err
	}
	if role.Origin == "template" {
		grants = authz.ShippedGrants(q.Principal().Tenant.Kind)
	}
	found := map[string]string{}
	for _, g := range grants {
		if g.Role == role.Code {
			found[string(g.Permission)] = authz.ScopeName(g.Scope)
		}
	}
	return found, nil
}

// insertRole is false where the code is taken.
func insertRole(ctx context.Context, tx *tenancy.Tx, r authz.Role) (bool, error) {
	n, err := tx.Exec(ctx, `
		insert into roles (tenant_id, code, name, class, origin) values ($1, $2, $3, $4, 'own') on conflict do nothing`,
		tx.Tenant(), r.Code, r.Name, r.Class)
	return n == 1, err
}

func replaceGrants(ctx context.Context, tx *tenancy.Tx, code string, grants map[string]string) error {
	if _, err := tx.Exec(ctx, `delete from role_grants where tenant_id = $1 and role = $2`, tx.Tenant(), code); err != nil {
		return err
	}
	permissions, scopes := make([]string, 0, len(grants)), make([]string, 0, len(grants))
	for permission, scope := range grants {
		permissions, scopes = append(permissions, permission), append(scopes, scope)
	}
	_, err := tx.Exec(ctx, `
		insert into role_grants (tenant_id, role, permission, scope)
		select $1, $2, g.permission, g.scope from unnest($3::text[], $4::text[]) as g(permission, scope)`,
		tx.Tenant(), code, permissions, scopes)
	return err
}

// lockMember tells the class of a member, empty where there is none, and keeps others from changing its roles meanwhile.
func lockMember(ctx context.Context, tx *tenancy.Tx, membership uuid.UUID) (string, error) {
	found, err := tenancy.Scalars[string](ctx, tx, `
		select class from memberships where tenant_id = $1 and id = $2 for update`, tx.Tenant(), membership)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

// replaceHolder keeps the rows of roles that stay: they say who granted them and when.
func replaceHolder(ctx context.Context, tx *tenancy.Tx, membership uuid.UUID, class string, codes []string) error {
	_, err := tx.Exec(ctx, `
		delete from role_holders where tenant_id = $1 and membership_id = $2 and role <> all(coalesce($3::text[], '{}'))`,
		tx.Tenant(), membership, codes)
	if err != nil {
		return err
	}
	var by *uuid.UUID
	if p := tx.Principal(); !p.System() {
		by = &p.Membership
	}
	_, err = tx.Exec(ctx, `
		insert into role_holders (tenant_id, membership_id, role, class, granted_by, granted_at)
		select $1, $2, r, $3, $4, $5 from unnest($6::text[]) as r on conflict do nothing`,
		tx.Tenant(), membership, class, by, tx.Now(), codes)
	return err
}

// bump tells every process that who may do what has changed.
func bump(ctx context.Context, tx *tenancy.Tx) error {
	_, err := tx.Exec(ctx, `update policies set version = version + 1 where tenant_id = $1`, tx.Tenant())
	return err
}

func loadHeld(ctx context.Context, q tenancy.Querier, membership uuid.UUID) ([]string, error) {
	found, err := tenancy.Scalars[[]string](ctx, q, `
		select array(select h.role from role_holders h where h.tenant_id = m.tenant_id and h.membership_id = m.id order by h.role)
		from memberships m where m.tenant_id = $1 and m.id = $2`, q.Tenant(), membership)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, errs.Missing()
	}
	return found[0], nil
}
