package forwardings_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/forwardings"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

func TestTheOriginalIsVerifiedEachTimeItIsShown(t *testing.T) {
	r := newRoad(t)
	_, id := r.sent(forwardings.Options{Cover: "请予参考。", Urgency: "urgent", ReplyBy: "2026-11-20"})
	o, _ := r.received(id)
	if o.Signature != forwardings.SignatureValid || o.Algorithm != "ed25519" || o.Key == uuid.Nil || o.From.Code != r.county.Code || o.Cover != "请予参考。" || o.Urgency != "urgent" || o.ReplyBy != "2026-11-20" {
		t.Fatalf("%+v", o)
	}
	if list, clock, err := r.s.Received(r.clerk.Context(), r.signed()); err != nil || len(list) != 0 || clock != nil {
		t.Errorf("a report of the unit's own: %+v, %+v, %v", list, clock, err)
	}
	r.database(`update letters_in set algorithm = '', key_id = null, signature = null where tenant_id = $1`, r.city)
	if o, _ := r.received(id); o.Signature != forwardings.SignatureUnsigned { // the test's day is before the first signatures
		t.Errorf("without a signature: %+v", o)
	}
	r.database(`update letters_in i set (algorithm, key_id, signature) = (select algorithm, key_id, signature from letters_out o where o.id = i.id) where tenant_id = $1`, r.city)
	r.database(`update letters_in set payload = replace(convert_from(payload, 'utf8'), '参考', '采用')::bytea where tenant_id = $1`, r.city)
	if o, _ := r.received(id); o.Signature != forwardings.SignatureFault || o.Fault == "" || o.Cover != "" {
		t.Errorf("a changed row: %+v", o)
	}
}

func TestTheSheetGoesWhereItIsAskedFor(t *testing.T) {
	r := newRoad(t)
	a := r.asked[r.city.ID]
	a.Sheet = true
	r.asked[r.city.ID] = a
	front := r.Tenant("front", "city")
	r.Line(r.county, front)
	id := r.signed()
	_, err := r.s.Send(r.clerk.Context(), id, []string{front.Code, r.city.Code}, forwardings.Options{})
	if !errs.Is(err, errs.Conflict) || !strings.Contains(err.Error(), "初核表") {
		t.Fatalf("without a sign-off: %v", err)
	}
	if list, _, _ := r.s.Of(r.clerk.Context(), id); len(list) != 0 {
		t.Fatal("sent to one of two")
	}
	r.sheet = []forwardings.SignedStep{{Step: "核稿", Name: "周敏", Verdict: "approve", At: r.Clock.Now().UTC()}, {Step: "签发", Name: "吴岚", Verdict: "approve", At: r.Clock.Now().UTC()}}
	r.done(r.s.Send(r.clerk.Context(), id, []string{front.Code, r.city.Code}, forwardings.Options{}))
	r.carry()
	list, _, err := r.s.Of(r.clerk.Context(), id)
	if err != nil || len(list) != 2 || list[0].Sheet == list[1].Sheet {
		t.Fatalf("%+v, %v", list, err)
	}
	inbox, _, err := r.reports.List(r.desk.Context(), reports.Filter{Box: reports.BoxInbox, Limit: 1})
	if err != nil || len(inbox) != 1 {
		t.Fatal(inbox, err)
	}
	if o, _ := r.received(inbox[0].ID); !slices.Equal(o.Sheet, r.sheet) {
		t.Errorf("%+v", o.Sheet)
	}
	other := front.Person("editor")
	inbox, _, err = r.reports.List(other.Context(), reports.Filter{Box: reports.BoxInbox, Limit: 1})
	if err != nil || len(inbox) != 1 {
		t.Fatal(inbox, err)
	}
	if originals, _, err := r.s.Received(other.Context(), inbox[0].ID); err != nil || len(originals[0].Sheet) != 0 {
		t.Errorf("who did not ask has %+v, %v", originals, err)
	}
}

