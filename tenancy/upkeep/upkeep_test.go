package upkeep_test

import (
	"context"
	"testing"
	"time"

	"shangda/internal/testdb"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
	"shangda/tenancy/upkeep"
)

func TestOldKeysAndSessionsAreForgotten(t *testing.T) {
	t.Parallel()
	w := tenancytest.On(t, testdb.Fresh(t))
	county := w.Tenant("cppcc", "county")
	clerk, left := county.Person("editor"), county.Person("editor")
	change := func(key string) {
		ctx := tenancy.WithIdempotencyKey(clerk.Context(), key, "POST /x", []byte(key))
		if err := w.DB.InTx(ctx, func(tx *tenancy.Tx) error {
			tx.Record(tenancy.Event{Kind: "x.done", Subject: tenancy.Subject{Kind: "x", ID: tenancy.NewID()}})
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	change("old")
	county.EndSession(left)
	w.Clock.Advance(8 * 24 * time.Hour)
	change("new")
	s := upkeep.New(w.DB, tenancy.NewDirectory(w.Pool()))
	for range 2 { // the second time there is nothing to do
		if err := s.Once(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	var keys, sessions, done int
	row := w.TestDB.Admin(t).QueryRow(context.Background(), `
		select (select count(*) from idempotency), (select count(*) from platform.sessions), (select count(*) from events where kind = 'upkeep.done')`)
	if err := row.Scan(&keys, &sessions, &done); err != nil {
		t.Fatal(err)
	}
	if keys != 1 || sessions != 1 || done != 1 {
		t.Fatalf("left: %d keys, %d sessions; %d rounds left a record", keys, sessions, done)
	}
}
