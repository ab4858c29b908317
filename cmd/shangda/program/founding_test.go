package program_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"shangda/tenancy"
	"shangda/tenancy/login"
	"shangda/tenancy/organisations"
)

const password = "correct-horse-8"

// operator is the platform's first person, who enters by the door.
func (h *house) operator() *browser {
	h.t.Helper()
	hash, err := login.HashPassword(password)
	if err != nil {
		h.t.Fatal(err)
	}
	tenant, err := h.Directory.ByID(context.Background(), tenancy.OperatorTenant)
	if err != nil {
		h.t.Fatal(err)
	}
	first := organisations.NewAdministrator{Class: "system", Role: "operator", Name: "运营", Login: "operator", PasswordHash: hash}
	if err := h.Organisations.Found(context.Background(), tenant, []organisations.NewAdministrator{first}); err != nil {
		h.t.Fatal(err)
	}
	return h.login(tenant.Code, "operator", password)
}

// found opens a county over HTTP with three administrators, who then let in people, make an own role and set a chain.
func (h *house) found(operator *browser, code string) *unit {
	h.t.Helper()
	administrator := func(class string) map[string]string {
		return map[string]string{"name": "管理员" + class, "login": code + "." + class, "password": password}
	}
	operator.change(http.MethodPost, "/platform/tenants", map[string]any{
		"code": code, "name": "新设县政协", "short_name": "新设县", "kind": "cppcc", "level": "county", "class": "县政协",
		"administrator": administrator("system"), "security_administrator": administrator("security"), "audit_administrator": administrator("audit"),
	})
	system, security := h.login(code, code+".system", password), h.login(code, code+".security", password)
	security.change(http.MethodPost, "/roles", map[string]string{"code": "issuer", "name": "签发专员", "copy_of": "signer"})
	security.change(http.MethodPut, "/roles/issuer/grants", map[string]string{"report:read": "tenant", "review:act": "tenant", "notice:read": "tenant", "report:write": "own"})
	chain(system, "issuer")
	join := func(name, post, role string) *browser {
		member := enrol(system, code, name, post)
		security.change(http.MethodPut, "/members/"+member+"/roles", map[string]any{"roles": []string{role}})
		return h.login(code, code+"."+name, password)
	}
	return &unit{code: code, name: "新设县政协", author: join("author", "", "member"), editor: join("editor", "", "editor"),
		head: join("head", "office_head", "reviewer"), signer: join("issuer", "", "issuer")}
}

func enrol(system *browser, code, name, post string) string {
	system.t.Helper()
	return read[struct{ ID string }](system.t, system.change(http.MethodPost, "/members", map[string]any{
		"name": "张" + name, "login": code + "." + name, "password": password, "title": "委员", "post": post, "class": "business"})).ID
}

// TestWhatIsFoundedAfterTheStartPassesTheSameJourney: tenant, line, chain and own role are made over HTTP while the program
// runs, by people with passwords; the three administrators read no report.
func TestWhatIsFoundedAfterTheStartPassesTheSameJourney(t *testing.T) {
	h := start(t)
	_, city := h.unit("cppcc", "city")
	operator := h.operator()
	county := h.found(operator, "n1-zx")
	operator.change(http.MethodPost, "/platform/lines", map[string]any{"lower": county.code, "upper": city.code, "from": time.Now().UTC().Add(8 * time.Hour).Format("2006-01")})

	r := county.submit("新设县反映夜市噪声扰民")
	county.sign(r.ID)
	county.forward(r.ID, city)
	up := city.received(r.Number)
	city.sign(up.ID)
	city.adopt(up.ID)
	soon(t, atOnce, "told to the author", func() bool {
		return tells(county.author, r.ID, city, "采用（单篇）") && noticed(county.author, city)
	})
	figures(t, 1, county, city)

	for _, class := range []string{"system", "security", "audit"} {
		keeper := h.login(county.code, county.code+"."+class, password)
		if answer := keeper.send(http.MethodGet, "/reports/"+r.ID, nil); answer.status != http.StatusForbidden {
			t.Errorf("the %s administrator reads a report: %d %s", class, answer.status, answer.body)
		}
	}
	if answer := operator.send(http.MethodGet, "/reports", nil); answer.status != http.StatusForbidden {
		t.Errorf("the operator reads reports: %d %s", answer.status, answer.body)
	}
	if answer := county.signer.send(http.MethodGet, "/boards/unit", nil); answer.status != http.StatusForbidden {
		t.Errorf("the own role kept a right it was not given: %d %s", answer.status, answer.body)
	}
}
