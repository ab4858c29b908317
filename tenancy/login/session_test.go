package login

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"shangda/internal/errs"
	"shangda/tenancy"
)

func TestThePersonSessionOpensNothingElse(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	home, foreign := s.Tenant("cppcc", "county"), s.Tenant("cppcc", "county")
	me, b := s.member(home, "editor"), s.browser()
	b.want(401, http.MethodGet, "/api/v1/me", "")
	b.want(401, http.MethodPost, at(home, "/session"), "")
	person := b.want(200, http.MethodPost, "/api/v1/session", credentials(me.Login, password)).cookies[0]
	b.want(401, http.MethodGet, at(home, "/probe"), "")
	b.want(401, http.MethodGet, at(home, "/me"), "")
	// nor under the tenant's name
	s.browser().want(401, http.MethodGet, at(home, "/probe"), "", "Cookie", "shangda-"+home.Code+"="+person.Value)

	stranger := b.want(404, http.MethodPost, at(foreign, "/session"), "")
	unknown := b.want(404, http.MethodPost, "/api/v1/t/no-such-unit/session", "")
	if requestIDs.ReplaceAllString(stranger.body, "") != requestIDs.ReplaceAllString(unknown.body, "") {
		t.Errorf("a tenant one is no member of is told from none:\n%s\n%s", stranger.body, unknown.body)
	}
	tenant := b.want(200, http.MethodPost, at(home, "/session"), "").cookies[0]
	b.want(200, http.MethodGet, at(home, "/probe"), "")
	// a tenant session is no person session
	s.browser().want(401, http.MethodGet, "/api/v1/me", "", "Cookie", "shangda="+tenant.Value)
	s.browser().want(401, http.MethodPost, at(home, "/session"), "", "Cookie", "shangda="+tenant.Value)
}

func TestTwoTenantsInOneBrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	first, second := s.Tenant("cppcc", "county"), s.Tenant("party", "county")
	me, b := s.member(first, "editor"), s.browser()
	s.also(me, second, "member")
	s.login.Unread = func(context.Context) (int, error) { return 3, nil }
	s.login.Texts = func(context.Context, tenancy.Querier) (TextRules, error) {
		return TextRules{DraftLimit: 3000, IssuedLimit: 1500, Required: []string{}}, nil
	}
	b.signIn(me)
	kept := b.want(200, http.MethodPost, at(first, "/session"), "").cookies[0].Value
	a := b.want(200, http.MethodPost, at(second, "/session"), "")
	token := a.cookies[0].Value
	view := decode[meView](t, a.body)
	if view.Tenant.Code != second.Code || view.Person.Login != me.Login || view.Unread != 3 || len(view.Roles) != 1 || view.Roles[0] != (roleView{"member", "委员（成员）"}) ||
		view.Permissions["report:read"] != "own" || view.Permissions["report:adopt"] != "" || view.Membership.Title != "顾问" ||
		len(view.Tenants) != 1 || view.Tenants[0].Code != first.Code || view.Tenant.Settings.DraftLimit == 0 || view.Tenant.Settings.Terms["member"] != "成员" {
		t.Errorf("me in the second tenant: %s", a.body)
	}
	for _, tenant := range []string{first.Code, second.Code} {
		found := decode[struct {
			Tenant, Name, RequestID, Address string
			Deadline                         bool
		}](t, b.want(200, http.MethodGet, "/api/v1/t/"+tenant+"/probe", "", "X-Forwarded-For", "198.51.100.7").body)
		if found.Tenant != tenant || found.Name != me.Name || found.RequestID == "" || found.Address != "127.0.0.1" || !found.Deadline {
			t.Errorf("%s: %+v", tenant, found)
		}
	}
	// the token of one, on the path of the other
	s.browser().want(401, http.MethodGet, at(first, "/probe"), "", "Cookie", "shangda-"+first.Code+"="+token)
	// switching again is a new token, and the old one is worth nothing
	again := b.want(200, http.MethodPost, at(second, "/session"), "").cookies[0].Value
	if again == token {
		t.Error("the token stays the same")
	}
	s.browser().want(401, http.MethodGet, at(second, "/probe"), "", "Cookie", "shangda-"+second.Code+"="+token)
	b.want(204, http.MethodDelete, at(second, "/session"), "")
	b.want(401, http.MethodGet, at(second, "/probe"), "")
	b.want(200, http.MethodGet, at(first, "/probe"), "")
	if gone := b.want(204, http.MethodDelete, "/api/v1/session", "").cookies; len(gone) != 2 || gone[0].Value+gone[1].Value != "" {
		t.Errorf("signing out leaves cookies: %v", gone)
	}
	s.browser().want(401, http.MethodGet, at(first, "/probe"), "", "Cookie", "shangda-"+first.Code+"="+kept)
	b.want(401, http.MethodGet, "/api/v1/me", "")
}

func TestAnEndedSessionOpensNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	tenant := s.Tenant("cppcc", "county")
	me, watcher := s.member(tenant, "editor"), s.member(tenant, "system_admin")
	path := at(tenant, "/probe")

	revoked := s.browser()
	revoked.enter(me)
	revoked.want(200, http.MethodGet, path, "")
	if _, err := s.Pool().Exec(t.Context(), `select platform.session_end(s, $2) from unnest($1::uuid[]) s`, s.sessionsOf(me.Person.String()), s.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	revoked.becomes(401, path)

	idle := s.browser()
	idle.enter(me)
	for range 3 { // used, it lives on past its idle time
		s.Clock.Advance(ordinaryLife.idle * 2 / 3)
		waitForCache(s, idle, path)
	}
	s.Clock.Advance(ordinaryLife.idle + time.Second)
	idle.becomes(401, path)
	idle.want(401, http.MethodGet, "/api/v1/me", "")

	admin := s.browser()
	admin.enter(watcher)
	s.Clock.Advance(adminLife.idle + time.Second)
	admin.becomes(401, path)

	old := s.browser()
	old.enter(me)
	old.want(200, http.MethodGet, path, "")
	opened := s.Clock.Now()
	for s.Clock.Advance(29*time.Minute).Sub(opened) < ordinaryLife.whole { // used, but not for ever
		old.want(200, http.MethodGet, "/api/v1/me", "")
	}
	old.want(401, http.MethodGet, "/api/v1/me", "")
	old.want(401, http.MethodGet, path, "")
}

// waitForCache asks until the answer is a fresh one, so that the session counts as used at this time.
func waitForCache(s *site, b *browser, path string) {
	s.t.Helper()
	s.login.cache.clear()
	b.want(200, http.MethodGet, path, "")
}

func (s *site) sessionsOf(person string) []string {
	s.t.Helper()
	var ids []string
	row := s.TestDB.Admin(s.t).QueryRow(s.t.Context(), `select array_agg(id::text) from platform.sessions where person_id = $1`, person)
	if err := row.Scan(&ids); err != nil {
		s.t.Fatal(err)
	}
	return ids
}

func TestASuspendedMembershipOpensNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	path := func(tenant string) string { return "/api/v1/t/" + tenant + "/probe" }
	for name, close := range map[string]string{
		"membership": `update memberships set state = 'suspended' where tenant_id = $1`,
		"tenant":     `update platform.tenants set state = 'suspended' where id = $1`,
		"directory":  `update platform.directory set active = false where tenant_id = $1`,
	} {
		tenant := s.Tenant("cppcc", "county")
		me, b := s.member(tenant, "editor"), s.browser()
		b.enter(me)
		b.want(204, http.MethodPost, path(tenant.Code), `{"name":"研究室"}`)
		actor := tenant
		if name == "tenant" {
			operator := *tenant
			operator.ID = tenancy.OperatorTenant
			actor = &operator
		}
		s.in(actor, close, tenant.ID)
		if name != "directory" { // a change is refused at once, whatever reading still may
			b.want(401, http.MethodPost, path(tenant.Code), `{"name":"办公室"}`)
		}
		b.becomes(401, path(tenant.Code))
		if a := b.send(http.MethodPost, at(tenant, "/session"), ""); a.status != 404 {
			t.Errorf("%s: entered again: %d %s", name, a.status, a.body)
		}
	}
}

