package program_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"shangda/cmd/shangda/program"
	"shangda/internal/clock"
	"shangda/internal/testdb"
	"shangda/tenancy/tenancytest"
)

func TestHealthSaysWhatItMeans(t *testing.T) {
	db := testdb.Private(t)
	p, err := program.New(t.Context(), stackOf(t, db), clock.System())
	if err != nil {
		t.Fatal(err)
	}
	h := &house{Program: p, t: t, db: db}
	t.Cleanup(h.stop)
	h.url = serve(t, p)
	b := h.visitor("")
	health := func(path string, status int) func() bool {
		return func() bool {
			response, err := b.client.Get(h.url + path)
			return err == nil && response.Body.Close() == nil && response.StatusCode == status
		}
	}
	soon(t, atOnce, "alive and ready", func() bool { return health("/livez", 200)() && health("/readyz", 200)() })
	db.Cluster.Kill9()
	soon(t, atOnce, "not ready without a database, but alive", func() bool { return health("/readyz", 503)() && health("/livez", 200)() })
	h.refusedSoon(b)
	db.Cluster.Restart(t)
	soon(t, atOnce, "ready again", health("/readyz", 200))
}

// refusedSoon: without a database a request ends quickly, with 503 and a sentence.
func (h *house) refusedSoon(b *browser) {
	h.t.Helper()
	started := time.Now()
	r := b.send(http.MethodPost, "/api/v1/session", map[string]string{"login": "x", "password": "x"})
	h.refused("signing in without a database", r, 503)
	if took := time.Since(started); took > 5*time.Second {
		h.t.Errorf("it took %s", took)
	}
}

// TestDrainingFailsNoRequest: whoever stops sending once /readyz says so, as a load balancer does, sees no request fail.
func TestDrainingFailsNoRequest(t *testing.T) {
	h := start(t)
	_, u := h.unit("cppcc", "county")
	var ready, answered, posted atomic.Int64
	ready.Store(1)
	var group sync.WaitGroup
	ask := func(keepAlive bool, method, path string, body any) {
		group.Go(func() {
			b := *u.author
			b.client = &http.Client{Transport: &http.Transport{DisableKeepAlives: !keepAlive}, Timeout: 20 * time.Second}
			defer b.client.CloseIdleConnections()
			for ready.Load() == 1 {
				r, err := b.try(method, path, body)
				if err != nil || !r.ok() {
					t.Errorf("%s %s while draining: %v %d %s", method, path, err, r.status, r.body)
					return
				}
				answered.Add(1)
				if method == http.MethodPost {
					posted.Add(1)
				}
			}
		})
	}
	before := h.count(`select count(*) from reports`)
	for _, keepAlive := range []bool{true, false, true} {
		ask(keepAlive, http.MethodGet, "/reports?box=mine", nil)
		ask(keepAlive, http.MethodPost, "/reports", good())
	}
	soon(t, atOnce, "traffic", func() bool { return answered.Load() > 50 })
	group.Go(func() { // the load balancer
		for client := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}); ; time.Sleep(5 * time.Millisecond) {
			response, err := client.Get(h.url + "/readyz")
			if err == nil {
				_ = response.Body.Close()
			}
			if err != nil || response.StatusCode != http.StatusOK {
				ready.Store(0)
				return
			}
		}
	})
	h.stop()
	group.Wait()
	if n := h.count(`select count(*) from reports`) - before; int64(n) != posted.Load() {
		t.Errorf("%d reports answered as made, %d are there", posted.Load(), n)
	}
	if _, err := net.DialTimeout("tcp", strings.TrimPrefix(h.url, "http://"), time.Second); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("after the end somebody answers: %v", err)
	}
	t.Logf("%d requests answered, none failed", answered.Load())
}

