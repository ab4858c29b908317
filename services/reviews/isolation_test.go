package reviews_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/reviews"
	"shangda/services/reviews/flow"
	"shangda/tenancy"
)

// ids names one of each thing: a review, its report, a flow, a delegation.
type ids struct{ review, report, chain, delegation uuid.UUID }

// calls is every use case, asked about things by their ids.
func calls(s *reviews.Service, people []uuid.UUID) map[string]func(ctx context.Context, id ids) error {
	to, does := people[0], func(_ uuid.UUID, err error) error { return err }
	return map[string]func(ctx context.Context, id ids) error{
		"Start":    func(ctx context.Context, id ids) error { return does(s.Start(ctx, id.report)) },
		"Of":       func(ctx context.Context, id ids) error { _, err := s.Of(ctx, id.report); return err },
		"Get":      func(ctx context.Context, id ids) error { _, err := s.Get(ctx, id.review); return err },
		"Preview":  func(ctx context.Context, id ids) error { _, err := s.Preview(ctx, id.report); return err },
		"Approve":  func(ctx context.Context, id ids) error { return does(s.Approve(ctx, id.review, "同意", nil)) },
		"Reject":   func(ctx context.Context, id ids) error { return does(s.Reject(ctx, id.review, "不同意")) },
		"Return":   func(ctx context.Context, id ids) error { return does(s.Return(ctx, id.review, "再核", 0)) },
		"Release":  func(ctx context.Context, id ids) error { return does(s.Release(ctx, id.review, "紧急")) },
		"Reopen":   func(ctx context.Context, id ids) error { return does(s.Reopen(ctx, id.review, "有误")) },
		"Withdraw": func(ctx context.Context, id ids) error { return does(s.Withdraw(ctx, id.review, "")) },
		"TakeBack": func(ctx context.Context, id ids) error { return does(s.TakeBack(ctx, id.review)) },
		"Urge":     func(ctx context.Context, id ids) error { return does(s.Urge(ctx, id.review)) },
		"AddSigners": func(ctx context.Context, id ids) error {
			return does(s.AddSigners(ctx, id.review, reviews.Adding{People: people}))
		},
		"RemoveSigner":  func(ctx context.Context, id ids) error { return does(s.RemoveSigner(ctx, id.review, uuid.New())) },
		"PassOn":        func(ctx context.Context, id ids) error { return does(s.PassOn(ctx, id.review, to, "")) },
		"Reassign":      func(ctx context.Context, id ids) error { return does(s.Reassign(ctx, id.review, uuid.New(), to)) },
		"CopyTo":        func(ctx context.Context, id ids) error { return does(s.CopyTo(ctx, id.review, people)) },
		"Read":          func(ctx context.Context, id ids) error { return does(s.Read(ctx, id.review, "")) },
		"Delegation":    func(ctx context.Context, id ids) error { _, err := s.Delegation(ctx, id.delegation); return err },
		"EndDelegation": func(ctx context.Context, id ids) error { return does(s.EndDelegation(ctx, id.delegation)) },
	}
}

// byAdmin are the use cases of who keeps the flows.
func byAdmin(s *reviews.Service, people []uuid.UUID) map[string]func(ctx context.Context, id ids) error {
	does := func(_ uuid.UUID, err error) error { return err }
	return map[string]func(ctx context.Context, id ids) error{
		"Chain": func(ctx context.Context, id ids) error { _, err := s.Chain(ctx, id.chain); return err },
		"UpdateChain": func(ctx context.Context, id ids) error {
			return does(s.UpdateChain(ctx, id.chain, reviews.FromTemplate("T7")[0]))
		},
		"EndChain": func(ctx context.Context, id ids) error { return does(s.EndChain(ctx, id.chain)) },
		"Unstick":  func(ctx context.Context, id ids) error { return does(s.Unstick(ctx, id.review, uuid.New(), people[0])) },
	}
}

// others are the use cases that name nothing of another, with the test that keeps them apart.
var others = map[string]string{
	"Chains": "TestANeighbourSeesNothing", "CreateChain": "writes to the caller's tenant; TestANeighbourSeesNothing", "Charges": "TestANeighbourSeesNothing",
	"PutCharges": "TestANeighbourSeesNothing", "People": "TestANeighbourSeesNothing", "StuckReviews": "TestANeighbourSeesNothing",
	"Delegate": "TestANeighbourSeesNothing", "Delegations": "TestANeighbourSeesNothing", "WaitingFor": "TestANeighbourSeesNothing",
	"Try": "reads the caller's office; TestANeighbourSeesNothing", "Sheet": "TestANeighbourSeesNothing", "Before": "TestANeighbourSeesNothing",
	"Remind": "the clock goes through the tenants one by one; TestTimeLimitsAreRemindedOfOnce", "Run": "Remind, again and again",
	"Routes": "no use case",
}

