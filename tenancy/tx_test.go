package tenancy_test

import (
	"context"
	"errors"
	"testing"

	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

func insertUnit(ctx context.Context, tx *tenancy.Tx, tenant int32, name string) error {
	_, err := tx.Exec(ctx, `insert into units (tenant_id, id, name, created_at) values ($1, $2, $3, $4)`, tenant, tenancy.NewID(), name, tx.Now())
	return err
}

func record(tx *tenancy.Tx) {
	tx.Record(tenancy.Event{Kind: "unit.created", Subject: tenancy.Subject{Kind: "unit", ID: tenancy.NewID()}})
}

func TestAChangeBelongsToOneTenant(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	mine, other := w.Tenant("cppcc", "county"), w.Tenant("cppcc", "county")
	me, you := mine.Person("editor"), other.Person("editor")
	ctx := me.Context()

	if err := w.DB.InTx(ctx, func(tx *tenancy.Tx) error { record(tx); return insertUnit(ctx, tx, mine.ID, "研究室") }); err != nil {
		t.Fatal(err)
	}
	err := w.DB.InTx(ctx, func(tx *tenancy.Tx) error { record(tx); return insertUnit(ctx, tx, other.ID, "混入的机构") })
	if err == nil {
		t.Fatal("wrote a row of another tenant")
	}
	for _, p := range []*tenancytest.Person{me, you} {
		q, err := w.DB.Read(p.Context())
		if err != nil {
			t.Fatal(err)
		}
		names, err := tenancy.Scalars[string](p.Context(), q, `select name from units where $1::int is not null`, q.Tenant())
		if err != nil {
			t.Fatal(err)
		}
		if want := p == me; want != (len(names) == 1) {
			t.Fatalf("%s sees units %v", p.Name, names)
		}
	}
}

func TestAChangeLeavesARecord(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	me := w.Tenant("cppcc", "county").Person("editor")
	ctx := me.Context()
	if err := w.DB.InTx(ctx, func(tx *tenancy.Tx) error { return insertUnit(ctx, tx, tx.Tenant(), "无记录") }); err == nil {
		t.Fatal("a change without a record was committed")
	}
}

func TestWithdrawnRightsStopTheNextChange(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	me := w.Tenant("cppcc", "county").Person("editor")
	ctx := me.Context()
	change := func(name string) error {
		return w.DB.InTx(ctx, func(tx *tenancy.Tx) error {
			record(tx)
			if !tx.Principal().HasRole("editor") {
				return errs.New(errs.Forbidden, "无权")
			}
			return insertUnit(ctx, tx, tx.Tenant(), name)
		})
	}
	if err := change("甲"); err != nil {
		t.Fatal(err)
	}
	me.Tenant.Withdraw(me, "editor")
	if err := change("乙"); !errs.Is(err, errs.Forbidden) {
		t.Fatalf("after the role was withdrawn: %v", err)
	}
	me.Tenant.EndSession(me)
	if err := change("丙"); !errs.Is(err, errs.Unauthenticated) {
		t.Fatalf("after the session ended: %v", err)
	}
}

func TestARepeatedKeyIsOneChange(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	me := w.Tenant("cppcc", "county").Person("editor")
	runs := 0
	do := func(body string) error {
		ctx := tenancy.WithIdempotencyKey(me.Context(), "k1", "POST /units", []byte(body))
		return w.DB.InTx(ctx, func(tx *tenancy.Tx) error {
			runs++
			record(tx)
			return insertUnit(ctx, tx, tx.Tenant(), "一次")
		})
	}
	if err := do("甲"); err != nil {
		t.Fatal(err)
	}
	var repeat *tenancy.Repeat
	if err := do("甲"); !errors.As(err, &repeat) || repeat.Subject.Kind != "unit" {
		t.Fatalf("repeat: %v", err)
	}
	if err := do("乙"); !errs.Is(err, errs.Invalid) {
		t.Fatalf("same key, other body: %v", err)
	}
	if runs != 1 {
		t.Fatalf("ran %d times", runs)
	}
}

func TestTheTenantDoesNotOutliveItsTransaction(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	me := w.Tenant("cppcc", "county").Person("editor")
	ctx := me.Context()
	if err := w.DB.InTx(ctx, func(tx *tenancy.Tx) error { record(tx); return insertUnit(ctx, tx, tx.Tenant(), "甲") }); err != nil {
		t.Fatal(err)
	}
	for range 40 {
		var n int
		if err := w.Pool().QueryRow(context.Background(), `select count(*) from units`).Scan(&n); err != nil || n != 0 {
			t.Fatalf("without a tenant: %d units, %v", n, err)
		}
	}
}

func TestAChangeSeesThePostAsItIsNow(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	me := w.Tenant("cppcc", "county").PersonAt("director", "editor")
	if _, err := w.TestDB.Admin(t).Exec(t.Context(), `update memberships set post = 'clerk' where id = $1`, me.Membership); err != nil {
		t.Fatal(err)
	}
	err := w.DB.InTx(me.Context(), func(tx *tenancy.Tx) error {
		if post := tx.Principal().Post; post != "clerk" {
			t.Errorf("acts as %s", post)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
