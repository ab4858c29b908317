package tenancytest_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"shangda/authz"
	"shangda/authz/roles"
	"shangda/internal/clock"
	"shangda/internal/errs"
	"shangda/internal/httpx"
	"shangda/internal/testdb"
	"shangda/tenancy"
	"shangda/tenancy/login"
	"shangda/tenancy/members"
	"shangda/tenancy/organisations"
	"shangda/tenancy/tenancytest"
)

func hash(string) (string, error) { return "x", nil }

// program is the rooms that keep tenants and people, served on a real port behind the real sessions.
type program struct {
	*tenancytest.World
	api      *authz.API
	url      string
	serial   int
	register *organisations.Service
	members  *members.Service
	roles    *roles.Service
}

func newProgram(t *testing.T) *program {
	w := tenancytest.On(t, testdb.Fresh(t))
	app := httpx.New(nil)
	p := &program{World: w, api: &authz.API{Huma: humafiber.New(app, huma.DefaultConfig("test", "1")), App: app}}
	directory := tenancy.NewDirectory(w.Pool())
	p.register, p.members, p.roles = organisations.New(w.DB, directory, hash), members.New(w.DB, hash), roles.New(w.DB)
	p.members.Roles = p.roles
	doors := login.New(w.DB, w.Pool(), directory, w.Policies, clock.System())
	app.Use("/api/v1/t/:tenant", doors.Middleware())
	return p
}

// doors registers the routes of the rooms.
func (p *program) doors() {
	p.register.Routes(p.api)
	p.members.Routes(p.api)
	p.roles.Routes(p.api)
}

func (p *program) serve(t *testing.T) {
	p.doors()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = p.api.App.Listener(listener) }()
	t.Cleanup(func() { _ = p.api.App.Shutdown() })
	p.url = "http://" + listener.Addr().String()
}

func (p *program) isolation(t *testing.T) tenancytest.IsolationCase {
	keepers := map[string]*tenancytest.Person{}
	return tenancytest.IsolationCase{World: p.World, Routes: p.api.Routes(), URL: p.url,
		Sample: func(route authz.Route, of *tenancytest.Tenant) tenancytest.Sample {
			return p.sample(t, keepers, route, of)
		}}
}

// sample makes good inputs with new objects of that tenant.
func (p *program) sample(t *testing.T, keepers map[string]*tenancytest.Person, route authz.Route, of *tenancytest.Tenant) tenancytest.Sample {
	p.serial++
	name := fmt.Sprintf("s%d", p.serial)
	params := map[string]string{}
	if strings.Contains(route.Path, "/members/{id}") {
		member := of.Person("member")
		params["id"] = member.Membership.String()
		if strings.HasSuffix(route.Path, "/resume") {
			system := keeper(keepers, of, "system_admin")
			if err := p.members.Suspend(system.Context(), member.Membership); err != nil {
				t.Fatal(err)
			}
		}
	}
	if strings.Contains(route.Path, "/roles/{code}") {
		params["code"] = "own_" + strings.ReplaceAll(of.Code, "-", "_")
		guard := keeper(keepers, of, "security_admin")
		err := p.roles.Create(guard.Context(), roles.NewRole{Code: params["code"], Name: "自设", CopyOf: "editor"})
		if err != nil && !errs.Is(err, errs.Conflict) {
			t.Fatal(err)
		}
	}
	if strings.Contains(route.Path, "{id}") && params["id"] == "" {
		params["id"] = uuid.NewString()
	}
	bodies := map[string]string{
		"POST /units":              `{"name":"` + name + `"}`,
		"POST /platform/tenants":   `{}`,
		"POST /members":            `{"name":"甲","login":"iso.` + name + `","password":"12345678"}`,
		"PATCH /members/{id}":      `{"title":"新职务"}`,
		"PUT /members/{id}/roles":  `{"roles":["officer"]}`,
		"POST /roles":              `{"code":"made_` + name + `","name":"新角色","copy_of":"editor"}`,
		"PUT /roles/{code}/grants": `{"report:read":"own"}`,
	}
	return tenancytest.Sample{Params: params, Body: bodies[route.Method+" "+strings.TrimPrefix(route.Path, authz.TenantPath)]}
}

func keeper(keepers map[string]*tenancytest.Person, of *tenancytest.Tenant, role string) *tenancytest.Person {
	if keepers[of.Code+role] == nil {
		keepers[of.Code+role] = of.Person(role)
	}
	return keepers[of.Code+role]
}

func TestTenantsPeopleAndRolesAreIsolated(t *testing.T) {
	p := newProgram(t)
	p.serve(t)
	tenancytest.Accounting(t, p.api)
	o := tenancytest.Isolation(t, p.isolation(t))
	for _, route := range o.Unproven {
		if !strings.Contains(route, "/platform/") { // the operator's: nobody of a committee may
			t.Errorf("%s succeeded for nobody", route)
		}
	}
	if o.Requests < 500 {
		t.Errorf("only %d requests", o.Requests)
	}
}

