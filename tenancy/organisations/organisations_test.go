package organisations_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/organisations"
	"shangda/tenancy/tenancytest"
)

func hash(password string) (string, error) { return "hash of " + password, nil }

type platform struct {
	*tenancytest.World
	*organisations.Service
	directory *tenancy.Directory
	operator  context.Context
}

func open(t *testing.T, w *tenancytest.World) platform {
	directory := tenancy.NewDirectory(w.Pool())
	return platform{World: w, Service: organisations.New(w.DB, directory, hash), directory: directory,
		operator: w.Operator().Person("operator").Context()}
}

// county is an organisation that may be opened, under a code of its own.
func county(t *testing.T) organisations.NewTenant {
	code := strings.ToLower(strings.ReplaceAll(t.Name(), "_", "-"))
	code = strings.Trim(code[max(0, len(code)-24):], "-/")
	administrator := func(class string) organisations.NewAdministrator {
		return organisations.NewAdministrator{Class: class, Name: "高远", Login: code + "." + class, PasswordHash: "x"}
	}
	return organisations.NewTenant{Code: code, Name: "政协测试县委员会", ShortName: "测试县政协", Kind: "cppcc", Level: "county", Division: "990199",
		Administrators: []organisations.NewAdministrator{administrator("system"), administrator("security"), administrator("audit")}}
}

func TestAnOpenedTenantCanWork(t *testing.T) {
	t.Parallel()
	p := open(t, tenancytest.New(t))
	n := county(t)
	if err := p.OpenTenant(p.operator, n); err != nil {
		t.Fatal(err)
	}
	tenant, err := p.directory.ByCode(p.operator, n.Code)
	if err != nil || tenant.ID <= 1 || tenant.Name != n.Name || tenant.State != "active" {
		t.Fatalf("%v: %+v", err, tenant)
	}
	for _, a := range n.Administrators {
		person := p.Enter(tenant, a.Login)
		if want := []string{a.Class + "_admin"}; !slices.Equal(person.Roles, want) || person.Class != a.Class {
			t.Errorf("%s holds %v in class %s", a.Class, person.Roles, person.Class)
		}
		if authz.May(person.Principal, authz.ReportRead) {
			t.Errorf("the %s administrator reads reports", a.Class)
		}
	}
	if _, err := p.CreateUnit(p.Enter(tenant, n.Administrators[0].Login).Context(), organisations.NewUnit{Name: "研究室"}); err != nil {
		t.Errorf("the new system administrator makes a unit: %v", err)
	}
	if err := p.OpenTenant(p.operator, n); !errs.Is(err, errs.Conflict) {
		t.Errorf("the same code again: %v", err)
	}
	other := county(t)
	other.Name = "政协另一县委员会"
	if err := p.OpenTenant(p.operator, other); !errs.Is(err, errs.Conflict) {
		t.Errorf("another organisation under the code: %v", err)
	}
}

