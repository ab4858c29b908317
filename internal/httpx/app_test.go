package httpx_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"shangda/internal/errs"
	"shangda/internal/httpx"
)

type noteInput struct {
	Body struct {
		Text string `json:"text" maxLength:"20"`
	}
}

// serve starts an application with a few routes on a real port and gives its address and what it observed.
func serve(t *testing.T) (url string, observed func() []string) {
	t.Helper()
	var mu sync.Mutex
	var lines []string
	app := httpx.New(func(method, route string, status int, took time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		lines = append(lines, fmt.Sprintf("%s %s %d %t", method, route, status, took > 0))
	})
	app.Get("/api/v1/admin", func(c *fiber.Ctx) error { return c.SendString("admin") })
	app.Get("/api/v1/panic", func(*fiber.Ctx) error { panic("on purpose") })
	app.Get("/api/v1/secret", func(*fiber.Ctx) error { return fmt.Errorf("password of the database") })
	app.Get("/api/v1/busy", func(c *fiber.Ctx) error {
		return httpx.WriteProblem(c, &errs.Error{Kind: errs.Limited, Message: "请稍候", RetryAfter: 300 * time.Millisecond})
	})
	app.Get("/api/v1/deadline", func(c *fiber.Ctx) error {
		deadline, ok := c.UserContext().Deadline()
		left := time.Until(deadline)
		return c.SendString(fmt.Sprint(ok && left > 0 && left <= httpx.Deadline, " ", httpx.RequestID(c.UserContext())))
	})
	api := humafiber.New(app, huma.DefaultConfig("test", "1"))
	huma.Register(api, huma.Operation{OperationID: "note", Method: http.MethodPost, Path: "/api/v1/note", DefaultStatus: http.StatusNoContent},
		func(context.Context, *noteInput) (*struct{}, error) { return nil, nil })
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = app.Listener(listener) }()
	t.Cleanup(func() { _ = app.Shutdown() })
	return "http://" + listener.Addr().String(), func() []string { mu.Lock(); defer mu.Unlock(); return append([]string(nil), lines...) }
}

// client closes each connection, so that a server at its end waits for none.
var client = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 20 * time.Second}

// send makes a request; headers are pairs.
func send(t *testing.T, method, url string, body io.Reader, headers ...string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(content)
}

// wantProblem holds an answer against the one form of errors.
func wantProblem(t *testing.T, response *http.Response, body string, status int, kind errs.Kind) httpx.Problem {
	t.Helper()
	var p httpx.Problem
	if err := json.Unmarshal([]byte(body), &p); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	if response.StatusCode != status || p.Status != status || p.Kind != string(kind) || p.Detail == "" || p.Type != "about:blank" {
		t.Errorf("%d %s, wanted %d %s", response.StatusCode, body, status, kind)
	}
	if ct := response.Header.Get("Content-Type"); ct != "application/problem+json" {
		t.Errorf("an error as %q: %s", ct, body)
	}
	if id := response.Header.Get("X-Request-Id"); p.RequestID == "" || p.RequestID != id {
		t.Errorf("request id %q in the body, %q in the header", p.RequestID, id)
	}
	return p
}

func TestAnotherSitesPageChangesNothing(t *testing.T) {
	t.Parallel()
	url, _ := serve(t)
	for _, c := range []struct {
		site, origin string
		status       int
	}{
		{"", "", 204}, {"same-origin", "", 204}, {"none", "", 204}, {"", url, 204},
		{"same-origin", url, 204},
		{"cross-site", "", 403}, {"same-site", "", 403}, {"cross-site", url, 403},
		{"", "https://evil.example", 403}, {"", "null", 403}, {"", url + ".evil.example", 403}, {"", "://", 403},
	} {
		headers := []string{"Content-Type", "application/json"}
		if c.site != "" {
			headers = append(headers, "Sec-Fetch-Site", c.site)
		}
		if c.origin != "" {
			headers = append(headers, "Origin", c.origin)
		}
		response, body := send(t, http.MethodPost, url+"/api/v1/note", strings.NewReader(`{"text":"好"}`), headers...)
		if response.StatusCode != c.status {
			t.Errorf("Sec-Fetch-Site %q, Origin %q: %d %s", c.site, c.origin, response.StatusCode, body)
		}
		if c.status == 403 {
			wantProblem(t, response, body, 403, errs.Forbidden)
		}
	}
	if response, _ := send(t, http.MethodGet, url+"/api/v1/admin", nil, "Sec-Fetch-Site", "cross-site"); response.StatusCode != 200 {
		t.Errorf("a link from another site: %d", response.StatusCode)
	}
}

func TestBodiesHaveBounds(t *testing.T) {
	t.Parallel()
	url, _ := serve(t)
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write([]byte(`{"text":"好"}`))
	_ = w.Close()
	const json = "application/json"
	response, body := send(t, http.MethodPost, url+"/api/v1/note", &packed, "Content-Type", json, "Content-Encoding", "gzip")
	wantProblem(t, response, body, 415, errs.Unsupported)

	response, body = send(t, http.MethodPost, url+"/api/v1/note", strings.NewReader(`{"text":"`+strings.Repeat("a", 2<<20)+`"}`), "Content-Type", json)
	wantProblem(t, response, body, 413, errs.TooLarge)

	response, body = send(t, http.MethodPost, url+"/api/v1/note", strings.NewReader("text=好"), "Content-Type", "application/x-www-form-urlencoded")
	wantProblem(t, response, body, 415, errs.Unsupported)

	response, body = send(t, http.MethodPost, url+"/api/v1/note", strings.NewReader(`{"text":"好","tenant":2}`), "Content-Type", json)
	if p := wantProblem(t, response, body, 422, errs.Invalid); len(p.Errors) != 1 || p.Errors[0].Location != "body.tenant" || p.Errors[0].Message != "不认识的字段" {
		t.Errorf("unknown field: %s", body)
	}
	response, body = send(t, http.MethodPost, url+"/api/v1/note", strings.NewReader(`{"text":`), "Content-Type", json)
	if response.StatusCode/100 != 4 {
		t.Errorf("half a body: %d %s", response.StatusCode, body)
	}
}