// TestClosingLeavesNothing: after the first time, which starts what a process starts once, the goroutines of a program end
// with it.
func TestClosingLeavesNothing(t *testing.T) {
	db := testdb.Fresh(t)
	w := tenancytest.On(t, db)
	person := w.Tenant("cppcc", "county").Person("editor")
	live := func() {
		p, err := program.New(t.Context(), stackOf(t, db), clock.System())
		if err != nil {
			t.Fatal(err)
		}
		h := &house{Program: p, t: t, db: db, world: w}
		defer h.stop()
		h.url = serve(t, p)
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		b := h.as(person)
		defer b.client.CloseIdleConnections()
		post[report](b, "/reports", good())
		get[list[report]](b, "/reports")
		b.watch("none")
		get[any](b, "/boards/unit")
	}
	live()
	var before int
	settled := func() bool {
		n := runtime.NumGoroutine()
		quiet := n == before
		before = n
		return quiet
	}
	soon(t, 10*time.Second, "rest", settled)
	live()
	deadline := time.Now().Add(10 * time.Second)
	for runtime.NumGoroutine() > before && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > before {
		var stacks strings.Builder
		_ = pprof.Lookup("goroutine").WriteTo(&stacks, 1)
		t.Errorf("%d goroutines before, %d after:\n%s", before, n, stacks.String())
	}
}

var (
	series      = regexp.MustCompile(`(?m)^([a-z_:]+)(\{[^}]*\})? `)
	label       = regexp.MustCompile(`([a-z_]+)="([^"]*)"`)
	identity    = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-|u[0-9a-f]{12}`)
	units       = []string{"seconds", "bytes", "connections", "depth"}
	ofTheShelf  = regexp.MustCompile(`^(go|process)_`)
	histogram   = regexp.MustCompile(`_(bucket|sum|count)$`)
	labelsGiven = []string{"method", "route", "status", "pool", "queue", "state", "kind", "layer", "result", "le"}
)

// TestMetricsAreNamedAndNameNobody: what operators need is there, named by one rule; no label tells a tenant or a person.
func TestMetricsAreNamedAndNameNobody(t *testing.T) {
	h := start(t)
	tenant, u := h.unit("cppcc", "county")
	upperTenant, upper := h.unit("cppcc", "city")
	h.world.FiguresLine(tenant, upperTenant)
	r := u.submit("指标")
	u.sign(r.ID)
	u.forward(r.ID, upper)
	upper.received(r.Number)
	get[any](u.editor, "/boards/unit")
	for _, path := range []string{"/nothing/" + r.ID, "/reports/" + r.ID + "/nothing", "/api/v1/t/other/reports"} {
		u.editor.send(http.MethodGet, path, nil)
		u.editor.send(http.MethodPost, path, map[string]any{})
	}
	u.editor.send("BREW", "/reports", nil)
	text := h.metrics()
	for _, name := range []string{
		"shangda_http_requests_total", "shangda_http_request_seconds", "shangda_jobs_depth", "shangda_jobs_oldest_age_seconds", "shangda_fold_lag_seconds",
		"shangda_board_cache_total", "shangda_postgres_pool_used_connections", "shangda_letters_delivered_total", "shangda_letters_delivery_seconds",
	} {
		if !strings.Contains(text, "# TYPE "+name+" ") {
			t.Errorf("%s is missing", name)
		}
	}
	for _, found := range series.FindAllStringSubmatch(text, -1) {
		name := histogram.ReplaceAllString(found[1], "")
		if ofTheShelf.MatchString(name) {
			continue
		}
		named := strings.HasSuffix(name, "_total") || slices.ContainsFunc(units, func(unit string) bool { return strings.HasSuffix(name, "_"+unit) })
		if !strings.HasPrefix(name, "shangda_") || !named {
			t.Errorf("%s is not named shangda_<room>_<thing>_<unit>[_total]", name)
		}
		for _, l := range label.FindAllStringSubmatch(found[2], -1) {
			if !slices.Contains(labelsGiven, l[1]) || identity.MatchString(l[2]) || strings.Contains(l[2], tenant.Code) {
				t.Errorf("%s tells more than it should: %s=%q", name, l[1], l[2])
			}
		}
	}
}

func (h *house) metrics() string {
	h.t.Helper()
	recorder := httptest.NewRecorder()
	request := httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/metrics", nil)
	promhttp.HandlerFor(h.Registry, promhttp.HandlerOpts{}).ServeHTTP(recorder, request)
	text, err := io.ReadAll(recorder.Body)
	if err != nil || recorder.Code != http.StatusOK {
		h.t.Fatal(recorder.Code, err)
	}
	return string(text)
}