func TestRightsWithdrawnAreGoneForReadsAndStreams(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	tenant := s.Tenant("cppcc", "county")
	me, b := s.member(tenant, "editor"), s.browser()
	b.enter(me)
	stream, end, err := s.login.As(t.Context(), me.Login, tenant.Code)
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	if err := s.login.Check(stream); err != nil {
		t.Fatal(err)
	}
	tenant.Withdraw(me, "editor")
	b.becomes(403, at(tenant, "/probe"))
	if err := s.login.Check(stream); !errs.Is(err, errs.Forbidden) {
		t.Errorf("a stream goes on with rights withdrawn: %v", err)
	}
}

func TestAKeyMakesAChangeOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	tenant := s.Tenant("cppcc", "county")
	me, b := s.member(tenant, "editor"), s.browser()
	b.enter(me)
	send := func(status int, body, key string) {
		t.Helper()
		b.want(status, http.MethodPost, at(tenant, "/probe"), body, "Idempotency-Key", key)
	}
	send(204, `{"name":"一处"}`, "k-1")
	send(204, `{"name":"一处"}`, "k-1")
	send(422, `{"name":"二处"}`, "k-1")
	send(422, `{"name":"二处"}`, strings.Repeat("k", longestID+1))
	send(422, `{"name":"二处"}`, "键")
	// the key of an entering belongs to no change
	b.want(200, http.MethodPost, at(tenant, "/session"), "", "Idempotency-Key", "k-1")
	b.want(200, http.MethodPost, at(tenant, "/session"), "", "Idempotency-Key", "k-1")
}

func TestTheProgramActsInANamedPersonsName(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	tenant, foreign := s.Tenant("cppcc", "county"), s.Tenant("cppcc", "county")
	me := s.member(tenant, "editor")
	s.Clock.Set(time.Date(2025, 12, 3, 1, 0, 0, 0, time.UTC))
	ctx, end, err := s.login.As(t.Context(), me.Login, tenant.Code)
	if err != nil {
		t.Fatal(err)
	}
	unit := func(name string) error {
		return s.DB.InTx(ctx, func(tx *tenancy.Tx) error {
			tx.Record(tenancy.Event{Kind: "unit.created", Subject: tenancy.Subject{Kind: "unit", ID: tenancy.NewID()}})
			_, err := tx.Exec(ctx, `insert into units (tenant_id, id, name, created_at) values ($1, $2, $3, $4)`, tx.Tenant(), tenancy.NewID(), name, tx.Now())
			return err
		})
	}
	for i, name := range []string{"一处", "二处"} {
		if err := unit(name); err != nil {
			t.Fatalf("change %d: %v", i, err)
		}
		s.Clock.Advance(300 * 24 * time.Hour)
	}
	q, err := s.DB.Read(ctx)
	if err != nil {
		t.Fatal(err)
	}
	n, err := tenancy.Scalar[int](ctx, q, `select count(*) from audit where tenant_id = $1 and action = 'session.opened_by_program' and person_id = $2`, q.Tenant(), me.Person)
	if err != nil || n != 1 {
		t.Errorf("the audit tells of %d sessions of the program, %v", n, err)
	}
	end()
	if err := unit("三处"); !errs.Is(err, errs.Unauthenticated) {
		t.Errorf("after its end: %v", err)
	}
	if err := s.login.Check(ctx); !errs.Is(err, errs.Unauthenticated) {
		t.Errorf("a stream after its end: %v", err)
	}
	for _, c := range [][2]string{{me.Login, foreign.Code}, {me.Login, "no-such-unit"}, {"nobody", tenant.Code}} {
		if _, _, err := s.login.As(t.Context(), c[0], c[1]); !errs.Is(err, errs.NotFound) {
			t.Errorf("as %v: %v", c, err)
		}
	}
}

func BenchmarkResolveCached(b *testing.B) {
	c := newCache()
	token, hash := newToken()
	p := &tenancy.Principal{Tenant: tenancy.Tenant{Code: "a1-zx"}}
	s := &Service{cache: c, clock: systemClock{}}
	b.ReportAllocs()
	for b.Loop() {
		if e := c.get(hash); e == nil {
			c.put(c.current.Load(), hash, &entry{principal: p, loaded: time.Now(), ends: time.Now().Add(time.Hour)})
		}
		if found, err := s.principal(b.Context(), token, "a1-zx"); found == nil || err != nil {
			b.Fatal(found, err)
		}
	}
}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }
