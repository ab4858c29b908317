package members_test

import (
	"context"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/authz/roles"
	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/members"
	"shangda/tenancy/tenancytest"
)

func service(w *tenancytest.World) *members.Service {
	s := members.New(w.DB, func(password string) (string, error) { return "hash of " + password, nil })
	s.Roles = roles.New(w.DB)
	return s
}

func login() string {
	b := make([]byte, 6)
	for i := range b {
		b[i] = byte(rand.IntN(256))
	}
	return "m" + hex.EncodeToString(b)
}

func TestAMemberIsRegisteredChangedAndFound(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	s, county := service(w), w.Tenant("cppcc", "county")
	admin, clerk := county.Person("system_admin").Context(), county.Person("editor").Context()
	name := login()
	id, err := s.Create(admin, members.NewMember{Name: " 王晓 ", Login: strings.ToUpper(name), Password: "correct horse", Title: "区政协委员", Sector: "经济界", Party: "民建"})
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.Get(clerk, id)
	if err != nil || m.Name != "王晓" || m.Login != name || m.Class != "business" || m.State != "active" || len(m.Roles) != 0 || m.Sector != "经济界" {
		t.Fatalf("%v: %+v", err, m)
	}
	var hash string
	if err := w.TestDB.Admin(t).QueryRow(context.Background(), `select hash from platform.login_find($1)`, name).Scan(&hash); err != nil || hash != "hash of correct horse" {
		t.Errorf("%v: stored %q", err, hash)
	}
	title := "区政协常委"
	if err := s.Update(admin, id, members.Edit{Title: &title}); err != nil {
		t.Fatal(err)
	}
	if m, err = s.Get(clerk, id); err != nil || m.Title != title || m.Sector != "经济界" {
		t.Errorf("%v: after the change %+v", err, m)
	}
	for _, words := range []string{"王晓", name[:9], "常委"} {
		if found, _, err := s.List(clerk, words, "", 10); err != nil || len(found) != 1 || found[0].ID != id {
			t.Errorf("%v: looking for %q found %v", err, words, found)
		}
	}
	if found, _, err := s.List(clerk, "%", "", 10); err != nil || len(found) != 0 {
		t.Errorf("%v: a wildcard found %v", err, found)
	}
	for who, ctx := range map[string]context.Context{"an editor": clerk, "the security administrator": county.Person("security_admin").Context()} {
		if _, err := s.Create(ctx, members.NewMember{Name: "甲", Login: login(), Password: "12345678"}); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%s registers: %v", who, err)
		}
		if err := s.Update(ctx, id, members.Edit{Title: &title}); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%s changes: %v", who, err)
		}
		if err := s.Suspend(ctx, id); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%s suspends: %v", who, err)
		}
	}
}

func TestTheListGoesOnPageByPage(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	s, county := service(w), w.Tenant("cppcc", "county")
	admin := county.Person("system_admin")
	want := []uuid.UUID{admin.Membership}
	for _, name := range []string{"甲", "乙", "甲", "甲", "丙", "丁"} {
		id, err := s.Create(admin.Context(), members.NewMember{Name: name, Login: login(), Password: "12345678"})
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, id)
	}
	var got []uuid.UUID
	for cursor, pages := "", 0; pages == 0 || cursor != ""; pages++ {
		items, next, err := s.List(admin.Context(), "", cursor, 2)
		if err != nil || len(items) > 2 || pages > 5 {
			t.Fatalf("%v: page %d has %d", err, pages, len(items))
		}
		for _, m := range items {
			got = append(got, m.ID)
		}
		cursor = next
	}
	sort := func(ids []uuid.UUID) []uuid.UUID {
		return slices.SortedFunc(slices.Values(ids), func(a, b uuid.UUID) int { return strings.Compare(a.String(), b.String()) })
	}
	if !slices.Equal(sort(got), sort(want)) {
		t.Errorf("the pages show %v, want %v", got, want)
	}
	if _, _, err := s.List(admin.Context(), "", "nonsense", 2); !errs.Is(err, errs.Invalid) {
		t.Errorf("a cursor that is none: %v", err)
	}
}

