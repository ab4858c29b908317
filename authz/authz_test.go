package authz

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"shangda/internal/errs"
	"shangda/tenancy"
)

var kinds = []string{"operator", "cppcc", "party", "federation", "group", "front", "office", "department"}

// classOf maps every role of a template or of the actors to its class.
func classOf(t *template) map[string]Class {
	classes := map[string]Class{}
	for _, r := range t.roles {
		classes[r.Code] = r.Class
	}
	return classes
}

func TestEveryGrantOfThePolicyFits(t *testing.T) {
	for domain, tmpl := range templates() {
		classes := classOf(tmpl)
		seen := map[string]bool{}
		for _, g := range tmpl.grants {
			where := fmt.Sprintf("%s, %s, %s", domain, g.Role, g.Permission)
			class, known := classes[g.Role]
			if !known {
				t.Errorf("%s: no such role", where)
			}
			d, known := Describe(g.Permission)
			if !known || g.Scope == tenancy.ScopeNone {
				t.Errorf("%s: no such permission or scope", where)
			}
			if domain != "actors" && d.Class != Common && d.Class != class {
				t.Errorf("%s: a %s permission in a %s role", where, d.Class, class)
			}
			if class != Business && domain != "actors" && strings.HasPrefix(string(g.Permission), "report:") {
				t.Errorf("%s: an administrator gets at reports", where)
			}
			if strings.HasPrefix(string(g.Permission), "tenant:") && domain != "template:operator" || g.Permission == LineWrite && domain != "template:operator" {
				t.Errorf("%s: the operator's right elsewhere", where)
			}
			if seen[where] {
				t.Errorf("%s: twice", where)
			}
			seen[where] = true
		}
	}
}

func TestNobodyOfTheOperatorSeesReports(t *testing.T) {
	for _, g := range ShippedGrants("operator") {
		if d, _ := Describe(g.Permission); d.Class == Business {
			t.Errorf("%s may %s", g.Role, g.Permission)
		}
	}
}

func TestEveryPermissionIsHeldAndDescribed(t *testing.T) {
	held := map[Permission]bool{}
	for _, tmpl := range templates() {
		for _, g := range tmpl.grants {
			held[g.Permission] = true
		}
	}
	seen := map[Permission]bool{}
	for _, d := range Permissions {
		if !held[d.Permission] {
			t.Errorf("nobody holds %s", d.Permission)
		}
		if seen[d.Permission] || d.Sentence == "" || !slices.Contains([]Class{Common, Business, System, Security, Audit}, d.Class) {
			t.Errorf("%+v is listed twice or badly", d)
		}
		seen[d.Permission] = true
	}
}

// same asks Casbin itself for every role and permission.
func same(fail func(string, ...any), domain string, table *Table, roles []Role, grants []Grant) {
	e, err := enforcer(domain, grants)
	if err != nil {
		fail("%v", err)
		return
	}
	for _, role := range roles {
		for _, d := range Permissions {
			allowed, rule, err := e.EnforceEx("role:"+role.Code, domain, string(d.Permission))
			if err != nil {
				fail("%v", err)
			}
			want := tenancy.ScopeNone
			if allowed {
				want = ScopeNames[rule[3]]
			}
			if got := table.Scope([]string{role.Code}, string(d.Permission)); got != want {
				fail("%s %s %s: table %d, Casbin %d", domain, role.Code, d.Permission, got, want)
			}
		}
	}
}

func TestTheTableIsWhatCasbinSays(t *testing.T) {
	for _, kind := range kinds {
		table, err := NewTable(tenancy.Tenant{Kind: kind}, 1, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		same(t.Errorf, templateOf(kind), table, ShippedRoles(kind), ShippedGrants(kind))
	}
	actors := templates()["actors"]
	same(t.Errorf, "actors", Actors().(*Table), actors.roles, actors.grants)
}

func TestTheTableOfOwnRolesIsWhatCasbinSays(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		kind := rapid.SampledFrom(kinds).Draw(r, "kind")
		var own []Role
		var grants, standing []Grant
		for i := range rapid.IntRange(1, 4).Draw(r, "roles") {
			role := Role{Code: fmt.Sprintf("own_%d", i), Class: rapid.SampledFrom([]Class{Business, System, Security, Audit}).Draw(r, "class")}
			own = append(own, role)
			for _, d := range Permissions {
				scope := rapid.SampledFrom([]tenancy.Scope{tenancy.ScopeNone, tenancy.ScopeOwn, tenancy.ScopeUnit, tenancy.ScopeTenant}).Draw(r, "scope")
				if scope == tenancy.ScopeNone {
					continue
				}
				g := Grant{Role: role.Code, Permission: d.Permission, Scope: scope}
				grants = append(grants, g)
				if Grantable(kind, role.Class, d.Permission) {
					standing = append(standing, g)
				}
			}
		}
		tenant := tenancy.Tenant{Kind: kind, Code: "t1"}
		table, err := NewTable(tenant, 7, own, grants)
		if err != nil {
			r.Fatal(err)
		}
		same(r.Fatalf, "tenant:t1", table, own, standing)
		same(r.Fatalf, templateOf(kind), table, ShippedRoles(kind), ShippedGrants(kind))
	})
}

