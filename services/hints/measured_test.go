package hints_test

import (
	"encoding/csv"
	"os"
	"testing"

	"shangda/services/hints"
)

// The figures of the package's doc on real messages, as bounds: an unread change of a rule shows here first.
func TestMeasuredOnRealMessages(t *testing.T) {
	t.Parallel()
	file, err := os.Open("../../../shared/data/citizen-messages.csv")
	if err != nil {
		t.Skip("没有 shared/data/citizen-messages.csv，跳过实测")
	}
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]int{}
	for _, row := range rows[1:] {
		seen := map[string]bool{}
		for _, h := range hints.Check(hints.Text{Title: row[3], Problem: row[4]}, rules) {
			if !seen[h.Code] {
				seen[h.Code] = true
				told[h.Code]++
			}
		}
	}
	t.Logf("of %d messages: %v", len(rows)-1, told)
	for code, bounds := range map[string][2]int{
		"secrecy_marking": {0, 0}, "secrecy_near": {1, 4}, "personal_data": {1, 1}, "work_news": {0, 2}, "several_matters": {5, 10}, "empty_phrase": {50, 75},
		"abbreviation": {10, 25}, "jargon": {0, 2}, "no_evidence": {380, 480}, "long_sentence": {900, 1100},
	} {
		if n := told[code]; n < bounds[0] || n > bounds[1] {
			t.Errorf("%s: %d, read and judged between %d and %d", code, n, bounds[0], bounds[1])
		}
	}
}
