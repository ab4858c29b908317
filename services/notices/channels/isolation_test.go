package channels_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/notices"
	"shangda/services/notices/channels"
	"shangda/tenancy"
)

// accounted are the use cases, with the test that keeps tenants apart in them.
var accounted = map[string]string{
	"Channels": "TestNobodyReachesANeighboursChannels", "Set": "TestNobodyReachesANeighboursChannels", "Ways": "TestNobodyReachesANeighboursChannels",
	"Choose": "TestNobodyReachesANeighboursChannels", "Sends": "TestNobodyReachesANeighboursChannels", "Resend": "TestNobodyReachesANeighboursChannels",
	"Deliver": "TestNoNoticeLeavesByAnotherTenantsChannel", "Queue": "TestNoNoticeIsQueuedForAnotherTenant",
}

func TestEveryUseCaseIsAccountedFor(t *testing.T) {
	t.Parallel()
	service, ctx := reflect.TypeFor[*channels.Service](), reflect.TypeFor[context.Context]()
	for i := range service.NumMethod() {
		m := service.Method(i)
		if m.Type.NumIn() > 1 && m.Type.In(1) == ctx && accounted[m.Name] == "" {
			t.Errorf("%s is in no isolation test", m.Name)
		}
	}
}

// astray counts what arrives at the neighbour of what was told here.
func astray(t *testing.T, broken func(*channels.Service, tenancy.Querier) *channels.Service) (arrived int, err error) {
	t.Helper()
	o, mine := hooked(t)
	neighbour, theirs := o.h.office(), newReceiver(t)
	neighbour.open(channels.Webhook, channels.Setup{Config: channels.Config{URL: theirs.URL}, Secret: hookKey, FullText: true})
	o.tell("report.adopted", "《路灯不亮》采用")
	q, fault := o.h.DB.Read(neighbour.messenger())
	if fault != nil {
		t.Fatal(fault)
	}
	_, err = broken(o.h.channels, q).Deliver(o.messenger(), o.only().ID)
	if len(mine.heard()) != 0 {
		t.Error("the broken service found the right channel")
	}
	return len(theirs.heard()), err
}

// TestNoNoticeLeavesByAnotherTenantsChannel: a service that takes up another tenant's channel stops by its assertion; without
// the assertion the same look finds the leak.
func TestNoNoticeLeavesByAnotherTenantsChannel(t *testing.T) {
	t.Parallel()
	if arrived, err := astray(t, (*channels.Service).Astray); arrived != 0 || err == nil {
		t.Errorf("%d arrived, %v", arrived, err)
	}
	if arrived, _ := astray(t, (*channels.Service).Trusting); arrived == 0 {
		t.Error("the broken service was not noticed: the test proves nothing")
	}
}

func TestNoNoticeIsQueuedForAnotherTenant(t *testing.T) {
	t.Parallel()
	o, _ := hooked(t)
	neighbour := o.h.office()
	err := o.h.DB.InTx(o.clerk.Context(), func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "test", Subject: tenancy.Subject{Kind: "report", ID: tenancy.NewID()}})
		return o.h.channels.Queue(context.Background(), tx, []notices.Written{{Tenant: neighbour.ID, ID: tenancy.NewID(), Reader: o.member.Membership, Kind: "report.adopted"}})
	})
	if err == nil {
		t.Error("a notice of another tenant was queued")
	}
	o.tell("report.adopted", "采用")
	id := o.only().ID
	if _, err := o.h.channels.Deliver(neighbour.messenger(), id); !errs.Is(err, errs.NotFound) {
		t.Errorf("the neighbour's messenger: %v", err)
	}
	if _, err := o.h.channels.Deliver(o.member.Context(), id); !errs.Is(err, errs.Forbidden) {
		t.Errorf("a person as messenger: %v", err)
	}
}

func TestNobodyReachesANeighboursChannels(t *testing.T) {
	t.Parallel()
	o, _ := hooked(t)
	o.tell("report.adopted", "采用")
	id := o.only().ID
	neighbour := o.h.office()
	if views, err := o.h.channels.Channels(neighbour.system.Context()); err != nil || views[1].Active || views[1].HasSecret || views[1].Config.URL != "" {
		t.Errorf("%+v, %v", views, err)
	}
	if w, err := o.h.channels.Ways(neighbour.member.Context()); err != nil || len(w.Channels) != 0 || len(w.Choice.Outcome) != 0 {
		t.Errorf("%+v, %v", w, err)
	}
	o.h.refused(errs.Invalid, o.h.channels.Choose(neighbour.member.Context(), 0, channels.Choice{Outcome: []string{channels.Webhook}}))
	if all, _, err := o.h.channels.Sends(neighbour.system.Context(), true, "", "", 10); err != nil || len(all) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
	missing := o.h.channels.Resend(neighbour.system.Context(), uuid.New())
	for who, ctx := range map[string]context.Context{"the neighbour": neighbour.system.Context(), "a colleague": o.clerk.Context()} {
		if err := o.h.channels.Resend(ctx, id); !errs.Is(err, errs.NotFound) || err.Error() != missing.Error() {
			t.Errorf("%s: %v", who, err)
		}
	}
	if err := o.h.channels.Set(neighbour.system.Context(), channels.Webhook, 0, channels.Setup{Config: channels.Config{URL: "https://example.com"}, Secret: hookKey}); err != nil {
		t.Fatal(err)
	}
	if views, _ := o.h.channels.Channels(o.system.Context()); views[1].Version != 1 || !views[1].Active {
		t.Errorf("the neighbour changed it: %+v", views[1])
	}
}