func TestTheWidestOfSeveralRolesCounts(t *testing.T) {
	table, err := NewTable(tenancy.Tenant{Kind: "cppcc"}, 1, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, roles := range [][]string{{"member", "editor"}, {"editor", "member"}} {
		if got := table.Scope(roles, string(ReportRead)); got != tenancy.ScopeTenant {
			t.Errorf("%v: %d", roles, got)
		}
	}
}

func TestNamesThatOnlyLookLikeRolesHaveNothing(t *testing.T) {
	table, err := NewTable(tenancy.Tenant{Kind: "cppcc", Code: "t1"}, 1, []Role{{Code: "own", Class: Business}}, []Grant{{Role: "own", Permission: ReportRead, Scope: tenancy.ScopeTenant}})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "role:editor", "Editor", "editor ", "operator", "courier", "actor:courier", "actor:founder", "template:committee", "editor,own", "*"} {
		for _, d := range Permissions {
			if table.Scope([]string{name}, string(d.Permission)) != tenancy.ScopeNone {
				t.Errorf("%q may %s", name, d.Permission)
			}
		}
	}
	// A person named like a role: names, logins and titles are never asked, only Roles.
	impostor := &tenancy.Principal{Name: "editor", Login: "role:editor", Title: "editor", Post: "editor", Policy: table}
	for _, d := range Permissions {
		if May(impostor, d.Permission) {
			t.Errorf("a person named like a role may %s", d.Permission)
		}
	}
	for _, unknown := range []string{"", "report:*", "*", "report:READ", "report:burn"} {
		if table.Scope([]string{"editor", "own"}, unknown) != tenancy.ScopeNone {
			t.Errorf("the permission %q, which is none, is allowed", unknown)
		}
	}
	if May(nil, ReportRead) || May(&tenancy.Principal{Roles: []string{"editor"}}, ReportRead) {
		t.Error("nobody, or somebody without a policy, may read reports")
	}
}

func TestCheckTellsNotFoundFromForbidden(t *testing.T) {
	table, err := NewTable(tenancy.Tenant{Kind: "cppcc"}, 1, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	me, unit := uuid.New(), uuid.New()
	who := func(role string) *tenancy.Principal {
		return &tenancy.Principal{Membership: me, Unit: unit, Roles: []string{role}, Policy: table}
	}
	mine, another := Object{Read: ReportRead, Owner: me, Private: true}, Object{Read: ReportRead, Owner: uuid.New()}
	draft := another
	draft.Private = true
	for _, c := range []struct {
		role       string
		permission Permission
		object     Object
		want       errs.Kind
	}{
		{"member", ReportWrite, mine, ""},
		{"member", ReportWrite, another, errs.NotFound},
		{"member", ReportScreen, mine, errs.Forbidden},
		{"editor", ReportScreen, another, ""},
		{"editor", ReportScreen, draft, errs.NotFound},
		{"editor", ReportWrite, another, errs.Forbidden},
		{"editor", ReportAdopt, another, errs.Forbidden},
		{"system_admin", ReportRead, another, errs.NotFound},
	} {
		err := Check(who(c.role), c.permission, c.object)
		if c.want == "" && err != nil || c.want != "" && !errs.Is(err, c.want) {
			t.Errorf("%s %s %+v: %v", c.role, c.permission, c.object, err)
		}
	}
}

func TestALookUpAllocatesNothing(t *testing.T) {
	p, object := benchmarked(t)
	if n := testing.AllocsPerRun(100, func() { _ = Check(p, ReportScreen, object) }); n != 0 {
		t.Errorf("%g allocations a check", n)
	}
}

func BenchmarkCheck(b *testing.B) {
	p, object := benchmarked(b)
	b.ReportAllocs()
	for b.Loop() {
		if Check(p, ReportScreen, object) != nil {
			b.Fatal("refused")
		}
	}
}

func benchmarked(t testing.TB) (*tenancy.Principal, Object) {
	own := []Role{{Code: "own", Class: Business}}
	table, err := NewTable(tenancy.Tenant{Kind: "cppcc", Code: "t1"}, 1, own, []Grant{{Role: "own", Permission: ReportRead, Scope: tenancy.ScopeOwn}})
	if err != nil {
		t.Fatal(err)
	}
	return &tenancy.Principal{Membership: uuid.New(), Roles: []string{"own", "member", "editor"}, Policy: table}, Object{Read: ReportRead, Owner: uuid.New()}
}
