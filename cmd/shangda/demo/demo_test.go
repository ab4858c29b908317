package demo

import (
	"slices"
	"testing"

	"shangda/cmd/shangda/demo/story"
	"shangda/services/reports"
)

func TestTheStoryUsesTheReasonsOfTheHouse(t *testing.T) {
	t.Parallel()
	for _, r := range story.Reasons() {
		known := slices.ContainsFunc(reports.Reasons(), func(k reports.DecisionReason) bool { return k.Code == r.Code && slices.Contains(k.For, r.Action) })
		if !known {
			t.Errorf("%s: no reason %q for it", r.Action, r.Code)
		}
	}
}