// A body beyond every limit is refused by its announced length, before it is read; so no handler gives it an id.
func TestAnEnormousBodyIsNotRead(t *testing.T) {
	t.Parallel()
	url, _ := serve(t)
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	_, _ = fmt.Fprintf(conn, "POST /api/v1/note HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", httpx.MaxBody+1)
	answer, err := io.ReadAll(conn)
	if err != nil || !bytes.HasPrefix(answer, []byte("HTTP/1.1 413 ")) || !bytes.Contains(answer, []byte("application/problem+json")) {
		t.Errorf("%v: %s", err, answer)
	}
}

func TestPathsAreTakenAsTheyStand(t *testing.T) {
	t.Parallel()
	url, _ := serve(t)
	if response, body := send(t, http.MethodGet, url+"/api/v1/admin", nil); response.StatusCode != 200 || body != "admin" {
		t.Fatalf("%d %s", response.StatusCode, body)
	}
	for _, path := range []string{"/API/v1/admin", "/api/v1/ADMIN", "/api/v1/Admin", "/api/v1/admin/", "/api/v1/nothing", "/api/"} {
		response, body := send(t, http.MethodGet, url+path, nil)
		if p := wantProblem(t, response, body, 404, errs.NotFound); p.Detail != "没有找到" {
			t.Errorf("%s: %s", path, body)
		}
	}
}

func TestFaultsAreHiddenAndNamed(t *testing.T) {
	t.Parallel()
	url, observed := serve(t)
	for _, path := range []string{"/api/v1/panic", "/api/v1/secret"} {
		response, body := send(t, http.MethodGet, url+path, nil)
		wantProblem(t, response, body, 500, errs.Internal)
		if strings.Contains(body, "purpose") || strings.Contains(body, "password") || strings.Contains(body, "goroutine") {
			t.Errorf("%s tells what went wrong inside: %s", path, body)
		}
	}
	want := []string{"GET /api/v1/panic 500 true", "GET /api/v1/secret 500 true"}
	if got := observed(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("observed %q", got)
	}
	response, body := send(t, http.MethodGet, url+"/api/v1/busy", nil)
	wantProblem(t, response, body, 429, errs.Limited)
	if after := response.Header.Get("Retry-After"); after != "1" {
		t.Errorf("Retry-After %q", after)
	}
}

func TestEachRequestHasADeadlineAnIDAndTheHeaders(t *testing.T) {
	t.Parallel()
	url, _ := serve(t)
	response, body := send(t, http.MethodGet, url+"/api/v1/deadline", nil, "X-Request-Id", "mine", "X-Forwarded-Proto", "https")
	if want := "true " + response.Header.Get("X-Request-Id"); body != want || strings.HasSuffix(body, "mine") {
		t.Errorf("%q, header %q", body, want)
	}
	for name, part := range map[string]string{
		"Content-Security-Policy": "default-src 'self'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
		"Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store",
	} {
		if got := response.Header.Get(name); !strings.Contains(got, part) {
			t.Errorf("%s: %q", name, got)
		}
	}
	csp := response.Header.Get("Content-Security-Policy")
	for _, directive := range strings.Split(csp, ";") {
		if d := strings.TrimSpace(directive); strings.HasPrefix(d, "script-src") && d != "script-src 'self'" {
			t.Errorf("scripts: %s", d)
		}
	}
	if !strings.Contains(csp, "frame-ancestors 'none'") {
		t.Errorf("may be framed: %s", csp)
	}
}

// What a handler keeps of a request stays as it was, while others reuse its memory.
func TestWhatIsKeptOfARequestStaysAsItWas(t *testing.T) {
	t.Parallel()
	type kept struct{ param, header, query, cookie, path string }
	var mu sync.Mutex
	var all []kept
	app := httpx.New(nil)
	app.Get("/t/:tenant/keep", func(c *fiber.Ctx) error {
		k := kept{c.Params("tenant"), c.Get("X-Tenant"), c.Query("tenant"), c.Cookies("tenant"), c.Path()}
		mu.Lock()
		defer mu.Unlock()
		all = append(all, k)
		return nil
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = app.Listener(listener) }()
	keepAlive := &http.Client{Transport: &http.Transport{}}
	defer func() { keepAlive.CloseIdleConnections(); _ = app.Shutdown() }()
	var wg sync.WaitGroup
	for _, tenant := range []string{"aaaa", "bbbb"} {
		wg.Go(func() {
			for range 200 {
				request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+listener.Addr().String()+"/t/"+tenant+"/keep?tenant="+tenant, nil)
				request.Header.Set("X-Tenant", tenant)
				request.Header.Set("Cookie", "tenant="+tenant)
				response, err := keepAlive.Do(request)
				if err != nil {
					t.Error(err)
					return
				}
				_ = response.Body.Close()
			}
		})
	}
	wg.Wait()
	count := map[string]int{}
	for _, k := range all {
		if k.header != k.param || k.query != k.param || k.cookie != k.param || k.path != "/t/"+k.param+"/keep" {
			t.Fatalf("mixed up: %+v", k)
		}
		count[k.param]++
	}
	if count["aaaa"] != 200 || count["bbbb"] != 200 {
		t.Errorf("kept %v", count)
	}
}