func TestEveryUseCaseIsAccountedFor(t *testing.T) {
	t.Parallel()
	known, admin := calls(nil, []uuid.UUID{uuid.Nil}), byAdmin(nil, []uuid.UUID{uuid.Nil})
	service := reflect.TypeFor[*reviews.Service]()
	for i := range service.NumMethod() {
		name := service.Method(i).Name
		if name != "Unlocked" && known[name] == nil && admin[name] == nil && others[name] == "" {
			t.Errorf("%s is in no isolation test", name)
		}
	}
}

func TestANeighbourSeesNothing(t *testing.T) {
	t.Parallel()
	o, n := newOffice(t, "T1"), newOffice(t, "T1")
	// One program serves both: the neighbour asks the same service.
	n.reviews, n.papers = o.reviews, o.papers
	report := o.paper("ordinary")
	review := o.start(report)
	chains, err := o.reviews.Chains(o.admin.Context())
	o.want(err, "", "flows")
	delegation, err := o.delegate(o.head, o.vice, 24*time.Hour, time.Hour)
	o.want(err, "", "a delegation")
	o.want(o.reviews.PutCharges(o.admin.Context(), []reviews.Charge{{Category: "民政", Member: o.vice.Membership}}), "", "a field")
	theirs, none := ids{review, report, chains[0].ID, delegation}, ids{uuid.New(), uuid.New(), uuid.New(), uuid.New()}
	people := []uuid.UUID{n.vice.Membership}
	all := n.Person("editor", "reviewer", "signer", "leader")
	for who, asked := range map[*struct{ ctx context.Context }]map[string]func(context.Context, ids) error{
		{all.Context()}: calls(o.reviews, people), {n.admin.Context()}: byAdmin(o.reviews, people),
	} {
		for name, call := range asked {
			of, missing := call(who.ctx, theirs), call(who.ctx, none)
			if !errs.Is(of, errs.NotFound) || of.Error() != missing.Error() {
				t.Errorf("%s: %v; of what is not there: %v", name, of, missing)
			}
		}
	}
	// A person of the other unit is nobody here, and what is listed is one's own.
	_, err = o.reviews.Delegate(n.head.Context(), reviews.NewDelegation{Deputy: o.vice.Membership, Reason: "出差", StartsAt: o.Clock.Now(), EndsAt: o.Clock.Now().Add(time.Hour)})
	o.want(err, errs.Invalid, "a deputy from elsewhere")
	_, err = o.reviews.CreateChain(n.admin.Context(), reviews.NewChain{Name: "外人", AppliesTo: flow.Routes, Steps: []reviews.Step{{Title: "签", People: []uuid.UUID{o.vice.Membership}}}})
	o.want(err, errs.Invalid, "a signer from elsewhere")
	o.want(o.reviews.PutCharges(n.admin.Context(), []reviews.Charge{{Category: "民政", Member: o.vice.Membership}}), errs.Invalid, "a leader from elsewhere")
	n.empty(report)
	o.expect(review, "running c", o.head)
	if all, err := o.reviews.Charges(o.admin.Context()); err != nil || len(all) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
}

// empty holds that the office has nothing of the report, and lists only what is its own.
func (o *office) empty(report uuid.UUID) {
	o.t.Helper()
	q, err := o.DB.Read(o.head.Context())
	o.want(err, "", "read")
	waiting, err := o.reviews.WaitingFor(context.Background(), q)
	if err != nil || len(waiting) != 0 {
		o.t.Errorf("waiting %v, %v", waiting, err)
	}
	if sheet, err := o.reviews.Sheet(context.Background(), q, report); err != nil || len(sheet) != 0 {
		o.t.Errorf("%+v, %v", sheet, err)
	}
	if err := o.DB.InTx(o.head.Context(), func(tx *tenancy.Tx) error { return o.reviews.Before(context.Background(), tx, report, "forward") }); err != nil {
		o.t.Error(err)
	}
	chains, err := o.reviews.Chains(o.admin.Context())
	if err != nil || len(chains) != 2 {
		o.t.Errorf("%+v, %v", chains, err)
	}
	charges, err := o.reviews.Charges(o.admin.Context())
	if err != nil || len(charges) != 0 {
		o.t.Errorf("%+v, %v", charges, err)
	}
	stuck, err := o.reviews.StuckReviews(o.admin.Context())
	if err != nil || len(stuck) != 0 {
		o.t.Errorf("%+v, %v", stuck, err)
	}
	delegations, err := o.reviews.Delegations(o.vice.Context())
	if err != nil || len(delegations) != 0 {
		o.t.Errorf("%+v, %v", delegations, err)
	}
	people, err := o.reviews.People(o.admin.Context())
	if err != nil || len(people) != 8 {
		o.t.Errorf("%d people, %v", len(people), err)
	}
}