func TestTheClockRunsFromTheDeliveryToTheAnswer(t *testing.T) {
	r := newRoad(t) // Monday, 2 November 2026
	_, id := r.sent(forwardings.Options{ReplyBy: "2026-11-05"})
	_, clock := r.received(id)
	if clock.DueOn != "2026-11-09" || clock.ReplyBy != "2026-11-05" || clock.Overdue || clock.AnsweredAt != nil {
		t.Fatalf("%+v", clock)
	}
	r.done(r.reports.TakeUp(r.desk.Context(), id))
	tidy := func(day int) {
		t.Helper()
		r.Clock.Set(time.Date(2026, 11, day, 2, 0, 0, 0, time.UTC))
		if err := r.s.Tidy(tenancy.System(t.Context(), r.city.Tenant, "clock", "test", nil)); err != nil {
			t.Fatal(err)
		}
	}
	heard := func(p *tenancytest.Person, word string) int {
		n := 0
		for _, text := range r.unread(p) {
			n += strings.Count(text, word)
		}
		return n
	}
	for _, day := range []int{4, 6, 6, 7, 8, 9} { // the 7th and 8th are free
		tidy(day)
	}
	if heard(r.desk, "即将到期") != 1 || heard(r.desk, "超过") != 0 {
		t.Errorf("before the day: %v", r.unread(r.desk))
	}
	tidy(10)
	tidy(11)
	if heard(r.desk, "超过") != 1 || heard(r.reviewer, "超过") != 1 {
		t.Errorf("after the day: %v, %v", r.unread(r.desk), r.unread(r.reviewer))
	}
	waiting, err := r.s.Waiting(r.desk.Context())
	if err != nil || len(waiting) != 1 || waiting[0].ReportID != id || !waiting[0].Overdue {
		t.Fatalf("%+v, %v", waiting, err)
	}
	r.done(r.reports.Keep(r.desk.Context(), id, reports.Why{Code: "timing"}))
	if _, clock = r.received(id); clock.AnsweredAt == nil || !clock.Overdue {
		t.Errorf("answered late: %+v", clock)
	}
	if waiting, err = r.s.Waiting(r.desk.Context()); err != nil || len(waiting) != 0 {
		t.Errorf("%+v, %v", waiting, err)
	}
}

func TestAReportIsReturnedSoManyTimes(t *testing.T) {
	r := newRoad(t)
	below, id := r.sent(forwardings.Options{})
	for range 2 {
		r.done(r.reports.TakeUp(r.desk.Context(), id))
		r.done(r.reports.Return(r.desk.Context(), id, reports.Why{Code: "no_data"}))
		r.carry()
		r.Clock.Advance(24 * time.Hour)
		r.sign(below)
		r.done(r.s.Send(r.clerk.Context(), below, []string{r.city.Code}, forwardings.Options{}))
		r.carry()
	}
	if _, clock := r.received(id); clock.DueOn != "2026-11-11" || clock.AnsweredAt != nil { // anew from the 4th
		t.Errorf("after a return the clock is %+v", clock)
	}
	r.done(r.reports.TakeUp(r.desk.Context(), id))
	_, err := r.reports.Return(r.desk.Context(), id, reports.Why{Code: "no_data"})
	if !errs.Is(err, errs.Conflict) || !strings.Contains(err.Error(), "最多退回 2 次") {
		t.Fatalf("a third time: %v", err)
	}
	r.done(r.reports.Keep(r.desk.Context(), id, reports.Why{Code: "timing"}))
	// To an author of this unit a report may go back as often as it needs.
	own := r.done(r.reports.Create(r.member.Context(), reports.NewReport{Submit: true, Input: reports.Input{
		Text: reports.Text{Title: "关于路灯的建议", Problem: "路灯不亮。"}, Category: "交通运输"}}))
	for range 4 {
		r.done(r.reports.TakeUp(r.clerk.Context(), own))
		r.done(r.reports.Return(r.clerk.Context(), own, reports.Why{Code: "no_data"}))
		r.done(r.reports.Submit(r.member.Context(), own))
	}
}

