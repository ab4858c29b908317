package demo

import (
	"testing"

	"shangda/cmd/shangda/demo/story"
	"shangda/services/hints"
)

// The story's reports are written as they should be: whatever is told of them is a false alarm.
func TestHintsLeaveGoodReportsAlone(t *testing.T) {
	t.Parallel()
	rules := hints.Rules{MaxTitle: 100, GoodTitle: 25, MaxText: 3000, GoodText: 1500, Required: []string{hints.Cause, hints.Advice}}
	told := 0
	for _, r := range story.Reports() {
		for _, h := range hints.Check(hints.Text{Title: r.Title, Problem: r.Problem, Cause: r.Cause, Advice: r.Advice}, rules) {
			told++
			t.Logf("《%s》%s: %s", r.Title, h.Section, h.Text)
		}
	}
	if told > 0 {
		t.Errorf("%d hints on %d good reports", told, len(story.Reports()))
	}
}
