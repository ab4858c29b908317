// Package tenancytest gives tests ready tenants with people, on the real database as the runtime role.
//
//	w := tenancytest.New(t)
//	county, city := w.Tenant("cppcc", "county"), w.Tenant("cppcc", "city")
//	w.Line(county, city)
//	clerk := county.Person("editor")
//	err := service.Do(clerk.Context(), …)
package tenancytest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"shangda/authz"
	"shangda/authz/roles"
	"shangda/internal/clock"
	"shangda/internal/jobs"
	"shangda/internal/secret"
	"shangda/internal/testdb"
	"shangda/tenancy"
	"shangda/tenancy/signing"
)

// World is a database with a program's door to it. Its tenants are its own: tests may run side by side.
type World struct {
	t        testing.TB
	TestDB   *testdb.DB
	DB       *tenancy.DB
	Clock    *clock.Manual
	Policies *roles.Policies
}

// Test tenants are numbered from here downward, those that are really opened in the same database from here upward.
const highest = 1_000_000

var tenants atomic.Int32

// New opens the shared test database as the runtime role. The clock stands at 2026-11-02 09:00 in Shanghai.
func New(t testing.TB) *World { t.Helper(); return On(t, testdb.Open(t)) }

// On is New on a database of the caller's choice.
func On(t testing.TB, db *testdb.DB) *World {
	t.Helper()
	w := &World{t: t, TestDB: db, Clock: clock.At(time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC)), Policies: roles.NewPolicies()}
	pool := db.App(t)
	inserter, err := jobs.Inserter(pool)
	if err != nil {
		t.Fatal(err)
	}
	w.DB = &tenancy.DB{ReadPool: pool, WritePool: pool, Clock: w.Clock, Policies: w.Policies, Jobs: inserter}
	return w
}

// Pool is the pool of the runtime role.
func (w *World) Pool() *pgxpool.Pool { return w.DB.WritePool }

// Keys are the signing keys of the World's tenants; made again they are the same.
func (w *World) Keys() *signing.Service {
	return signing.New(w.DB, secret.NewBox("a key that only tests have, the same in each"))
}

// Tenant is one organisation of a World.
type Tenant struct {
	tenancy.Tenant
	w *World
}

