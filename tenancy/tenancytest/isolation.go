package tenancytest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"shangda/authz"
)

// IsolationCase is a running program to be asked for everything by everybody. Wire it on the whole program like this:
//
//	w := tenancytest.On(t, db)                       // the database the server runs on
//	tenancytest.Accounting(t, api)                   // no route beside authz.Register, Open, Raw
//	tenancytest.Isolation(t, tenancytest.IsolationCase{
//		World: w, Routes: api.Routes(), URL: "http://127.0.0.1:…",
//		Sample: func(route authz.Route, of *tenancytest.Tenant) tenancytest.Sample { … ids of objects of that tenant … },
//	})
type IsolationCase struct {
	World  *World
	Routes []authz.Route
	URL    string
	// Sample gives a good input of the route with ids of objects of that tenant. It is called for every request, so it
	// may make a new object where a route uses one up. People whom it suspends or robs of roles must be its own.
	Sample func(route authz.Route, of *Tenant) Sample
	// Open names ("METHOD path") the open routes under a tenant that answer strangers with a success, with the reason.
	Open map[string]string
	// Asks names routes that are no GET and change nothing, such as a question with a long text, with the reason.
	Asks map[string]string
}

// Sample is one input: Params by the names in the route's path (without the tenant), Body as JSON or whatever Header says.
type Sample struct {
	Params map[string]string
	Query  string
	Body   string
	Header map[string]string
}

// Outcome is what came of an IsolationCase.
type Outcome struct {
	Requests   int
	Unexpected []string // answers that should not have been given
	Unproven   []string // routes that succeeded for nobody, so their refusals prove less
}

// Isolation drives every route as every shipped role of its own tenant, of a parent, a child and an unrelated tenant, and as
// nobody; and fails for each answer the table of rights does not expect.
func Isolation(t *testing.T, c IsolationCase) Outcome {
	t.Helper()
	o := c.Run(t)
	for _, u := range o.Unexpected {
		t.Error(u)
	}
	t.Logf("isolation: %d requests over %d routes, %d unexpected answers; succeeded for nobody: %v", o.Requests, len(c.Routes), len(o.Unexpected), o.Unproven)
	return o
}

// Accounting fails for every route of the application under /api/ that authz does not know: nobody checks its rights.
func Accounting(t *testing.T, api *authz.API) {
	t.Helper()
	for _, u := range Unaccounted(api.App, api.Routes()) {
		t.Errorf("%s names no permission", u)
	}
}

// Unaccounted lists the routes of the application under /api/ that were not registered through authz, or without saying
// which permission they need or why none.
func Unaccounted(app *fiber.App, routes []authz.Route) []string {
	known := map[string]bool{}
	var found []string
	for _, r := range routes {
		known[r.Method+" "+strings.NewReplacer("{", ":", "}", "").Replace(r.Path)] = true
		if (r.Permission == "") == (r.Open == "") {
			found = append(found, r.Method+" "+r.Path)
		}
	}
	for _, r := range app.GetRoutes(true) {
		if r.Method != fiber.MethodHead && strings.HasPrefix(r.Path, "/api/") && !known[r.Method+" "+r.Path] {
			found = append(found, r.Method+" "+r.Path)
		}
	}
	return found
}

// crowd is one tenant with a person of every shipped role.
type crowd struct {
	*Tenant
	relation string
	people   []*Person
}

func (w *World) crowd(relation string, t *Tenant) crowd {
	c := crowd{Tenant: t, relation: relation}
	for _, role := range authz.ShippedRoles(t.Kind) {
		c.people = append(c.people, t.Person(role.Code))
	}
	return c
}

// Run is Isolation without the verdict.
func (c IsolationCase) Run(t testing.TB) Outcome {
	t.Helper()
	w := c.World
	victim := w.crowd("own", w.Tenant("cppcc", "city"))
	others := []crowd{w.crowd("parent", w.Tenant("cppcc", "province")), w.crowd("child", w.Tenant("cppcc", "county")), w.crowd("unrelated", w.Tenant("party", "city"))}
	w.FiguresLine(victim.Tenant, others[0].Tenant)
	w.FiguresLine(others[1].Tenant, victim.Tenant)
	kinds := []crowd{w.crowd("department", w.Tenant("department", "city")), w.crowd("operator", w.Operator())}

	r := &run{IsolationCase: c, t: t, proven: map[string]bool{}}
	for _, route := range c.Routes {
		if !strings.HasPrefix(route.Path, authz.TenantPath) {
			continue // sessions of a person: in no tenant, nothing of a tenant
		}
		r.anonymous(route, victim.Tenant)
		for _, o := range others {
			r.stranger(route, o, victim.Tenant)
		}
		if route.Open != "" {
			continue
		}
		for _, of := range append([]crowd{victim}, kinds...) {
			r.own(route, of, of.relation == "own")
		}
	}
	r.withdrawn(victim)
	for _, route := range c.Routes {
		if route.Permission != "" && !r.proven[name(route)] {
			r.Unproven = append(r.Unproven, name(route))
		}
	}
	return r.Outcome
}

