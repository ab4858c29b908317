package reviews_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"shangda/internal/errs"
	"shangda/services/reviews"
	"shangda/services/reviews/flow"
	"shangda/tenancy/tenancytest"
)

// TestHistoriesOnTheDatabase walks random verbs through the service: what the machine decides is what is kept, so a review
// read again after each verb can go on, and always reaches an end. (The machine alone walks 10,000, in reviews/flow.)
func TestHistoriesOnTheDatabase(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	people := []*tenancytest.Person{o.officer, o.head, o.committee, o.secretary, o.vice, o.chair}
	o.flow(reviews.Step{Title: "会签", Mode: flow.All, People: []uuid.UUID{o.officer.Membership, o.head.Membership}},
		reviews.Step{Title: "表决", Mode: flow.Vote, Ratio: 50, People: []uuid.UUID{o.head.Membership, o.committee.Membership, o.secretary.Membership}},
		reviews.Step{Title: "依次", Mode: flow.Turn, People: []uuid.UUID{o.vice.Membership, o.chair.Membership}})
	histories := 0
	rapid.Check(t, func(t *rapid.T) {
		if histories++; histories > 30 { // each costs some seventy transactions
			return
		}
		report := o.paper(rapid.SampledFrom([]string{"ordinary", "urgent"}).Draw(t, "route"))
		id := o.start(report)
		for range rapid.IntRange(3, 12).Draw(t, "length") {
			by := rapid.SampledFrom(people).Draw(t, "by")
			other := rapid.SampledFrom(people).Draw(t, "other").Membership
			if err := o.verb(t, by, id, other); err != nil && errs.KindOf(err) == errs.Internal {
				t.Fatal(err)
			}
		}
		for range 60 {
			state := o.get(o.editor, id).State
			if state != flow.Running && state != flow.Released {
				if want := map[string]string{flow.Signed: "signed", flow.Returned: "editing"}[state]; o.papers[report].state != want {
					t.Fatalf("the review is %s, the report %s", state, o.papers[report].state)
				}
				return
			}
			if !slices.ContainsFunc(people, func(p *tenancytest.Person) bool { return o.approve(p, id) == nil }) {
				t.Fatalf("a dead end: %+v", o.get(o.editor, id).Steps)
			}
		}
		t.Fatal("no end")
	})
}

// verb does one random thing.
func (o *office) verb(t *rapid.T, by *tenancytest.Person, id, other uuid.UUID) (err error) {
	ctx := by.Context()
	switch rapid.SampledFrom([]string{"yes", "yes", "no", "return", "add", "pass", "back", "release"}).Draw(t, "verb") {
	case "yes":
		_, err = o.reviews.Approve(ctx, id, "同意", nil)
	case "no":
		_, err = o.reviews.Reject(ctx, id, "不同意")
	case "return":
		_, err = o.reviews.Return(ctx, id, "再核", rapid.IntRange(1, 3).Draw(t, "to"))
	case "add":
		_, err = o.reviews.AddSigners(ctx, id, reviews.Adding{People: []uuid.UUID{other}, Before: rapid.Bool().Draw(t, "before")})
	case "pass":
		_, err = o.reviews.PassOn(ctx, id, other, "")
	case "back":
		_, err = o.reviews.TakeBack(ctx, id)
	case "release":
		_, err = o.reviews.Release(ctx, id, "紧急")
	}
	return err
}