// Tenant opens an organisation with the shipped roles of its kind. Name and code are its own.
func (w *World) Tenant(kind, level string) *Tenant {
	w.t.Helper()
	n := highest - tenants.Add(1)
	code := fmt.Sprintf("t%d-%s", highest-n, random(3))
	t := &Tenant{w: w, Tenant: tenancy.Tenant{ID: n, Code: code, Name: "测试单位" + code, ShortName: code, Kind: kind, Level: level, Class: kind, State: "active"}}
	w.as(1, `insert into platform.tenants (id, code, name, short_name, kind, level, class, opened_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		n, code, t.Name, code, kind, level, kind, w.Clock.Now())
	w.as(n, `insert into policies (tenant_id, version) values ($1, 1)`, n)
	t.shipRoles()
	return t
}

// Operator is the platform operator's own tenant, which every database has.
func (w *World) Operator() *Tenant {
	w.t.Helper()
	t := &Tenant{w: w, Tenant: tenancy.Tenant{ID: tenancy.OperatorTenant, Code: "platform", Name: "平台运营", ShortName: "平台", Kind: "operator", Level: "national", State: "active"}}
	t.shipRoles()
	return t
}

func (t *Tenant) shipRoles() {
	t.w.t.Helper()
	for _, r := range authz.ShippedRoles(t.Kind) {
		t.w.as(t.ID, `insert into roles (tenant_id, code, name, class, origin) values ($1, $2, $3, $4, 'template') on conflict do nothing`, t.ID, r.Code, r.Name, r.Class)
	}
}

// Line lets lower send to upper from the month of the clock on; upper does not see its figures.
func (w *World) Line(lower, upper *Tenant) { w.t.Helper(); w.line(lower, upper, false) }

// FiguresLine is a Line through which upper also sees the figures of all below. The closure is written for this line and
// what already hangs on it: open lines from the bottom up or top down, both work.
func (w *World) FiguresLine(lower, upper *Tenant) { w.t.Helper(); w.line(lower, upper, true) }

func (w *World) line(lower, upper *Tenant, figures bool) {
	w.t.Helper()
	month := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	w.as(1, `insert into platform.lines (id, lower, upper, figures, valid_from, opened_at) values ($1, $2, $3, $4, $5, $6)`,
		tenancy.NewID(), lower.ID, upper.ID, figures, month, w.Clock.Now())
	if !figures {
		return
	}
	w.as(1, `
		insert into platform.closure (ancestor, child, descendant, depth, valid_from, valid_to)
		select a.id, case when a.id = $2 then $1 else a.child end, d.id, a.depth + d.depth + 1, $3, 'infinity'
		from (select $2::int as id, $2::int as child, 0 as depth union all select ancestor, child, depth from platform.closure where descendant = $2) a,
		     (select $1::int as id, 0 as depth union all select descendant, depth from platform.closure where ancestor = $1) d`,
		lower.ID, upper.ID, month)
}

// Person is a member of a tenant with a live session. Token is the session's, as it stands in the cookie.
type Person struct {
	*tenancy.Principal
	Tenant *Tenant
	Token  string
}

// Sign makes a request to a server on this machine the person's, with the cookie of tenancy/login.
func (p *Person) Sign(r *http.Request) {
	r.AddCookie(&http.Cookie{Name: "shangda-" + p.Tenant.Code, Value: p.Token})
}

// login opens a session for the principal.
func (w *World) login(p *tenancy.Principal) (token string) {
	w.t.Helper()
	token = random(32)
	hash := sha256.Sum256([]byte(token))
	w.as(p.Tenant.ID, `select platform.session_open($1, $2, $3, $4, null, $5, '100 years', '100 years')`,
		p.Session, hash[:], p.Person, p.Tenant.ID, w.Clock.Now())
	return token
}

// Person adds a member who holds the roles (all of one class) and is logged in.
func (t *Tenant) Person(roleCodes ...string) *Person {
	t.w.t.Helper()
	return t.PersonAt("", roleCodes...)
}

// PersonAt is Person with a post, for the steps of review chains.
func (t *Tenant) PersonAt(post string, roleCodes ...string) *Person {
	t.w.t.Helper()
	class := "business"
	for _, shipped := range authz.ShippedRoles(t.Kind) {
		if len(roleCodes) > 0 && shipped.Code == roleCodes[0] {
			class = string(shipped.Class)
		}
	}
	w, now := t.w, t.w.Clock.Now()
	p := &tenancy.Principal{Tenant: t.Tenant, Membership: tenancy.NewID(), Session: tenancy.NewID(), Post: post, Class: class, Roles: roleCodes}
	login := "u" + random(6)
	p.Login, p.Name, p.Title = login, "张"+login, "职务"+login
	row := w.TestDB.Admin(w.t).QueryRow(context.Background(), `select platform.person_put($1, $2, $3, 'x', $4)`, tenancy.NewID(), login, p.Name, now)
	if err := row.Scan(&p.Person); err != nil {
		w.t.Fatal(err)
	}
	w.as(t.ID, `insert into memberships (tenant_id, id, person_id, class, name, title, post, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		t.ID, p.Membership, p.Person, class, p.Name, p.Title, post, now)
	w.as(t.ID, `select platform.directory_put($1, $2, true)`, p.Person, p.Membership)
	for _, role := range roleCodes {
		w.as(t.ID, `insert into role_holders (tenant_id, membership_id, role, class, granted_at) values ($1, $2, $3, $4, $5)`, t.ID, p.Membership, role, class, now)
	}
	token := w.login(p)
	return &Person{Principal: w.withPolicy(p), Tenant: t, Token: token}
}

// Context is the person's, in this tenant.
func (p *Person) Context() context.Context { return tenancy.With(context.Background(), p.Principal) }

func (w *World) withPolicy(p *tenancy.Principal) *tenancy.Principal {
	w.t.Helper()
	q, err := w.DB.Read(tenancy.With(context.Background(), p))
	if err != nil {
		w.t.Fatal(err)
	}
	if p.Policy, err = w.Policies.Policy(context.Background(), q, 1); err != nil {
		w.t.Fatal(err)
	}
	return p
}

// as runs one statement as superuser with a tenant set, which the triggers of the platform's tables ask for.
func (w *World) as(tenant int32, sql string, args ...any) {
	w.t.Helper()
	ctx := context.Background()
	tx, err := w.TestDB.Admin(w.t).Begin(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	if _, err := tx.Exec(ctx, `select set_config('app.tenant', $1, true)`, fmt.Sprint(tenant)); err != nil {
		w.t.Fatal(err)
	}
	if _, err := tx.Exec(ctx, sql, args...); err != nil {
		w.t.Fatalf("%s: %v", sql, err)
	}
	if err := tx.Commit(ctx); err != nil {
		w.t.Fatal(err)
	}
}

func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

// Withdraw takes a role from a person, as the tenant's security administrator would.
func (t *Tenant) Withdraw(p *Person, role string) {
	t.w.t.Helper()
	t.w.as(t.ID, `delete from role_holders where tenant_id = $1 and membership_id = $2 and role = $3`, t.ID, p.Membership, role)
	t.w.as(t.ID, `update policies set version = version + 1 where tenant_id = $1`, t.ID)
}

// EndSession ends the person's session.
func (t *Tenant) EndSession(p *Person) {
	t.w.t.Helper()
	t.w.as(t.ID, `select platform.session_end($1, $2)`, p.Session, t.w.Clock.Now())
}

// Enter logs in a person who is a member of the tenant already, by whatever way he became one.
func (w *World) Enter(tenant tenancy.Tenant, login string) *Person {
	w.t.Helper()
	p := &tenancy.Principal{Tenant: tenant, Login: login, Session: tenancy.NewID()}
	row := w.TestDB.Admin(w.t).QueryRow(context.Background(), `
		select p.id, m.id, m.name, m.title, m.post, m.class,
		       array(select h.role from role_holders h where h.tenant_id = m.tenant_id and h.membership_id = m.id order by h.role)
		from platform.people p join memberships m on m.person_id = p.id and m.tenant_id = $1 where p.login = $2`, tenant.ID, login)
	if err := row.Scan(&p.Person, &p.Membership, &p.Name, &p.Title, &p.Post, &p.Class, &p.Roles); err != nil {
		w.t.Fatalf("%s is no member of %s: %v", login, tenant.Code, err)
	}
	token := w.login(p)
	return &Person{Principal: w.withPolicy(p), Tenant: &Tenant{w: w, Tenant: tenant}, Token: token}
}
