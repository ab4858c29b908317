package settings_test

import (
	"context"
	"strings"
	"testing"

	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/settings"
	"shangda/tenancy/tenancytest"
)

// limits is a setting of the test's own.
type limits struct {
	Most  int      `json:"most"`
	Words []string `json:"words"`
}

var kind = settings.Kind[limits]{
	Name: "test-limits", Title: "测试上限",
	Default: func(tenancy.Tenant) limits { return limits{Most: 100, Words: []string{"甲"}} },
	Check: func(l *limits) error {
		var faults errs.Fields
		if l.Most < 1 {
			faults.Add("most", "至少为 1")
		}
		return faults.Err()
	},
}

func read(t *testing.T, w *tenancytest.World, p *tenancytest.Person) limits {
	t.Helper()
	q, err := w.DB.Read(p.Context())
	if err != nil {
		t.Fatal(err)
	}
	value, err := kind.Get(p.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestATenantSetsForItselfAlone(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	county, neighbour := w.Tenant("cppcc", "county"), w.Tenant("cppcc", "county")
	admin, member, stranger := county.Person("system_admin"), county.Person("member"), neighbour.Person("member")
	set := func(p *tenancytest.Person, version, most int) error {
		return kind.Set(p.Context(), w.DB, version, limits{Most: most, Words: []string{"乙"}})
	}
	if err := set(member, 0, 5); !errs.Is(err, errs.Forbidden) {
		t.Errorf("a member sets: %v", err)
	}
	if err := set(admin, 0, 0); !errs.Is(err, errs.Invalid) {
		t.Errorf("a faulty value: %v", err)
	}
	if got := read(t, w, member); got.Most != 100 {
		t.Errorf("shipped: %+v", got)
	}
	for version := range 2 {
		if err := set(admin, version, 5+version); err != nil {
			t.Fatal(err)
		}
	}
	if err := set(admin, 0, 9); !errs.Is(err, errs.Stale) {
		t.Errorf("over a newer value: %v", err)
	}
	if err := set(admin, 1, 9); !errs.Is(err, errs.Stale) {
		t.Errorf("over a newer value: %v", err)
	}
	if got := read(t, w, member); got.Most != 6 || strings.Join(got.Words, "") != "乙" {
		t.Errorf("set: %+v", got)
	}
	if got := read(t, w, stranger); got.Most != 100 {
		t.Errorf("the neighbour has %+v", got)
	}
}

// A value kept by an earlier program has the shipped value in what came later.
func TestWhatIsNewInAValueIsAsShipped(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	county := w.Tenant("cppcc", "county")
	admin := county.Person("system_admin")
	if err := kind.Set(admin.Context(), w.DB, 0, limits{Most: 7}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.TestDB.Admin(t).Exec(context.Background(), `update settings set value = '{"most": 7, "gone": 1}' where tenant_id = $1`, county.ID); err != nil {
		t.Fatal(err)
	}
	if got := read(t, w, admin); got.Most != 7 || strings.Join(got.Words, "") != "甲" {
		t.Errorf("%+v", got)
	}
}

// Two people who change the same setting at once: one succeeds.
func TestOneOfTwoChangesAtOnce(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	admin := w.Tenant("cppcc", "county").Person("system_admin")
	results := make(chan error)
	for i := range 8 {
		go func() { results <- kind.Set(admin.Context(), w.DB, 0, limits{Most: i + 1}) }()
	}
	done := 0
	for range 8 {
		switch err := <-results; {
		case err == nil:
			done++
		case !errs.Is(err, errs.Stale):
			t.Error(err)
		}
	}
	if done != 1 {
		t.Errorf("%d changes succeeded", done)
	}
}

func TestTheWordOfATenant(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{" 盟 员 ": "盟员", "": "", "一二三四五六七八九十百": ""} {
		terms := settings.Terms{Member: given}
		if err := settings.TermsOf.Check(&terms); (err == nil) != (want != "") || err == nil && terms.Member != want {
			t.Errorf("%q: %q, %v", given, terms.Member, err)
		}
	}
}