func TestFaultyOptions(t *testing.T) {
	r := newRoad(t)
	id := r.signed()
	for name, o := range map[string]forwardings.Options{
		"urgency": {Urgency: "now"}, "no date": {ReplyBy: "soon"}, "past": {ReplyBy: "2026-11-01"}, "cover": {Cover: strings.Repeat("字", 501)},
	} {
		_, err := r.s.Send(r.clerk.Context(), id, []string{r.city.Code}, o)
		if !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestIsolation asks every method as a neighbour, and as one of the unit who lacks the right.
func TestIsolation(t *testing.T) {
	r := newRoad(t)
	below, above := r.sent(forwardings.Options{})
	stranger := r.Tenant("cppcc", "county").Person("editor", "reviewer")
	sent, _, err := r.s.Of(r.clerk.Context(), below)
	if err != nil || len(sent) != 1 {
		t.Fatal(sent, err)
	}
	ask := map[string]func(p *tenancytest.Person, report, forwarding uuid.UUID) error{
		"Send": func(p *tenancytest.Person, report, _ uuid.UUID) error {
			_, err := r.s.Send(p.Context(), report, []string{r.city.Code}, forwardings.Options{})
			return err
		},
		"Recall": func(p *tenancytest.Person, _, f uuid.UUID) error { _, err := r.s.Recall(p.Context(), f); return err },
		"Targets": func(p *tenancytest.Person, report, _ uuid.UUID) error {
			_, err := r.s.Targets(p.Context(), report)
			return err
		},
		"Of": func(p *tenancytest.Person, report, _ uuid.UUID) error {
			_, _, err := r.s.Of(p.Context(), report)
			return err
		},
		"Received": func(p *tenancytest.Person, report, _ uuid.UUID) error {
			_, _, err := r.s.Received(p.Context(), report)
			return err
		},
	}
	for name, call := range ask {
		foreign, missing := call(stranger, below, sent[0].ID), call(stranger, tenancy.NewID(), tenancy.NewID())
		if !errs.Is(foreign, errs.NotFound) || foreign.Error() != missing.Error() {
			t.Errorf("%s: foreign %v, missing %v", name, foreign, missing)
		}
		if err := call(stranger, above, sent[0].ID); !errs.Is(err, errs.NotFound) {
			t.Errorf("%s of the copy above: %v", name, err)
		}
	}
	if waiting, err := r.s.Waiting(stranger.Context()); err != nil || len(waiting) != 0 {
		t.Errorf("a stranger's clocks: %+v, %v", waiting, err)
	}
	if _, err := r.s.Waiting(r.city.Person("member").Context()); err == nil {
		t.Error("a member sees what waits in the unit")
	}
	if err := ask["Recall"](r.desk, above, sent[0].ID); !errs.Is(err, errs.NotFound) {
		t.Errorf("the upper unit recalls: %v", err)
	}
	// Tell, Before and Tidy act in the caller's unit alone: what a stranger sets off reaches no clock of the city.
	err = r.DB.InTx(stranger.Context(), func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "test.step", Subject: tenancy.Subject{Kind: "test", ID: tenancy.NewID()}})
		o := reports.Outcome{Decider: stranger.Tenant.Tenant, Kind: reports.KindKept}
		if err := r.s.Tell(stranger.Context(), tx, above, o); err != nil && !errs.Is(err, errs.NotFound) {
			return err
		}
		return r.s.Before(stranger.Context(), tx, above, string(reports.ActReturn))
	})
	if err != nil {
		t.Errorf("%v", err)
	}
	r.Clock.Advance(60 * 24 * time.Hour)
	if err := r.s.Tidy(tenancy.System(t.Context(), stranger.Tenant.Tenant, "clock", "test", nil)); err != nil {
		t.Error(err)
	}
	if _, clock := r.received(above); clock.AnsweredAt != nil || len(r.unread(r.reviewer)) != 0 {
		t.Errorf("%+v, %v", clock, r.unread(r.reviewer))
	}
}