type unitInput struct {
	ID uuid.UUID `path:"id"`
}
type textOutput struct{ Body string }

// careless reads a unit by its id alone.
func (p *program) careless(ctx context.Context, in *unitInput) (*textOutput, error) {
	q, err := p.DB.Read(ctx)
	if err != nil {
		return nil, err
	}
	names, err := tenancy.Scalars[string](ctx, q, `select name from units where id = $1`, in.ID)
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, errs.Missing()
	}
	return &textOutput{Body: names[0]}, nil
}

// TestADroppedFilterIsFound plants a handler that forgot the tenant. With the policies in place it shows nothing; with
// row-level security off, or a second policy beside the first, the suite sees what it gives away.
func TestADroppedFilterIsFound(t *testing.T) {
	for _, fault := range []struct {
		name, plant string
		found       bool
	}{
		{"policies in place", ``, false},
		{"row-level security off", `alter table units disable row level security`, true},
		{"a second policy", `create policy everything on units to shangda_app using (true)`, true},
	} {
		t.Run(fault.name, func(t *testing.T) {
			p := newProgram(t)
			authz.Register(p.api, authz.OrganRead, huma.Operation{OperationID: "careless", Method: http.MethodGet, Path: "/careless/{id}"}, p.careless)
			routes := p.api.Routes()
			p.serve(t)
			if _, err := p.TestDB.Admin(t).Exec(context.Background(), fault.plant); err != nil {
				t.Fatal(err)
			}
			keepers := map[string]*tenancytest.Person{}
			c := p.isolation(t)
			c.Routes = routes
			c.Sample = func(_ authz.Route, of *tenancytest.Tenant) tenancytest.Sample {
				p.serial++
				id, err := p.register.CreateUnit(keeper(keepers, of, "system_admin").Context(), organisations.NewUnit{Name: fmt.Sprint("机构", p.serial)})
				if err != nil {
					t.Fatal(err)
				}
				return tenancytest.Sample{Params: map[string]string{"id": id.String()}}
			}
			o := c.Run(t)
			leaks := slices.DeleteFunc(o.Unexpected, func(u string) bool { return !strings.Contains(u, "with the victim's id") })
			if fault.found != (len(leaks) > 0) {
				t.Errorf("leaks found: %v", leaks)
			}
			if len(o.Unproven) > 0 {
				t.Errorf("%v answers nobody, so nothing was tried", o.Unproven)
			}
		})
	}
}

func TestARouteWithoutAPermissionIsFound(t *testing.T) {
	p := newProgram(t)
	p.doors()
	p.api.App.Get("/api/v1/t/:tenant/backdoor", func(c *fiber.Ctx) error { return c.SendString("welcome") })
	huma.Register(p.api.Huma, huma.Operation{OperationID: "side-door", Method: http.MethodPost, Path: authz.TenantPath + "/side"},
		func(context.Context, *struct{}) (*textOutput, error) { return nil, nil })
	authz.Open(p.api, "", huma.Operation{OperationID: "no-reason", Method: http.MethodGet, Path: "/api/v1/unreasoned"},
		func(context.Context, *struct{}) (*textOutput, error) { return nil, nil })
	found := strings.Join(tenancytest.Unaccounted(p.api.App, p.api.Routes()), "\n")
	for _, door := range []string{"GET /api/v1/t/:tenant/backdoor", "POST /api/v1/t/:tenant/side", "GET /api/v1/unreasoned"} {
		if !strings.Contains(found, door) {
			t.Errorf("%s is not in %q", door, found)
		}
	}
}

// TestARightKeptAfterWithdrawalIsFound plants a door that remembers for ever what people may do.
func TestARightKeptAfterWithdrawalIsFound(t *testing.T) {
	p := newProgram(t)
	var mu sync.Mutex
	remembered := map[string]*tenancy.Principal{}
	p.api.App.Use("/api/v1/t/:tenant", func(c *fiber.Ctx) error {
		mu.Lock()
		defer mu.Unlock()
		key := c.Get(fiber.HeaderCookie) + c.Params("tenant")
		if old := remembered[key]; old != nil {
			c.SetUserContext(tenancy.With(c.UserContext(), old))
		} else if now := tenancy.From(c.UserContext()); now != nil {
			remembered[key] = now
		}
		return c.Next()
	})
	p.serve(t)
	c := p.isolation(t)
	c.Routes = slices.DeleteFunc(c.Routes, func(r authz.Route) bool { return r.Path != authz.TenantPath+"/organisation" })
	found := c.Run(t).Unexpected
	if len(found) == 0 || slices.ContainsFunc(found, func(u string) bool { return !strings.HasPrefix(u, "former ") }) {
		t.Errorf("found %q, want every former role and nothing else", found)
	}
}
