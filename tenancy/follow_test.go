package tenancy_test

import (
	"context"
	"errors"
	"testing"

	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// listener keeps what it heard, and can refuse.
type listener struct {
	heard []tenancy.Event
	fault error
}

func (l *listener) Follow(_ context.Context, _ *tenancy.Tx, events []tenancy.Event) error {
	l.heard = append(l.heard, events...)
	return l.fault
}

func TestFollowersHearOfEachChangeBeforeItIsCommitted(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	me := w.Tenant("cppcc", "county").Person("editor")
	l := &listener{}
	w.DB.Followers = []tenancy.Follower{l}
	ctx := me.Context()
	change := func(name string) error {
		return w.DB.InTx(ctx, func(tx *tenancy.Tx) error { record(tx); return insertUnit(ctx, tx, tx.Tenant(), name) })
	}
	if err := change("甲"); err != nil || len(l.heard) != 1 || l.heard[0].Kind != "unit.created" {
		t.Fatalf("%v: heard %v", err, l.heard)
	}
	l.fault = errors.New("no")
	if err := change("乙"); !errors.Is(err, l.fault) {
		t.Fatalf("after a follower's error: %v", err)
	}
	q, err := w.DB.Read(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if names, err := tenancy.Scalars[string](ctx, q, `select name from units where tenant_id = $1`, q.Tenant()); err != nil || len(names) != 1 {
		t.Errorf("units %v, %v: what a follower refuses is not committed", names, err)
	}
}
