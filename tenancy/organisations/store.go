package organisations

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// One change at a time hands out tenant numbers, and one draws lines.
const (
	lockOfTenants = 7_110_311
	lockOfLines   = 7_110_312
)

func lock(ctx context.Context, tx *tenancy.Tx, key int64) error {
	_, err := tx.Exec(ctx, `select pg_advisory_xact_lock($1)`, key)
	return err
}

// sameTenant is empty where the code is free, else whether the tenant of that code is this very one.
func sameTenant(ctx context.Context, tx *tenancy.Tx, n NewTenant) ([]bool, error) {
	return tenancy.Scalars[bool](ctx, tx, `
		select (name, short_name, kind, party, level, division, class, journal) = ($2, $3, $4, $5, $6, $7, $8, $9)
		from platform.tenants where code = $1`,
		n.Code, n.Name, n.ShortName, n.Kind, n.Party, n.Level, n.Division, n.Class, n.Journal)
}

func insertTenant(ctx context.Context, tx *tenancy.Tx, n NewTenant) error {
	_, err := tx.Exec(ctx, `
		insert into platform.tenants (id, code, name, short_name, kind, party, level, division, class, journal, opened_at)
		select max(id) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 from platform.tenants`,
		n.Code, n.Name, n.ShortName, n.Kind, n.Party, n.Level, n.Division, n.Class, n.Journal, tx.Now())
	return err
}

// putRoles enters the shipped roles and the tenant's policy version.
func putRoles(ctx context.Context, tx *tenancy.Tx, shipped []authz.Role) error {
	_, err := tx.Exec(ctx, `insert into policies (tenant_id, version) values ($1, 1) on conflict do nothing`, tx.Tenant())
	if err != nil {
		return err
	}
	for _, role := range shipped {
		_, err := tx.Exec(ctx, `
			insert into roles (tenant_id, code, name, class, origin) values ($1, $2, $3, $4, 'template') on conflict do nothing`,
			tx.Tenant(), role.Code, role.Name, role.Class)
		if err != nil {
			return err
		}
	}
	return nil
}

func hasMembers(ctx context.Context, tx *tenancy.Tx) (bool, error) {
	return tenancy.Scalar[bool](ctx, tx, `select exists (select from memberships where tenant_id = $1)`, tx.Tenant())
}

func putPerson(ctx context.Context, tx *tenancy.Tx, a NewAdministrator) (uuid.UUID, error) {
	return tenancy.Scalar[uuid.UUID](ctx, tx, `select platform.person_put($1, $2, $3, $4, $5)`,
		tenancy.NewID(), a.Login, a.Name, a.PasswordHash, tx.Now())
}

func insertAdministrator(ctx context.Context, tx *tenancy.Tx, membership, person uuid.UUID, a NewAdministrator) error {
	_, err := tx.Exec(ctx, `
		insert into memberships (tenant_id, id, person_id, class, name, title, created_at) values ($1, $2, $3, $4, $5, $6, $7)`,
		tx.Tenant(), membership, person, a.Class, a.Name, classNames[a.Class], tx.Now())
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `select platform.directory_put($1, $2, true)`, person, membership)
	return err
}

func insertHolder(ctx context.Context, tx *tenancy.Tx, membership uuid.UUID, role authz.Role) error {
	_, err := tx.Exec(ctx, `
		insert into role_holders (tenant_id, membership_id, role, class, granted_at) values ($1, $2, $3, $4, $5)`,
		tx.Tenant(), membership, role.Code, role.Class, tx.Now())
	return err
}

// TenantView is an organisation as the operator sees it.
type TenantView struct {
	Code      string    `json:"code"`
	Name      string    `json:"name"`
	ShortName string    `json:"short_name"`
	Kind      string    `json:"kind" enum:"operator,cppcc,party,federation,group,front,office,department"`
	Party     string    `json:"party"`
	Level     string    `json:"level" enum:"county,city,province,national"`
	Division  string    `json:"division"`
	Class     string    `json:"class"`
	Journal   string    `json:"journal"`
	State     string    `json:"state" enum:"active,suspended,closed"`
	OpenedAt  time.Time `json:"opened_at"`
}

func listTenants(ctx context.Context, q tenancy.Querier, words, after string, limit int) ([]TenantView, error) {
	return tenancy.Collect[TenantView](ctx, q, `
		select code, name, short_name, kind, party, level, division, class, journal, state, opened_at from platform.tenants
		where code > $1 and (strpos(name, $2) > 0 or strpos(short_name, $2) > 0 or strpos(code, $2) > 0)
		order by code limit $3`, after, words, limit)
}

func getTenant(ctx context.Context, q tenancy.Querier, code string) (TenantView, error) {
	return tenancy.Get[TenantView](ctx, q, `
		select code, name, short_name, kind, party, level, division, class, journal, state, opened_at from platform.tenants
		where code = $1`, code)
}

// UnitView is an inner unit.
type UnitView struct {
	ID       uuid.UUID  `json:"id"`
	Name     string     `json:"name"`
	Kind     string     `json:"kind"`
	ParentID *uuid.UUID `json:"parent_id,omitempty"`
}

func listUnits(ctx context.Context, q tenancy.Querier) ([]UnitView, error) {
	return tenancy.Collect[UnitView](ctx, q, `select id, name, kind, parent_id from units where tenant_id = $1 order by name`, q.Tenant())
}

func hasUnit(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (bool, error) {
	return tenancy.Scalar[bool](ctx, tx, `select exists (select from units where tenant_id = $1 and id = $2)`, tx.Tenant(), id)
}

// insertUnit is false where the name is taken.
func insertUnit(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n NewUnit) (bool, error) {
	var parent *uuid.UUID
	if n.Parent != uuid.Nil {
		parent = &n.Parent
	}
	added, err := tx.Exec(ctx, `
		insert into units (tenant_id, id, name, kind, parent_id, created_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
		tx.Tenant(), id, n.Name, n.Kind, parent, tx.Now())
	return added == 1, err
}

func tenantsByCode(ctx context.Context, q tenancy.Querier, codes []string) ([]tenancy.Tenant, error) {
	return tenancy.Collect[tenancy.Tenant](ctx, q, `
		select id, code, name, short_name, kind, party, level, division, class, journal, state from platform.tenants
		where code = any($1) and state = 'active'`, codes)
}

func findLine(ctx context.Context, q tenancy.Querier, id uuid.UUID) (LineView, error) {
	found, err := tenancy.Collect[LineView](ctx, q, selectLines+` where l.id = $1`, id)
	if err == nil && len(found) == 0 {
		err = errs.Missing()
	}
	if err != nil {
		return LineView{}, err
	}
	return found[0], nil
}
