package reviews_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/reviews"
	"shangda/services/reviews/flow"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

func (o *office) delegate(from, to *tenancytest.Person, after, length time.Duration) (uuid.UUID, error) {
	starts := o.Clock.Now().Add(after)
	return o.reviews.Delegate(from.Context(), reviews.NewDelegation{Deputy: to.Membership, Reason: "出差", StartsAt: starts, EndsAt: starts.Add(length)})
}

func TestDelegation(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "T1")
	waiting := o.start(o.paper("ordinary"))
	now := o.Clock.Now()
	for name, n := range map[string]reviews.NewDelegation{
		"no reason": {Deputy: o.vice.Membership, StartsAt: now, EndsAt: now.Add(time.Hour)}, "marked": {Deputy: o.vice.Membership, Reason: "★秘密★", StartsAt: now, EndsAt: now.Add(time.Hour)},
		"backwards": {Deputy: o.vice.Membership, Reason: "出差", StartsAt: now.Add(time.Hour), EndsAt: now}, "past": {Deputy: o.vice.Membership, Reason: "出差", StartsAt: now.Add(-2 * time.Hour), EndsAt: now.Add(-time.Hour)},
		"too long": {Deputy: o.vice.Membership, Reason: "出差", StartsAt: now, EndsAt: now.AddDate(1, 0, 0)}, "oneself": {Deputy: o.head.Membership, Reason: "出差", StartsAt: now, EndsAt: now.Add(time.Hour)},
		"who may not sign": {Deputy: o.admin.Membership, Reason: "出差", StartsAt: now, EndsAt: now.Add(time.Hour)},
	} {
		if _, err := o.reviews.Delegate(o.head.Context(), n); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	id, err := o.delegate(o.head, o.committee, 0, 48*time.Hour)
	o.want(err, "", "away")
	_, err = o.delegate(o.head, o.vice, time.Hour, time.Hour)
	o.want(err, errs.Conflict, "two at the same time")
	if got := o.notice(o.committee); !strings.Contains(got, o.head.Name+"委托您代为审签") {
		t.Fatalf("the deputy is told %q", got)
	}
	later := o.start(o.paper("ordinary"))
	if got := o.notice(o.committee); got != "《关于某事的建议》等待您代"+o.head.Name+"审签（研究室编审）" {
		t.Fatalf("the deputy is told %q", got)
	}
	for _, review := range []uuid.UUID{waiting, later} { // what waited already, and what came since
		r := o.get(o.committee, review)
		if r.Turn == nil || r.Turn.For != o.head.Name || r.Steps[0].Tasks[0].Deputy != o.committee.Name {
			t.Fatalf("%+v", r)
		}
	}
	o.want(o.approve(o.committee, later), "", "by the deputy")
	r := o.get(o.editor, later)
	if task := r.Steps[0].Tasks[0]; task.By != o.committee.Name || task.Name != o.head.Name || r.Acts[1].OnBehalf != o.head.Name {
		t.Fatalf("%+v", r)
	}
	for _, p := range []*tenancytest.Person{o.head, o.committee} {
		all, err := o.reviews.Delegations(p.Context())
		if err != nil || len(all) != 1 || all[0].State != "active" || all[0].Mine != (p == o.head) || all[0].Reason != "出差" {
			t.Fatalf("%+v, %v", all, err)
		}
	}
	if all, err := o.reviews.Delegations(o.vice.Context()); err != nil || len(all) != 0 {
		t.Fatalf("a third sees %+v, %v", all, err)
	}
	_, err = o.reviews.EndDelegation(o.vice.Context(), id)
	o.want(err, errs.NotFound, "by a third")
	_, err = o.reviews.EndDelegation(o.committee.Context(), id)
	o.want(err, "", "by the deputy")
	_, err = o.reviews.EndDelegation(o.head.Context(), id)
	o.want(err, errs.Conflict, "twice")
	o.want(o.approve(o.committee, waiting), errs.Forbidden, "after its end")
	o.want(o.approve(o.head, waiting), "", "by himself")

	_, err = o.delegate(o.head, o.vice, time.Hour, time.Hour)
	o.want(err, "", "the next one")
	waiting = o.start(o.paper("ordinary"))
	o.want(o.approve(o.vice, waiting), errs.Forbidden, "before its time")
	o.Clock.Advance(2 * time.Hour)
	o.want(o.approve(o.vice, waiting), errs.Forbidden, "after its time")
}

func TestTwoDelegationsAtOnceAreOne(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var group sync.WaitGroup
	faults := make([]error, 6)
	for i := range faults {
		group.Go(func() { _, faults[i] = o.delegate(o.head, o.vice, 0, time.Hour) })
	}
	group.Wait()
	made := 0
	for _, err := range faults {
		if err == nil {
			made++
		} else if !errs.Is(err, errs.Conflict) {
			t.Error(err)
		}
	}
	if made != 1 {
		t.Errorf("%d delegations of one time", made)
	}
}

func TestWhoIsInChargeOfTheField(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "T7")
	second := o.PersonAt("vice_chair", "signer")
	put := func(p *tenancytest.Person, all ...reviews.Charge) error {
		return o.reviews.PutCharges(p.Context(), all)
	}
	o.want(put(o.editor, reviews.Charge{Category: "教育文体", Member: second.Membership}), errs.Forbidden, "an editor")
	o.want(put(o.admin, reviews.Charge{Category: "", Member: second.Membership}), errs.Invalid, "no category")
	o.want(put(o.admin, reviews.Charge{Category: "民政", Member: o.admin.Membership}), errs.Invalid, "no leader")
	o.want(put(o.admin, reviews.Charge{Category: "教育文体", Member: second.Membership}, reviews.Charge{Category: "民政", Member: o.vice.Membership}), "", "two fields")
	o.want(put(o.admin, reviews.Charge{Category: "教育文体", Member: second.Membership}), "", "one field")
	if all, err := o.reviews.Charges(o.editor.Context()); err != nil || len(all) != 1 || all[0].Name != second.Name {
		t.Fatalf("%+v, %v", all, err)
	}
	report := o.paper("ordinary")
	o.papers[report].category = "教育文体"
	id := o.start(report)
	o.want(o.approve(o.vice, id), errs.Forbidden, "the other vice-chair")
	o.want(o.approve(second, id), "", "who is in charge")
	plain := o.start(o.paper("ordinary"))
	o.want(o.approve(o.vice, plain), "", "where nobody is in charge any of them")
}

func TestTimeLimitsAreRemindedOfOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.flow(reviews.Step{Title: "审签", Post: "office_head", Days: 1}) // Monday 2026-11-02 09:00, so Tuesday 09:00
	report := o.paper("ordinary")
	id := o.start(report)
	if due := o.get(o.editor, id).Steps[0].Tasks[0].DueAt; due == nil || !due.Equal(o.Clock.Now().Add(24*time.Hour)) {
		t.Fatalf("due %v", due)
	}
	reminders := func(want int) {
		t.Helper()
		var group sync.WaitGroup
		for range 3 { // as several processes do
			group.Go(func() {
				if err := o.reviews.Remind(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		n := 0
		for _, event := range o.events(report) {
			if strings.HasPrefix(event, "report.review_overdue") {
				n++
			}
		}
		if n != want {
			t.Fatalf("%d reminders, want %d", n, want)
		}
	}
	reminders(0)
	o.Clock.Advance(24*time.Hour + time.Minute)
	reminders(1)
	if !o.get(o.editor, id).Steps[0].Tasks[0].Overdue || !strings.Contains(o.notice(o.head), "已超过时限") {
		t.Fatalf("the head is told %q", o.notice(o.head))
	}
	reminders(1)
	o.Clock.Advance(24 * time.Hour)
	reminders(2)
	o.Clock.Set(time.Date(2026, 11, 7, 2, 0, 0, 0, time.UTC)) // a Saturday
	reminders(2)
	o.want(o.approve(o.head, id), "", "signed")
	o.Clock.Advance(72 * time.Hour)
	reminders(2)
}

func TestTheUnitsOwnDaysCount(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.flow(reviews.Step{Title: "审签", Post: "office_head", Days: 1})
	for _, bad := range []reviews.OwnDays{{Off: []string{"明天"}}, {Off: []string{"2026-11-03"}, Work: []string{"2026-11-03"}}} {
		if err := reviews.WorkCalendar.Set(o.admin.Context(), o.DB, 0, bad); !errs.Is(err, errs.Invalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	o.want(reviews.WorkCalendar.Set(o.admin.Context(), o.DB, 0, reviews.OwnDays{Off: []string{"2026-11-03"}}), "", "a day off")
	id := o.start(o.paper("ordinary"))
	if due := o.get(o.editor, id).Steps[0].Tasks[0].DueAt; due == nil || !due.Equal(o.Clock.Now().Add(48*time.Hour)) {
		t.Fatalf("due %v", due)
	}
}

func TestThePreviewIsWhatHappens(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.flow(reviews.Step{Title: "编审", Post: "office_head"}, reviews.Step{Title: "重要", Post: "chair", When: flow.Condition{Classes: []string{"important"}}},
		reviews.Step{Title: "报上级", Post: "secretary_general", When: flow.Condition{Addressees: []string{"upper"}}})
	report := o.paper("ordinary")
	p, err := o.reviews.Preview(o.editor.Context(), report, "department")
	if err != nil || p.Fault != "" || len(p.Steps) != 3 || !p.Steps[0].Applies || p.Steps[0].Who[0].Name != o.head.Name || p.Steps[1].Applies || p.Steps[1].Why == "" || p.Steps[2].Applies {
		t.Fatalf("%+v, %v", p, err)
	}
	_, err = o.reviews.Preview(o.editor.Context(), report, "moon")
	o.want(err, errs.Invalid, "an unknown addressee")
	_, err = o.reviews.Preview(o.chair.Context(), report)
	o.want(err, errs.Forbidden, "who may not send for review")
	id, err := o.reviews.Start(o.editor.Context(), report, "department")
	o.want(err, "", "sent")
	if got, _ := o.states(o.editor, id); got != "running c" {
		t.Fatalf("%q", got)
	}
	o.want(o.approve(o.head, id), "", "signed")
	forward := func(action string) error {
		return o.DB.InTx(o.editor.Context(), func(tx *tenancy.Tx) error { return o.reviews.Before(context.Background(), tx, report, action) })
	}
	o.want(forward("forward"), errs.Conflict, "sent up what was signed for a department")
	o.want(forward("edit"), "", "anything else")
	tried, err := o.reviews.Try(o.admin.Context(), reviews.NewChain{Name: "试", AppliesTo: flow.Routes, Steps: []reviews.Step{{Title: "签", Post: "emperor"}}}, flow.Case{Class: "ordinary", Urgency: "normal"})
	if err != nil || tried.Fault == "" || len(tried.Steps) != 1 {
		t.Fatalf("%+v, %v", tried, err)
	}
	people, err := o.reviews.People(o.admin.Context())
	if err != nil || len(people) != 7 {
		t.Fatalf("%+v, %v", people, err)
	}
	bare := newOffice(t)
	if p, err := bare.reviews.Preview(bare.editor.Context(), bare.paper("ordinary")); err != nil || p.Fault == "" {
		t.Fatalf("without a flow: %+v, %v", p, err)
	}
}
