package authz

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"

	"shangda/tenancy"
)

//go:embed templates/model.conf
var modelText string

//go:embed templates/policy.csv
var policyText string

// Role is a role's code, class and name.
type Role struct {
	Code  string
	Class Class
	Name  string
}

// Grant is one right of a role.
type Grant struct {
	Role       string
	Permission Permission
	Scope      tenancy.Scope
}

// ScopeNames are the scopes as they stand in the policy, in the database and in the API.
var ScopeNames = map[string]tenancy.Scope{"own": tenancy.ScopeOwn, "unit": tenancy.ScopeUnit, "tenant": tenancy.ScopeTenant}

// ScopeName is the name of a scope, empty for none.
func ScopeName(s tenancy.Scope) string {
	for name, scope := range ScopeNames {
		if scope == s {
			return name
		}
	}
	return ""
}

// template is the shipped policy of one kind of tenant.
type template struct {
	roles  []Role
	grants []Grant
	table  map[string][]tenancy.Scope
}

var index = func() map[string]int {
	m := make(map[string]int, len(Permissions))
	for i, d := range Permissions {
		m[string(d.Permission)] = i
	}
	return m
}()

var templates = sync.OnceValue(func() map[string]*template {
	all, err := readTemplates(policyText)
	if err != nil {
		panic(err)
	}
	return all
})

func readTemplates(text string) (map[string]*template, error) {
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comment, reader.TrimLeadingSpace = '#', true
	lines, err := reader.ReadAll()
	if err != nil {
		return nil, err
	}
	all := map[string]*template{}
	for _, line := range lines {
		domain := line[2]
		t := all[domain]
		if t == nil {
			t = &template{}
			all[domain] = t
		}
		code := strings.TrimPrefix(line[1], "role:")
		if line[0] == "g" {
			t.roles = append(t.roles, Role{Code: code, Class: Class(line[3]), Name: line[4]})
			continue
		}
		t.grants = append(t.grants, Grant{Role: code, Permission: Permission(line[3]), Scope: ScopeNames[line[4]]})
	}
	for domain, t := range all {
		if t.table, err = compile(domain, t.roles, t.grants); err != nil {
			return nil, fmt.Errorf("authz: template %s: %w", domain, err)
		}
	}
	return all, nil
}

// enforcer holds the grants of one domain and no other.
func enforcer(domain string, grants []Grant) (*casbin.Enforcer, error) {
	m, err := model.NewModelFromString(modelText)
	if err != nil {
		return nil, err
	}
	e, err := casbin.NewEnforcer(m)
	if err != nil {
		return nil, err
	}
	for _, g := range grants {
		if _, ok := index[string(g.Permission)]; !ok {
			return nil, fmt.Errorf("unknown permission %q", g.Permission)
		}
		if _, err := e.AddPolicy("role:"+g.Role, domain, string(g.Permission), ScopeName(g.Scope)); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// compile asks Casbin once for every role × permission, each role in an enforcer of its own grants: Casbin looks through
// all it holds at each question. An error means no table: deny.
func compile(domain string, roles []Role, grants []Grant) (map[string][]tenancy.Scope, error) {
	byRole := map[string][]Grant{}
	for _, g := range grants {
		byRole[g.Role] = append(byRole[g.Role], g)
	}
	table := make(map[string][]tenancy.Scope, len(roles))
	for _, role := range roles {
		row, err := compileRole(domain, role.Code, byRole[role.Code])
		if err != nil {
			return nil, err
		}
		table[role.Code] = row
	}
	return table, nil
}

func compileRole(domain, role string, grants []Grant) ([]tenancy.Scope, error) {
	e, err := enforcer(domain, grants)
	if err != nil {
		return nil, err
	}
	row := make([]tenancy.Scope, len(Permissions))
	for i, d := range Permissions {
		allowed, rule, err := e.EnforceEx("role:"+role, domain, string(d.Permission))
		if err != nil {
			return nil, err
		}
		if allowed {
			row[i] = ScopeNames[rule[3]]
		}
	}
	return row, nil
}

// Table is a tenant's rights at one policy version: never changed once made.
type Table struct {
	version int64
	shipped map[string][]tenancy.Scope
	own     map[string][]tenancy.Scope
}

// templateOf names the template of a kind of tenant.
func templateOf(kind string) string {
	switch kind {
	case "operator", "department":
		return "template:" + kind
	}
	return "template:committee"
}

// Grantable tells whether a role of that class may have the permission in a tenant of that kind: it fits the class, and
// some shipped role of the kind has it. So nothing of the operator's can be had elsewhere, and no report be read there.
func Grantable(kind string, class Class, permission Permission) bool {
	d, ok := Describe(permission)
	return ok && (d.Class == Common || d.Class == class) && Offered(kind, permission)
}

// Offered tells whether the permission exists in tenants of that kind.
func Offered(kind string, permission Permission) bool {
	return slices.ContainsFunc(ShippedGrants(kind), func(g Grant) bool { return g.Permission == permission })
}

// fitting are the grants that may count: one that cannot stand in its role counts for nothing, however it got there.
func fitting(kind string, own []Role, grants []Grant) []Grant {
	class := make(map[string]Class, len(own))
	for _, role := range own {
		class[role.Code] = role.Class
	}
	return slices.DeleteFunc(slices.Clone(grants), func(g Grant) bool { return !Grantable(kind, class[g.Role], g.Permission) })
}

// NewTable compiles the rights of a tenant: the templates of its kind and its own roles.
func NewTable(tenant tenancy.Tenant, version int64, own []Role, grants []Grant) (*Table, error) {
	shipped := templates()[templateOf(tenant.Kind)]
	t := &Table{version: version, shipped: shipped.table}
	if len(own) == 0 {
		return t, nil
	}
	table, err := compile("tenant:"+tenant.Code, own, fitting(tenant.Kind, own, grants))
	if err != nil {
		return nil, err
	}
	t.own = table
	return t, nil
}

// At is the same rights at another version, for a change that touched only who holds which role.
func (t *Table) At(version int64) *Table {
	same := *t
	same.version = version
	return &same
}

// Version is the policy version this table was made at.
func (t *Table) Version() int64 { return t.version }

// Scope is the widest scope any of the roles has for the permission. It allocates nothing.
func (t *Table) Scope(roles []string, permission string) tenancy.Scope {
	i, ok := index[permission]
	if !ok {
		return tenancy.ScopeNone
	}
	widest := tenancy.ScopeNone
	for _, role := range roles {
		row, ok := t.own[role]
		if !ok {
			row, ok = t.shipped[role]
		}
		if ok && row[i] > widest {
			widest = row[i]
		}
	}
	return widest
}

// ShippedRoles are the roles every tenant of this kind starts with.
func ShippedRoles(kind string) []Role { return templates()[templateOf(kind)].roles }

// ShippedGrants are the rights of these roles.
func ShippedGrants(kind string) []Grant { return templates()[templateOf(kind)].grants }

// Actors is the fixed policy of the program's own actors.
func Actors() tenancy.Policy { return actors() }

var actors = sync.OnceValue(func() *Table { return &Table{shipped: templates()["actors"].table} })
