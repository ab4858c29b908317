package program_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy/tenancytest"
)

// TestARepeatedKeyChangesOnce: the same request is answered from what it made, another one under its key is refused.
func TestARepeatedKeyChangesOnce(t *testing.T) {
	h := open(t) // rows are counted: nothing may work beside the requests
	tenant, u := h.unit("cppcc", "county")
	system := h.as(tenant.Person("system_admin"))
	for _, c := range []struct {
		who         *browser
		path        string
		body, other any
	}{
		{u.author, "/reports", good(), good("title", "别的")},
		{u.editor, "/clues", map[string]string{"title": "来信", "body": "路灯不亮。", "source_kind": "visit"}, map[string]string{"title": "别的", "body": "路灯不亮。", "source_kind": "visit"}},
		{system, "/members", map[string]string{"name": "甲", "login": "repeat.one", "password": password}, map[string]string{"name": "乙", "login": "repeat.two", "password": password}},
		{system, "/units", map[string]string{"name": "研究室"}, map[string]string{"name": "提案委"}},
		{system, "/chains", map[string]any{"name": "紧急", "applies_to": []string{"urgent"}, "steps": []any{map[string]string{"title": "签发", "role": "signer"}}},
			map[string]any{"name": "紧急二", "applies_to": []string{"urgent"}, "steps": []any{map[string]string{"title": "签发", "role": "signer"}}}},
	} {
		key := uuid.NewString()
		first := c.who.send(http.MethodPost, c.path, c.body, "Idempotency-Key", key)
		before := h.stored()
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				again := c.who.send(http.MethodPost, c.path, c.body, "Idempotency-Key", key)
				if !first.ok() || again.status != first.status || subjectOf(again) != subjectOf(first) {
					t.Errorf("%s: first %d %s, again %d %s", c.path, first.status, first.body, again.status, again.body)
				}
			})
		}
		group.Wait()
		h.refused(c.path+" with another body", c.who.send(http.MethodPost, c.path, c.other, "Idempotency-Key", key), 422)
		if after := h.stored(); after != before {
			t.Errorf("%s: %d rows before the repeats, %d after", c.path, before, after)
		}
	}
	h.atTheSameTime(u)
}

func subjectOf(r reply) string {
	var v struct{ ID string }
	_ = json.Unmarshal([]byte(r.body), &v)
	return v.ID
}

// atTheSameTime: of requests that meet, one makes the report and all name it.
func (h *house) atTheSameTime(u *unit) {
	h.t.Helper()
	key, before := uuid.NewString(), h.count(`select count(*) from reports`)
	ids := make([]string, 8)
	var group sync.WaitGroup
	for i := range ids {
		group.Go(func() { ids[i] = subjectOf(u.author.send(http.MethodPost, "/reports", good(), "Idempotency-Key", key)) })
	}
	group.Wait()
	for _, id := range ids {
		if id == "" || id != ids[0] {
			h.t.Errorf("requests that met made %v", ids)
		}
	}
	if n := h.count(`select count(*) from reports`); n != before+1 {
		h.t.Errorf("%d reports of one key", n-before)
	}
}

// TestEveryChangeHappensOnce repeats each change of the API under its key, as a browser does whose answer was lost: the same
// answer and not a row more; and another body under that key is refused.
func TestEveryChangeHappensOnce(t *testing.T) {
	h := open(t)
	tenant := h.world.Tenant("cppcc", "county")
	shelf := h.shelf(tenant)
	people := []*tenancytest.Person{shelf.author, shelf.editor, shelf.head, shelf.signer, shelf.system, shelf.security, tenant.Person("audit_admin")}
	for _, route := range h.API.Routes() {
		if route.Method == http.MethodGet || route.Permission == "" || asks[routeName(route)] != "" || strings.Contains(route.Path, "/platform/") {
			continue
		}
		done := false
		for _, p := range people {
			if !done && authz.May(p.Principal, route.Permission) {
				done = h.twice(h.as(p), route, samples[routeName(route)](shelf))
			}
		}
		if !done {
			t.Errorf("%s succeeded for nobody", routeName(route))
		}
	}
}

// twice is false where the change did not succeed at all.
func (h *house) twice(b *browser, route authz.Route, s tenancytest.Sample) bool {
	h.t.Helper()
	path := strings.TrimPrefix(route.Path, authz.TenantPath)
	for name, value := range s.Params {
		path = strings.ReplaceAll(path, "{"+name+"}", value)
	}
	key := uuid.NewString()
	ask := func(body string) reply {
		headers := []string{"Idempotency-Key", key}
		for name, value := range s.Header {
			headers = append(headers, name, value)
		}
		return b.send(route.Method, path, strings.NewReader(body), headers...)
	}
	first, before := ask(s.Body), h.stored()
	if !first.ok() {
		return false
	}
	again := ask(s.Body)
	if again.status != first.status || subjectOf(again) != subjectOf(first) {
		h.t.Errorf("%s: first %d %s, again %d %s", routeName(route), first.status, first.body, again.status, again.body)
	}
	if s.Header["Content-Type"] == "" {
		h.refused(routeName(route)+" with another body", ask(s.Body+" "), 422)
	}
	if after := h.stored(); after != before {
		h.t.Errorf("%s: %d rows more after the repeats", routeName(route), after-before)
	}
	return true
}
