package notices

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
	"github.com/redis/go-redis/v9"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/httpx"
	"shangda/internal/redisx"
	"shangda/internal/testdb"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

const patience = 10 * time.Second

// replica is one process of the program, as far as live updates go.
type replica struct {
	t         *testing.T
	hub       *Hub
	url       string
	withdrawn atomic.Bool
	people    map[string]*tenancy.Principal
}

func newReplica(t *testing.T, client *redis.Client, people ...*tenancytest.Person) *replica {
	t.Helper()
	p := usualPace
	p.heartbeat, p.silence = 300*time.Millisecond, 500*time.Millisecond
	r := &replica{t: t, hub: newHub(client, p), people: map[string]*tenancy.Principal{}}
	for _, person := range people {
		r.people[person.Login] = person.Principal
	}
	r.hub.Check = func(ctx context.Context) error {
		if tenancy.From(ctx) == nil || r.withdrawn.Load() {
			return errs.New(errs.Unauthenticated, "登录已失效，请重新登录")
		}
		return nil
	}
	app := httpx.New(nil)
	app.Use(func(c *fiber.Ctx) error {
		if p := r.people[c.Get("X-Test-Login")]; p != nil {
			c.SetUserContext(tenancy.With(c.UserContext(), p))
		}
		return c.Next()
	})
	r.hub.Routes(&authz.API{Huma: humafiber.New(app, huma.DefaultConfig("test", "1")), App: app})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = app.Listener(listener) }()
	r.url = "http://" + listener.Addr().String()
	t.Cleanup(func() {
		r.hub.Close()
		_ = app.ShutdownWithTimeout(patience)
	})
	return r
}

// page is an open page: its lines arrive one by one, and the channel closes with the stream.
type page struct {
	t     *testing.T
	lines chan string
}

func (r *replica) open(p *tenancytest.Person) *page {
	r.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r.t.Cleanup(cancel)
	request, _ := http.NewRequestWithContext(ctx, http.MethodGet, r.url+"/api/v1/t/"+p.Tenant.Code+"/live", nil)
	request.Header.Set("X-Test-Login", p.Login)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		r.t.Fatal(err)
	}
	if response.StatusCode != 200 || !strings.HasPrefix(response.Header.Get("Content-Type"), "text/event-stream") {
		r.t.Fatalf("%s %v", response.Status, response.Header)
	}
	g := &page{t: r.t, lines: make(chan string, 4096)}
	go func() {
		defer close(g.lines)
		defer response.Body.Close()
		for scanner := bufio.NewScanner(response.Body); scanner.Scan(); {
			if line := scanner.Text(); line != "" {
				g.lines <- line
			}
		}
	}()
	g.wait(": open")
	return g
}

// wait reads until the line comes, and returns what came before it.
func (g *page) wait(line string) (before []string) {
	g.t.Helper()
	timeout := time.After(patience)
	for {
		select {
		case got, ok := <-g.lines:
			if !ok {
				g.t.Fatalf("the stream ended before %q, after %q", line, before)
			}
			if got == line {
				return before
			}
			before = append(before, got)
		case <-timeout:
			g.t.Fatalf("no %q, but %q", line, before)
		}
	}
}

// ends waits until the stream ends.
func (g *page) ends() {
	g.t.Helper()
	for timeout := time.After(patience); ; {
		select {
		case _, ok := <-g.lines:
			if !ok {
				return
			}
		case <-timeout:
			g.t.Fatal("the stream goes on")
		}
	}
}

func report(n int) tenancy.Change {
	return tenancy.Change{Kind: "report", ID: fmt.Sprintf("00000000-0000-7000-8000-%012d", n)}
}

func data(c tenancy.Change) string {
	text, _ := json.Marshal(c)
	return "data: " + string(text)
}

