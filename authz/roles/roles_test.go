package roles_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/authz/roles"
	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// now is what the person may do in his next transaction.
func now(t *testing.T, w *tenancytest.World, p *tenancytest.Person) *tenancy.Principal {
	t.Helper()
	var found *tenancy.Principal
	if err := w.DB.InTx(p.Context(), func(tx *tenancy.Tx) error { found = tx.Principal(); return nil }); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAnOwnRoleIsACopyThatCanBeChanged(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	s, county := roles.New(w.DB), w.Tenant("cppcc", "county")
	guard, clerk := county.Person("security_admin"), county.Person("editor")

	if err := s.Create(guard.Context(), roles.NewRole{Code: "night_editor", Name: "夜班编辑", CopyOf: "editor"}); err != nil {
		t.Fatal(err)
	}
	m, err := s.Matrix(clerk.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Grants["night_editor"]) == 0 || len(m.Grants["night_editor"]) != len(m.Grants["editor"]) {
		t.Errorf("the copy %v, the original %v", m.Grants["night_editor"], m.Grants["editor"])
	}
	if err := s.Assign(guard.Context(), clerk.Membership, []string{"night_editor"}); err != nil {
		t.Fatal(err)
	}
	if !authz.May(now(t, w, clerk), authz.ReportScreen) {
		t.Error("the copy does not give what the original gives")
	}
	if err := s.SetGrants(guard.Context(), "night_editor", map[string]string{"report:read": "unit"}); err != nil {
		t.Fatal(err)
	}
	if p := now(t, w, clerk); authz.May(p, authz.ReportScreen) || p.Scope("report:read") != tenancy.ScopeUnit {
		t.Error("a right taken from the role is still there, or the one left is not")
	}
	if err := s.Assign(guard.Context(), clerk.Membership, nil); err != nil {
		t.Fatal(err)
	}
	if authz.May(now(t, w, clerk), authz.ReportRead) {
		t.Error("a right is kept after the role was taken")
	}
}

func TestRoleChangesThatAreRefused(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	s, county, operator := roles.New(w.DB), w.Tenant("cppcc", "county"), w.Operator()
	guard, clerk := county.Person("security_admin"), county.Person("editor")
	for code, copyOf := range map[string]string{"own_editor": "editor", "own_system": "system_admin", "own_guard": "security_admin"} {
		if err := s.Create(guard.Context(), roles.NewRole{Code: code, Name: "自设", CopyOf: copyOf}); err != nil {
			t.Fatal(err)
		}
	}
	second := county.Person("security_admin")
	if err := s.Assign(second.Context(), guard.Membership, []string{"security_admin", "own_guard"}); err != nil {
		t.Fatal(err)
	}
	own := roles.New(w.DB)
	for _, c := range []struct {
		why  string
		want errs.Kind
		act  func(context.Context) error
	}{
		{"a shipped role", errs.Conflict, func(ctx context.Context) error { return s.SetGrants(ctx, "editor", map[string]string{}) }},
		{"no role", errs.NotFound, func(ctx context.Context) error { return s.SetGrants(ctx, "nothing", map[string]string{}) }},
		{"a role he holds", errs.Forbidden, func(ctx context.Context) error { return s.SetGrants(ctx, "own_guard", map[string]string{}) }},
		{"no permission", errs.Invalid, func(ctx context.Context) error {
			return s.SetGrants(ctx, "own_editor", map[string]string{"report:burn": "own"})
		}},
		{"no scope", errs.Invalid, func(ctx context.Context) error {
			return s.SetGrants(ctx, "own_editor", map[string]string{"report:read": "country"})
		}},
		{"reports for an administrator", errs.Invalid, func(ctx context.Context) error {
			return s.SetGrants(ctx, "own_system", map[string]string{"report:read": "own"})
		}},
		{"the operator's right", errs.Invalid, func(ctx context.Context) error {
			return s.SetGrants(ctx, "own_system", map[string]string{"tenant:write": "tenant"})
		}},
		{"the courier's right", errs.Invalid, func(ctx context.Context) error {
			return s.SetGrants(ctx, "own_editor", map[string]string{"letter:carry": "tenant"})
		}},
		{"a code in use", errs.Conflict, func(ctx context.Context) error {
			return own.Create(ctx, roles.NewRole{Code: "editor", Name: "编辑", CopyOf: "member"})
		}},
		{"a copy of nothing", errs.Invalid, func(ctx context.Context) error {
			return own.Create(ctx, roles.NewRole{Code: "x", Name: "某", CopyOf: "nothing"})
		}},
		{"a bad code", errs.Invalid, func(ctx context.Context) error {
			return own.Create(ctx, roles.NewRole{Code: "Ä", Name: "", CopyOf: "editor"})
		}},
		{"to himself", errs.Forbidden, func(ctx context.Context) error { return s.Assign(ctx, guard.Membership, []string{"own_guard"}) }},
		{"business to an administrator", errs.Invalid, func(ctx context.Context) error { return s.Assign(ctx, second.Membership, []string{"editor"}) }},
		{"administration to an editor", errs.Invalid, func(ctx context.Context) error { return s.Assign(ctx, clerk.Membership, []string{"system_admin"}) }},
		{"a role that is none", errs.Invalid, func(ctx context.Context) error { return s.Assign(ctx, clerk.Membership, []string{"king"}) }},
	} {
		if err := c.act(guard.Context()); !errs.Is(err, c.want) {
			t.Errorf("%s: %v", c.why, err)
		}
	}
	reader := operator.Person("security_admin")
	if err := s.Create(reader.Context(), roles.NewRole{Code: "r" + uuid.NewString()[:8], Name: "读者", CopyOf: "operator"}); err != nil {
		t.Error(err)
	}
	for _, role := range authz.ShippedRoles("cppcc") {
		if role.Code == "security_admin" {
			continue
		}
		ctx := county.Person(role.Code).Context()
		for what, err := range map[string]error{
			"creates": s.Create(ctx, roles.NewRole{Code: "mine", Name: "我的", CopyOf: "editor"}),
			"changes": s.SetGrants(ctx, "own_editor", map[string]string{}), "assigns": s.Assign(ctx, clerk.Membership, nil),
		} {
			if !errs.Is(err, errs.Forbidden) {
				t.Errorf("%s %s: %v", role.Code, what, err)
			}
		}
	}
}

func TestRolesOfANeighbourAreNotFound(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	s, county, other := roles.New(w.DB), w.Tenant("cppcc", "county"), w.Tenant("cppcc", "county")
	guard, stranger := county.Person("security_admin"), other.Person("editor")
	if err := s.Create(other.Person("security_admin").Context(), roles.NewRole{Code: "theirs", Name: "他们的", CopyOf: "editor"}); err != nil {
		t.Fatal(err)
	}
	if err := s.SetGrants(guard.Context(), "theirs", map[string]string{}); !errs.Is(err, errs.NotFound) {
		t.Errorf("changes a neighbour's role: %v", err)
	}
	if err := s.Create(guard.Context(), roles.NewRole{Code: "mine", Name: "我的", CopyOf: "theirs"}); !errs.Is(err, errs.Invalid) {
		t.Errorf("copies a neighbour's role: %v", err)
	}
	for _, id := range []uuid.UUID{stranger.Membership, uuid.New()} {
		if err := s.Assign(guard.Context(), id, []string{"editor"}); !errs.Is(err, errs.NotFound) {
			t.Errorf("gives a role to a neighbour's member: %v", err)
		}
		if _, err := s.Held(guard.Context(), id); !errs.Is(err, errs.NotFound) {
			t.Errorf("looks at a neighbour's member: %v", err)
		}
	}
	m, err := s.Matrix(guard.Context())
	if err != nil || slices.ContainsFunc(m.Roles, func(r roles.RoleView) bool { return r.Code == "theirs" }) {
		t.Errorf("%v: the matrix shows %v", err, m.Roles)
	}
}

// TestTheDatabaseKeepsTheClassesApart goes past the use cases: the composite keys alone refuse.
func TestTheDatabaseKeepsTheClassesApart(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	county := w.Tenant("cppcc", "county")
	guard := county.Person("security_admin")
	clerk := county.Person("editor")
	for what, row := range map[string][]any{
		"an editor's role with the guard's class": {guard.Membership, "editor", "security", nil},
		"an editor's role for the guard":          {guard.Membership, "editor", "business", nil},
		"a role from himself":                     {clerk.Membership, "reviewer", "business", clerk.Membership},
	} {
		err := w.DB.InTx(guard.Context(), func(tx *tenancy.Tx) error {
			tx.Record(tenancy.Event{Kind: "test", Subject: roles.SubjectOf("editor")})
			_, err := tx.Exec(guard.Context(), `
				insert into role_holders (tenant_id, membership_id, role, class, granted_by, granted_at) values ($1, $2, $3, $4, $5, $6)`,
				append([]any{tx.Tenant()}, append(row, tx.Now())...)...)
			return err
		})
		if err == nil {
			t.Errorf("%s was stored", what)
		}
	}
}

// TestAGrantThatCannotStandCountsForNothing puts rows beside the use cases: the table does not believe them.
func TestAGrantThatCannotStandCountsForNothing(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	s, county := roles.New(w.DB), w.Tenant("cppcc", "county")
	guard, admin := county.Person("security_admin"), county.Person("system_admin")
	if err := s.Create(guard.Context(), roles.NewRole{Code: "sly", Name: "狡", CopyOf: "system_admin"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Assign(guard.Context(), admin.Membership, []string{"sly"}); err != nil {
		t.Fatal(err)
	}
	err := w.DB.InTx(guard.Context(), func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "test", Subject: roles.SubjectOf("sly")})
		if _, err := tx.Exec(guard.Context(), `
			insert into role_grants (tenant_id, role, permission, scope)
			select $1, 'sly', p, 'tenant' from unnest($2::text[]) p`, tx.Tenant(), []string{"report:read", "tenant:write", "letter:carry"}); err != nil {
			return err
		}
		_, err := tx.Exec(guard.Context(), `update policies set version = version + 1 where tenant_id = $1`, tx.Tenant())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	p := now(t, w, admin)
	for _, permission := range []authz.Permission{authz.ReportRead, authz.TenantWrite, authz.LetterCarry} {
		if authz.May(p, permission) {
			t.Errorf("%s counts in a system role", permission)
		}
	}
	if !authz.May(p, authz.MemberWrite) {
		t.Error("the rest of the role is gone")
	}
}