// run is one IsolationCase under way.
type run struct {
	IsolationCase
	Outcome
	t      testing.TB
	proven map[string]bool
}

func name(r authz.Route) string { return r.Method + " " + strings.TrimPrefix(r.Path, authz.TenantPath) }

func (r *run) unexpected(who string, route authz.Route, a answer, want string) {
	r.Unexpected = append(r.Unexpected, fmt.Sprintf("%s %s: %d, want %s: %.200s", who, name(route), a.status, want, a.body))
}

// anonymous: nobody gets in.
func (r *run) anonymous(route authz.Route, victim *Tenant) {
	a := r.ask(route, victim, r.Sample(route, victim), nil)
	r.shut("nobody", route, a)
}

// shut: a stranger before a tenant's door. Open routes may refuse in their own way.
func (r *run) shut(who string, route authz.Route, a answer) {
	if route.Open == "" && a.status != http.StatusUnauthorized {
		r.unexpected(who, route, a, "401")
	}
	if _, allowed := r.Open[route.Method+" "+route.Path]; route.Open != "" && !allowed && (a.success() || a.status >= 500) {
		r.unexpected(who, route, a, "a refusal")
	}
}

// stranger: through the victim's door, and through his own with the victim's ids.
func (r *run) stranger(route authz.Route, from crowd, victim *Tenant) {
	for _, p := range from.people {
		who := fmt.Sprintf("%s %s", from.relation, p.Roles[0])
		sample := r.Sample(route, victim)
		r.shut(who+" at the victim's door", route, r.ask(route, victim, sample, p))
		missing, named := sample.missing()
		if route.Open != "" || !named || !authz.May(p.Principal, route.Permission) {
			continue
		}
		foreign, nothing := r.ask(route, from.Tenant, sample, p), r.ask(route, from.Tenant, missing, p)
		if len(sample.Params) > 0 && foreign.status != http.StatusNotFound || foreign.success() || foreign.status >= 500 {
			r.unexpected(who+" with the victim's id", route, foreign, "404")
		}
		if a, b := sample.forget(foreign), missing.forget(nothing); a != b {
			r.unexpected(who+" with the victim's id", route, foreign, "as for an id that is none: "+b)
		}
	}
}

// own: who lacks the permission is refused; who has it is at least let in.
func (r *run) own(route authz.Route, of crowd, sampled bool) {
	for _, p := range of.people {
		may := authz.May(p.Principal, route.Permission)
		if may && !sampled {
			continue
		}
		sample := Sample{Params: map[string]string{}}
		if sampled {
			sample = r.Sample(route, of.Tenant)
		}
		a := r.ask(route, of.Tenant, sample, p)
		who := fmt.Sprintf("%s %s", of.relation, p.Roles[0])
		switch {
		case !may && a.status != http.StatusForbidden:
			r.unexpected(who, route, a, "403")
		case may && (a.status == http.StatusUnauthorized || a.status >= 500):
			r.unexpected(who, route, a, "to be let in")
		}
		r.proven[name(route)] = r.proven[name(route)] || a.success()
	}
}

// withdrawnWithin is how long a right may outlive its withdrawal for reading, and the time of a request; for changing not at all.
const withdrawnWithin = 1100 * time.Millisecond

// withdrawn: who lost his role changes nothing more at once, and reads nothing more within a second.
func (r *run) withdrawn(of crowd) {
	for _, p := range of.people {
		of.Withdraw(p, p.Roles[0])
		for _, route := range r.permitted(p) {
			if route.Method == http.MethodGet || r.Asks[name(route)] != "" {
				continue
			}
			if a := r.ask(route, of.Tenant, r.Sample(route, of.Tenant), p); a.success() {
				r.unexpected("former "+p.Roles[0], route, a, "403 at once")
			}
		}
	}
	deadline := time.Now().Add(withdrawnWithin)
	for _, p := range of.people {
		for _, route := range r.permitted(p) {
			sample := r.Sample(route, of.Tenant)
			a := r.ask(route, of.Tenant, sample, p)
			for a.status != http.StatusForbidden && time.Now().Before(deadline) {
				a = r.ask(route, of.Tenant, sample, p)
			}
			if a.status != http.StatusForbidden {
				r.unexpected("former "+p.Roles[0], route, a, "403 within a second")
			}
		}
	}
}

// permitted are the routes that the person's role had.
func (r *run) permitted(p *Person) []authz.Route {
	return slices.DeleteFunc(slices.Clone(r.Routes), func(route authz.Route) bool {
		return route.Permission == "" || !authz.May(p.Principal, route.Permission)
	})
}