func client(t *testing.T, url string) *redis.Client {
	t.Helper()
	c, err := redisx.Open(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func TestAChangeReachesTheOpenPagesOfItsTenant(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	city, county := w.Tenant("cppcc", "city"), w.Tenant("cppcc", "county")
	me, colleague, other := city.Person("editor"), city.Person("editor"), county.Person("editor")
	one := newReplica(t, client(t, w.TestDB.RedisURL), me, other)
	two := newReplica(t, client(t, w.TestDB.RedisURL), colleague)
	w.DB.Committed = one.hub.Publish
	mine, colleagues, others := one.open(me), two.open(colleague), one.open(other)

	began := time.Now()
	service := New(w.DB)
	id := tenancy.NewID()
	if err := w.DB.InTx(me.Context(), func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "report.returned", Subject: tenancy.Subject{Kind: "report", ID: id}})
		return service.TellRoles(me.Context(), tx, []string{"editor"}, Notice{Kind: "report.returned", Text: "退回", Subject: tenancy.Subject{Kind: "report", ID: id}})
	}); err != nil {
		t.Fatal(err)
	}
	changed := data(tenancy.Change{Kind: "report", ID: id.String()})
	before := append(mine.wait(changed), colleagues.wait(changed)...)
	if took := time.Since(began); took > time.Second {
		t.Errorf("took %v", took)
	}
	seen := strings.Join(before, "\n")
	for _, p := range []*tenancytest.Person{me, colleague} {
		if n := strings.Count(seen, data(tenancy.Change{Kind: ChangeKind, ID: p.Membership.String()})); n != 1 {
			t.Errorf("%s was told %d times that there is a notice: %s", p.Name, n, seen)
		}
	}
	two.hub.Publish(county.Tenant, []tenancy.Change{report(7)})
	if before := others.wait(data(report(7))); strings.Contains(strings.Join(before, ""), id.String()) {
		t.Errorf("another tenant was told: %q", before)
	}
}

func TestALostRedisIsAResync(t *testing.T) {
	t.Parallel()
	db := testdb.Private(t)
	w := tenancytest.On(t, db)
	city := w.Tenant("cppcc", "city")
	me, colleague := city.Person("editor"), city.Person("editor")
	one, two := newReplica(t, client(t, db.RedisURL), me), newReplica(t, client(t, db.RedisURL), colleague)
	mine, theirs := one.open(me), two.open(colleague)
	one.hub.Publish(city.Tenant, []tenancy.Change{report(1)})
	mine.wait(data(report(1)))
	theirs.wait(data(report(1)))

	db.Cluster.KillRedis()
	began := time.Now()
	one.hub.Publish(city.Tenant, []tenancy.Change{report(2)})
	if took := time.Since(began); took > 100*time.Millisecond {
		t.Errorf("a change waited %v for Redis", took)
	}
	mine.wait(data(report(2))) // this process needs no Redis
	late := one.open(me)
	db.Cluster.RestartRedis(t)
	for _, g := range []*page{mine, theirs, late} {
		g.wait("event: resync")
	}
	// Whoever was owed news is told again and again until Redis takes it; then all is as before.
	two.hub.Publish(city.Tenant, []tenancy.Change{report(3)})
	mine.wait(data(report(3)))
	theirs.wait(data(report(3)))
}

func TestWithoutRedis(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	city := w.Tenant("cppcc", "city")
	me := city.Person("editor")
	r := newReplica(t, nil, me)
	g := r.open(me)
	r.hub.Publish(city.Tenant, []tenancy.Change{report(1)})
	g.wait(data(report(1)))
	var many []tenancy.Change
	for i := range 5 * mailboxSize {
		many = append(many, report(i))
	}
	r.hub.Publish(city.Tenant, many)
	if before := g.wait("event: resync"); len(before) > 2*mailboxSize {
		t.Errorf("%d lines instead of one resync", len(before))
	}
	g.wait(": ") // a heartbeat
}

func TestAWithdrawnSessionEndsTheStream(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	me := w.Tenant("cppcc", "city").Person("editor")
	r := newReplica(t, client(t, w.TestDB.RedisURL), me)
	g := r.open(me)
	r.withdrawn.Store(true)
	began := time.Now()
	g.wait("event: session")
	g.ends()
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestASessionHasSoManyStreams(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	city := w.Tenant("cppcc", "city")
	me, colleague := city.Person("editor"), city.Person("editor")
	r := newReplica(t, client(t, w.TestDB.RedisURL), me, colleague)
	theirs, first := r.open(colleague), r.open(me)
	var last *page
	for range maxStreams {
		last = r.open(me)
	}
	first.ends()
	r.hub.Publish(city.Tenant, []tenancy.Change{report(1)})
	last.wait(data(report(1)))
	theirs.wait(data(report(1)))
	r.hub.Close()
	last.ends()
	theirs.ends()
}

func TestTheStreamIsGuarded(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	me := w.Tenant("cppcc", "city").Person("editor")
	bare := *me.Principal
	bare.Roles, bare.Login = nil, "bare"
	r := newReplica(t, nil, me)
	r.people["bare"] = &bare
	for login, want := range map[string]int{"": 401, "bare": 403} {
		request, _ := http.NewRequest(http.MethodGet, r.url+"/api/v1/t/"+me.Tenant.Code+"/live", nil)
		request.Header.Set("X-Test-Login", login)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%q: %s", login, response.Status)
		}
	}
}