func TestAHalfOpenedTenantIsFinished(t *testing.T) {
	t.Parallel()
	p := open(t, tenancytest.New(t))
	n := county(t)
	// The connection was lost after the first half: the tenant is there and has nobody.
	tx, err := p.TestDB.Admin(t).Begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.Background()) }()
	for _, statement := range []string{
		`select set_config('app.tenant', '1', true)`,
		`insert into platform.tenants (id, code, name, short_name, kind, level, division, opened_at)
		 values (900001, '` + n.Code + `', '` + n.Name + `', '` + n.ShortName + `', 'cppcc', 'county', '990199', now())`,
	} {
		if _, err := tx.Exec(context.Background(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := p.OpenTenant(p.operator, n); err != nil {
		t.Fatalf("the second half: %v", err)
	}
	tenant, err := p.directory.ByCode(p.operator, n.Code)
	if err != nil {
		t.Fatal(err)
	}
	p.Enter(tenant, n.Administrators[1].Login)
	stranger := []organisations.NewAdministrator{{Class: "security", Name: "外人", Login: "stranger." + n.Code, PasswordHash: "x"}}
	if err := p.Found(p.operator, tenant, stranger); err != nil {
		t.Fatal(err)
	}
	var members int
	if err := p.TestDB.Admin(t).QueryRow(context.Background(), `select count(*) from memberships where tenant_id = $1`, tenant.ID).Scan(&members); err != nil || members != 3 {
		t.Fatalf("%v: founding again made it %d members", err, members)
	}
}

func TestARepeatedOpeningIsOneOpening(t *testing.T) {
	t.Parallel()
	p := open(t, tenancytest.New(t))
	n := county(t)
	for range 2 {
		ctx := tenancy.WithIdempotencyKey(p.operator, "key "+n.Code, "POST /platform/tenants", []byte(n.Code))
		if err := p.OpenTenant(ctx, n); err != nil {
			t.Fatal(err)
		}
	}
}

func TestEveryFaultOfANewTenantIsNamed(t *testing.T) {
	t.Parallel()
	p := open(t, tenancytest.New(t))
	err := p.OpenTenant(p.operator, organisations.NewTenant{Code: "Ä", Kind: "operator", Level: "village", Party: "九三学社", Division: "12",
		Administrators: []organisations.NewAdministrator{{Class: "system", Name: "甲", Login: "same.one"}, {Class: "audit", Name: "乙", Login: "same.one", PasswordHash: "x"}}})
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != errs.Invalid {
		t.Fatal(err)
	}
	var named []string
	for _, f := range e.Fields {
		named = append(named, f.Name)
	}
	for _, field := range []string{"code", "name", "short_name", "kind", "level", "party", "division", "administrators"} {
		if !slices.Contains(named, field) {
			t.Errorf("%s is not named in %v", field, named)
		}
	}
	if n := strings.Count(strings.Join(named, " "), "administrators"); n != 3 {
		t.Errorf("%d faults of administrators, want no password, the same person, no security administrator", n)
	}
}

func TestOnlyTheOperatorRunsThePlatform(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	p := open(t, w)
	here, there := w.Tenant("cppcc", "county"), w.Tenant("cppcc", "city")
	line, err := p.OpenLine(p.operator, organisations.NewLine{Lower: here.Code, Upper: there.Code, From: "2026-11"})
	if err != nil {
		t.Fatal(err)
	}
	acts := map[string]func(context.Context) error{
		"opens a tenant": func(ctx context.Context) error { return p.OpenTenant(ctx, county(t)) },
		"opens a line": func(ctx context.Context) error {
			_, err := p.OpenLine(ctx, organisations.NewLine{Lower: there.Code, Upper: here.Code, From: "2027-01"})
			return err
		},
		"closes a line":   func(ctx context.Context) error { return p.CloseLine(ctx, line, "2026-12") },
		"stops a line":    func(ctx context.Context) error { return p.StopLine(ctx, line) },
		"lists tenants":   func(ctx context.Context) error { _, err := p.Tenants(ctx, "", "", 10); return err },
		"lists all lines": func(ctx context.Context) error { _, err := p.AllLines(ctx); return err },
		"looks at a line": func(ctx context.Context) error { _, err := p.LineByID(ctx, line); return err },
	}
	for _, role := range authz.ShippedRoles("cppcc") {
		person := here.Person(role.Code)
		for what, act := range acts {
			if err := act(person.Context()); !errs.Is(err, errs.NotFound) {
				t.Errorf("%s %s: %v", role.Code, what, err)
			}
		}
	}
	for what, act := range acts {
		if err := act(w.Operator().Person("audit_admin").Context()); !errs.Is(err, errs.Forbidden) {
			t.Errorf("the operator's auditor %s: %v", what, err)
		}
		if err := act(context.Background()); !errs.Is(err, errs.Unauthenticated) {
			t.Errorf("nobody %s: %v", what, err)
		}
	}
}

func TestUnitsAndLinesAreOnesOwn(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	p := open(t, w)
	county, city, other := w.Tenant("cppcc", "county"), w.Tenant("cppcc", "city"), w.Tenant("cppcc", "county")
	w.Line(county, city)
	w.Line(other, city)
	clerk, neighbour, admin := county.Person("editor").Context(), other.Person("editor").Context(), county.Person("system_admin").Context()

	study, err := p.CreateUnit(admin, organisations.NewUnit{Name: "研究室", Kind: "办事机构"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.CreateUnit(admin, organisations.NewUnit{Name: "一科", Parent: study}); err != nil {
		t.Error(err)
	}
	if _, err := p.CreateUnit(admin, organisations.NewUnit{Name: " 研究室 "}); !errs.Is(err, errs.Conflict) {
		t.Errorf("the same name: %v", err)
	}
	if _, err := p.CreateUnit(clerk, organisations.NewUnit{Name: "二科"}); !errs.Is(err, errs.Forbidden) {
		t.Errorf("an editor makes a unit: %v", err)
	}
	foreign := other.Person("system_admin").Context()
	if _, err := p.CreateUnit(foreign, organisations.NewUnit{Name: "寄生科", Parent: study}); !errs.Is(err, errs.Invalid) {
		t.Errorf("under a neighbour's unit: %v", err)
	}
	if units, err := p.Units(clerk); err != nil || len(units) != 2 {
		t.Errorf("%v: own units %v", err, units)
	}
	if units, err := p.Units(neighbour); err != nil || len(units) != 0 {
		t.Errorf("%v: the neighbour sees %v", err, units)
	}
	up, down, err := p.Lines(clerk)
	if err != nil || len(up) != 1 || len(down) != 0 || up[0].UpperCode != city.Code {
		t.Errorf("%v: the county's lines: up %v, down %v", err, up, down)
	}
	up, down, err = p.Lines(city.Person("editor").Context())
	if err != nil || len(up) != 0 || len(down) != 2 {
		t.Errorf("%v: the city's lines: up %v, down %v", err, up, down)
	}
}