func TestOneLoginJoinsSeveralTenants(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	s, county, city := service(w), w.Tenant("cppcc", "county"), w.Tenant("party", "city")
	here, there := county.Person("system_admin").Context(), city.Person("system_admin").Context()
	name := login()
	if _, err := s.Create(here, members.NewMember{Name: "赵明", Login: name}); !errs.Is(err, errs.Invalid) {
		t.Errorf("a new person without a password: %v", err)
	}
	first, err := s.Create(here, members.NewMember{Name: "赵明", Login: name, Password: "first password"})
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.Create(there, members.NewMember{Name: "赵明", Login: name, Password: "another password"})
	if err != nil {
		t.Fatal(err)
	}
	var hash string
	var memberships int
	err = w.TestDB.Admin(t).QueryRow(context.Background(), `
		select f.hash, (select count(*) from platform.directory d where d.person_id = f.person_id) from platform.login_find($1) f`, name).Scan(&hash, &memberships)
	if err != nil || hash != "hash of first password" || memberships != 2 {
		t.Errorf("%v: %d memberships, stored %q", err, memberships, hash)
	}
	if _, err := s.Create(here, members.NewMember{Name: "赵明", Login: name}); !errs.Is(err, errs.Conflict) {
		t.Errorf("joined twice: %v", err)
	}
	if _, err := s.Get(here, second); !errs.Is(err, errs.NotFound) {
		t.Errorf("the county sees the party's membership: %v", err)
	}
	if found, _, err := s.List(there, name, "", 10); err != nil || len(found) != 1 || found[0].ID != second {
		t.Errorf("%v: the party finds %v, not only its own of %v and %v", err, found, first, second)
	}
}

func TestRolesAtOnceOnlyFromWhoGivesRoles(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	s, county := service(w), w.Tenant("cppcc", "county")
	name := login()
	_, err := s.Create(county.Person("system_admin").Context(), members.NewMember{Name: "甲", Login: name, Password: "12345678", Roles: []string{"editor"}})
	if !errs.Is(err, errs.Forbidden) {
		t.Errorf("the system administrator gives a role: %v", err)
	}
	if found, _, err := s.List(county.Person("editor").Context(), name, "", 10); err != nil || len(found) != 0 {
		t.Errorf("%v: half done: %v", err, found)
	}
}

func TestASuspendedMemberIsOut(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	s, county := service(w), w.Tenant("cppcc", "county")
	admin, victim, guard := county.Person("system_admin"), county.Person("editor"), county.Person("security_admin")
	if err := s.Suspend(admin.Context(), victim.Membership); err != nil {
		t.Fatal(err)
	}
	err := w.DB.InTx(victim.Context(), func(*tenancy.Tx) error { return errors.New("came in") })
	if !errs.Is(err, errs.Unauthenticated) {
		t.Errorf("a suspended member changes something: %v", err)
	}
	tenants := func() (n int) {
		if err := w.TestDB.Admin(t).QueryRow(context.Background(), `select count(*) from platform.tenants_of($1)`, victim.Person).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if tenants() != 0 {
		t.Error("a suspended member may still enter")
	}
	if err := s.Suspend(admin.Context(), victim.Membership); !errs.Is(err, errs.Conflict) {
		t.Errorf("suspended twice: %v", err)
	}
	if err := s.Resume(admin.Context(), victim.Membership); err != nil || tenants() != 1 {
		t.Errorf("resumed: %v", err)
	}
	if err := s.Resume(admin.Context(), victim.Membership); !errs.Is(err, errs.Conflict) {
		t.Errorf("resumed twice: %v", err)
	}
	if err := s.Suspend(admin.Context(), admin.Membership); !errs.Is(err, errs.Forbidden) {
		t.Errorf("suspended himself: %v", err)
	}
	if err := s.Suspend(admin.Context(), guard.Membership); !errs.Is(err, errs.Conflict) {
		t.Errorf("suspended the last security administrator: %v", err)
	}
}

func TestAMemberOfANeighbourIsNotFound(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	s, county, other := service(w), w.Tenant("cppcc", "county"), w.Tenant("cppcc", "county")
	w.FiguresLine(other, county)
	admin, stranger := county.Person("system_admin").Context(), other.Person("editor")
	title := "改动"
	for what, act := range map[string]func(uuid.UUID) error{
		"gets":     func(id uuid.UUID) error { _, err := s.Get(admin, id); return err },
		"changes":  func(id uuid.UUID) error { return s.Update(admin, id, members.Edit{Title: &title}) },
		"suspends": func(id uuid.UUID) error { return s.Suspend(admin, id) },
		"resumes":  func(id uuid.UUID) error { return s.Resume(admin, id) },
	} {
		foreign, missing := act(stranger.Membership), act(uuid.New())
		if !errs.Is(foreign, errs.NotFound) || foreign.Error() != missing.Error() {
			t.Errorf("%s a neighbour's member: %v; one that is none: %v", what, foreign, missing)
		}
	}
}

func TestEveryFaultOfANewMemberIsNamed(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	s := service(w)
	admin := w.Tenant("cppcc", "county").Person("system_admin").Context()
	_, err := s.Create(admin, members.NewMember{Name: " ", Login: "空 格", Password: "short", Class: "king", Title: strings.Repeat("长", 61)})
	var e *errs.Error
	if !errors.As(err, &e) || len(e.Fields) != 5 {
		t.Fatalf("%v: %+v", err, e)
	}
	if _, err := s.Create(admin, members.NewMember{Name: "甲", Login: login(), Password: "12345678", UnitID: uuid.New()}); !errs.Is(err, errs.Invalid) {
		t.Errorf("in a unit that is none: %v", err)
	}
}
