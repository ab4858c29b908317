package topics

import (
	"errors"
	"io/fs"
	"os"
	"testing"
)

const folder = "../../../shared/data"

func examplesOrSkip(t *testing.T) []Example {
	t.Helper()
	f, err := os.Open(folder + "/" + examplesFile)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the labelled messages are not there: they are not part of the project")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	examples, err := ReadExamples(f)
	if err != nil {
		t.Fatal(err)
	}
	return examples
}

// TestGuessedAsPublished is the five-fold cross-validation behind the figures of README.md: every fifth example of each topic
// is guessed by a model that saw the other four.
func TestGuessedAsPublished(t *testing.T) {
	examples := examplesOrSkip(t)
	f, err := os.Open(folder + "/" + taxonomyFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	entries, err := ReadTaxonomy(f)
	if err != nil || len(entries) != 517 {
		t.Fatal(len(entries), err)
	}
	const folds = 5
	fold, seen := make([]int, len(examples)), map[string]int{}
	for i, e := range examples {
		fold[i] = seen[e.Topic] % folds
		seen[e.Topic]++
	}
	right, guessed := map[string]int{}, map[string]int{}
	hits := 0
	for f := range folds {
		var known []Example
		for i, e := range examples {
			if fold[i] != f {
				known = append(known, e)
			}
		}
		m := Train(withTaxonomy(known, entries))
		for i, e := range examples {
			if fold[i] != f {
				continue
			}
			g := m.Guess(e.Title, e.Body)[0].Topic
			guessed[g]++
			if g == e.Topic {
				right[g]++
				hits++
			}
		}
	}
	macro := 0.0
	for topic, n := range seen {
		f1 := 2 * float64(right[topic]) / float64(max(n+guessed[topic], 1))
		t.Logf("%s: %d examples, precision %.2f, recall %.2f, F1 %.2f", topic, n, float64(right[topic])/float64(max(guessed[topic], 1)), float64(right[topic])/float64(n), f1)
		macro += f1 / float64(len(seen))
	}
	t.Logf("macro-F1 %.3f, accuracy %.3f over %d examples in %d topics", macro, float64(hits)/float64(len(examples)), len(examples), len(seen))
	if macro < 0.80 {
		t.Errorf("macro-F1 %.3f: below what is published", macro)
	}
}
