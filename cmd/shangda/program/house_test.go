// Package program_test asks the whole program, wired as it is served, over real HTTP on the real database.
package program_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"shangda/cmd/shangda/program"
	"shangda/internal/clock"
	"shangda/internal/testdb"
	"shangda/tenancy/tenancytest"
)

// house is a running program on a database of its own.
type house struct {
	*program.Program
	t     *testing.T
	db    *testdb.DB
	world *tenancytest.World
	url   string
	files string // the folder of the attachments
	ended sync.Once
}

// start opens the program, its workers and its fold, and serves it on a free port until the test ends.
func start(t *testing.T) *house {
	t.Helper()
	h := open(t)
	if err := h.Start(); err != nil {
		t.Fatal(err)
	}
	return h
}

// open is start without what works beside requests: letters stay where they are.
func open(t *testing.T) *house {
	t.Helper()
	db := testdb.Fresh(t)
	stack := stackOf(t, db)
	p, err := program.New(t.Context(), stack, clock.System())
	if err != nil {
		t.Fatal(err)
	}
	h := &house{Program: p, t: t, db: db, world: tenancytest.On(t, db), files: stack.BlobURL}
	t.Cleanup(h.stop)
	h.url = serve(t, p)
	return h
}

func stackOf(t *testing.T, db *testdb.DB) program.Stack {
	return program.Stack{AppURL: db.AppURL, FoldURL: db.FoldURL, RedisURL: db.RedisURL, BlobURL: t.TempDir(), SecretKey: "the key of the test's program, long enough"}
}

func serve(t *testing.T, p *program.Program) (url string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	app := p.Routes()
	go func() { _ = app.Listener(listener) }()
	return "http://" + listener.Addr().String()
}

func (h *house) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	h.ended.Do(func() { h.Close(ctx) })
}

// count is a number the superuser sees.
func (h *house) count(sql string, args ...any) int {
	h.t.Helper()
	var n int
	if err := h.db.Admin(h.t).QueryRow(context.Background(), sql, args...).Scan(&n); err != nil {
		h.t.Fatalf("%s: %v", sql, err)
	}
	return n
}

// browser is a person at a page of a tenant. Its paths begin after the tenant, or at /api.
type browser struct {
	t      *testing.T
	url    string
	tenant string
	client *http.Client
	sign   func(*http.Request)
	api    *huma.OpenAPI
}

// visitor is a browser nobody has logged in with yet.
func (h *house) visitor(tenant string) *browser {
	jar, _ := cookiejar.New(nil) // never fails without options
	return &browser{t: h.t, url: h.url, tenant: tenant, client: &http.Client{Jar: jar, Timeout: 20 * time.Second}, sign: func(*http.Request) {},
		api: h.API.Huma.OpenAPI()}
}

// as is the browser of a person who is logged in.
func (h *house) as(p *tenancytest.Person) *browser {
	b := h.visitor(p.Tenant.Code)
	b.sign = p.Sign
	return b
}

// login is a person who enters a tenant with login and password, as the console does.
func (h *house) login(tenant, login, password string) *browser {
	h.t.Helper()
	b := h.visitor(tenant)
	b.change(http.MethodPost, "/api/v1/session", map[string]string{"login": login, "password": password})
	b.change(http.MethodPost, "/session", map[string]any{})
	return b
}

// reply is an answer that was read to its end.
type reply struct {
	status int
	header http.Header
	body   string
}

func (r reply) ok() bool { return r.status >= 200 && r.status < 300 }

// send makes a request, and looks whether the answer is as described; headers are pairs. A body that is no reader goes as JSON.
func (b *browser) send(method, path string, body any, headers ...string) reply {
	b.t.Helper()
	r, err := b.try(method, path, body, headers...)
	if err != nil {
		b.t.Fatalf("%s %s: %v", method, path, err)
	}
	return r
}

func (b *browser) try(method, path string, body any, headers ...string) (reply, error) {
	request, err := b.request(method, path, body, headers...)
	if err != nil {
		return reply{}, err
	}
	response, err := b.client.Do(request)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	answer := reply{response.StatusCode, response.Header, string(text)}
	if err == nil {
		fits(b.t, b.api, method, request.URL.Path, answer)
	}
	return answer, err
}

func (b *browser) request(method, path string, body any, headers ...string) (*http.Request, error) {
	var content io.Reader
	switch given := body.(type) {
	case nil:
	case io.Reader:
		content = given
	default:
		text, err := json.Marshal(given)
		if err != nil {
			return nil, err
		}
		content = bytes.NewReader(text)
	}
	if !strings.HasPrefix(path, "/api/") {
		path = "/api/v1/t/" + b.tenant + path
	}
	request, err := http.NewRequest(method, b.url+path, content)
	if err != nil {
		return nil, err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	b.sign(request)
	return request, nil
}

// change makes a request with a key of its own, as the console does, and wants it to succeed.
func (b *browser) change(method, path string, body any, headers ...string) reply {
	b.t.Helper()
	r := b.send(method, path, body, append(headers, "Idempotency-Key", uuid.NewString())...)
	if !r.ok() {
		b.t.Fatalf("%s %s: %d %s", method, path, r.status, r.body)
	}
	return r
}

// get reads what must be there.
func get[T any](b *browser, path string) T {
	b.t.Helper()
	return read[T](b.t, b.send(http.MethodGet, path, nil))
}

// post changes and reads the answer.
func post[T any](b *browser, path string, body any) T {
	b.t.Helper()
	return read[T](b.t, b.change(http.MethodPost, path, body))
}

func read[T any](t *testing.T, r reply) (v T) {
	t.Helper()
	if !r.ok() {
		t.Fatalf("%d %s", r.status, r.body)
	}
	if err := json.Unmarshal([]byte(r.body), &v); err != nil {
		t.Fatalf("%v: %s", err, r.body)
	}
	return v
}

// soon polls until the condition holds, and fails with what it was after the time.
func soon(t *testing.T, within time.Duration, what string, holds func() bool) {
	t.Helper()
	deadline := time.Now().Add(within)
	for !holds() {
		if time.Now().After(deadline) {
			t.Fatalf("not within %s: %s", within, what)
		}
		time.Sleep(20 * time.Millisecond)
	}
}
