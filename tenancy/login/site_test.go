package login

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"

	"shangda/authz"
	"shangda/internal/httpx"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

const password = "春风又绿江南岸，明月何时照我还"

// cheap is a cost for tests.
var cheap = Hashing{Memory: 64, Passes: 1, Threads: 1}

// site is the program's front door on a real port, with one route that reads and one that changes.
type site struct {
	*tenancytest.World
	t     *testing.T
	login *Service
	url   string
}

type probeOutput struct {
	Body struct {
		Tenant, Name, RequestID, Address string
		Deadline                         bool
	}
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{World: tenancytest.New(t), t: t}
	s.login = New(s.DB, s.Pool(), tenancy.NewDirectory(s.Pool()), s.Policies, s.Clock)
	s.login.Hashing = cheap
	app := httpx.New(nil)
	app.Use("/api/v1/t/:tenant", s.login.Middleware())
	api := &authz.API{Huma: humafiber.New(app, huma.DefaultConfig("test", "1")), App: app}
	s.login.Routes(api)
	authz.Register(api, authz.NoticeRead, huma.Operation{OperationID: "probe", Method: http.MethodGet, Path: "/probe"}, s.read)
	authz.Register(api, authz.NoticeRead, huma.Operation{OperationID: "change", Method: http.MethodPost, Path: "/probe"}, s.change)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = app.Listener(listener) }()
	t.Cleanup(func() { _ = app.ShutdownWithTimeout(5 * time.Second) })
	s.url = "http://" + listener.Addr().String()
	return s
}

func (s *site) read(ctx context.Context, _ *tenantInput) (*probeOutput, error) {
	p, out := tenancy.From(ctx), &probeOutput{}
	out.Body.Tenant, out.Body.Name, out.Body.RequestID, out.Body.Address = p.Tenant.Code, p.Name, p.RequestID, p.Address
	_, out.Body.Deadline = ctx.Deadline()
	return out, nil
}

type changeInput struct {
	tenantInput
	Body struct {
		Name string `json:"name"`
	}
}

func (s *site) change(ctx context.Context, in *changeInput) (*struct{}, error) {
	_, err := tenancy.Changed(tenancy.NewID(), s.DB.InTx(ctx, func(tx *tenancy.Tx) error {
		id := tenancy.NewID()
		tx.Record(tenancy.Event{Kind: "unit.created", Subject: tenancy.Subject{Kind: "unit", ID: id}})
		_, err := tx.Exec(ctx, `insert into units (tenant_id, id, name, created_at) values ($1, $2, $3, $4)`, tx.Tenant(), id, in.Body.Name, tx.Now())
		return err
	}))
	return nil, err
}

// member is a person with a password who holds the roles in a tenant.
func (s *site) member(tenant *tenancytest.Tenant, roles ...string) *tenancytest.Person {
	s.t.Helper()
	p := tenant.Person(roles...)
	hash, err := cheap.Hash(password)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.Pool().Exec(s.t.Context(), `select platform.password_put($1, $2, $3)`, p.Person, hash, s.Clock.Now()); err != nil {
		s.t.Fatal(err)
	}
	return p
}

// also makes the person a member of a second tenant.
func (s *site) also(p *tenancytest.Person, tenant *tenancytest.Tenant, role string) {
	s.t.Helper()
	id, now := tenancy.NewID(), s.Clock.Now()
	s.in(tenant, `insert into memberships (tenant_id, id, person_id, class, name, title, created_at) values ($1, $2, $3, 'business', $4, '顾问', $5)`, tenant.ID, id, p.Person, p.Name, now)
	s.in(tenant, `insert into role_holders (tenant_id, membership_id, role, class, granted_at) values ($1, $2, $3, 'business', $4)`, tenant.ID, id, role, now)
	s.in(tenant, `select platform.directory_put($1, $2, true)`, p.Person, id)
}

// in runs a statement in a tenant, as its administrators might.
func (s *site) in(tenant *tenancytest.Tenant, sql string, args ...any) {
	s.t.Helper()
	tx, err := s.TestDB.Admin(s.t).Begin(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.Background()) }()
	if _, err := tx.Exec(s.t.Context(), `select set_config('app.tenant', $1, true)`, fmt.Sprint(tenant.ID)); err != nil {
		s.t.Fatal(err)
	}
	if _, err := tx.Exec(s.t.Context(), sql, args...); err != nil {
		s.t.Fatal(err)
	}
	if err := tx.Commit(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

// browser keeps cookies.
type browser struct {
	s   *site
	jar http.CookieJar
}

func (s *site) browser() *browser {
	jar, _ := cookiejar.New(nil)
	return &browser{s: s, jar: jar}
}

type answer struct {
	status  int
	header  http.Header
	cookies []*http.Cookie
	body    string
}

// send makes a request; headers are pairs.
func (b *browser) send(method, path, body string, headers ...string) answer {
	b.s.t.Helper()
	request, err := http.NewRequestWithContext(b.s.t.Context(), method, b.s.url+path, strings.NewReader(body))
	if err != nil {
		b.s.t.Fatal(err)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			request.Host = headers[i+1]
		}
	}
	response, err := (&http.Client{Jar: b.jar}).Do(request)
	if err != nil {
		b.s.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	content, _ := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, response.Cookies(), string(content)}
}

func (b *browser) want(status int, method, path, body string, headers ...string) answer {
	b.s.t.Helper()
	a := b.send(method, path, body, headers...)
	if a.status != status {
		b.s.t.Fatalf("%s %s: %d instead of %d: %s", method, path, a.status, status, a.body)
	}
	return a
}

// becomes waits until the path answers with the status, but no longer than a right may outlive its withdrawal.
func (b *browser) becomes(status int, path string) {
	b.s.t.Helper()
	last, deadline := 0, time.Now().Add(cacheAge+500*time.Millisecond)
	for time.Now().Before(deadline) {
		if last = b.send(http.MethodGet, path, "").status; last == status {
			return
		}
	}
	b.s.t.Fatalf("%s still answers %d, not %d", path, last, status)
}

func (b *browser) signIn(p *tenancytest.Person) {
	b.s.t.Helper()
	b.want(200, http.MethodPost, "/api/v1/session", credentials(p.Login, password))
}

// enter signs in and enters the person's tenant.
func (b *browser) enter(p *tenancytest.Person) {
	b.s.t.Helper()
	b.signIn(p)
	b.want(200, http.MethodPost, at(p.Tenant, "/session"), "")
}

func at(tenant *tenancytest.Tenant, path string) string { return "/api/v1/t/" + tenant.Code + path }

func credentials(login, password string) string {
	var b bytes.Buffer
	_ = json.NewEncoder(&b).Encode(map[string]string{"login": login, "password": password})
	return b.String()
}

func decode[T any](t *testing.T, body string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	return v
}
