package similarity

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
)

const messages = "../../../shared/data/citizen-messages.csv"

// labelled is a pair of messages that was read and judged, with the pairs it stands for in its stratum.
type labelled struct {
	one, other string
	same       bool
	stratum    string
	weight     float64
	score      float64
	reached    bool // the candidates of one hold the other
}

// TestFoundAsPublished measures the check on the labelled pairs of real messages: the figures of README.md.
func TestFoundAsPublished(t *testing.T) {
	texts := readMessages(t)
	pairs := readLabels(t)
	prints := map[string]printOf{}
	for _, p := range pairs {
		for _, id := range []string{p.one, p.other} {
			if _, known := prints[id]; !known {
				prints[id] = newPrint(texts[id])
			}
		}
	}
	for i := range pairs {
		a, b := prints[pairs[i].one], prints[pairs[i].other]
		pairs[i].score = score(unpack(pack(a.words)), unpack(pack(b.words)))
		asked, _ := a.asked()
		pairs[i].reached = slices.ContainsFunc(b.kept(), func(k int64) bool { return slices.Contains(asked, k) })
	}
	for _, at := range []float64{0.25, Similar, 0.4, 0.5, Copied} {
		precision, recall := rates(pairs, at)
		low, high := spread(pairs, at)
		t.Logf("score >= %.2f: precision %.2f (%.2f–%.2f), recall %.2f (%.2f–%.2f)", at, precision, low[0], high[0], recall, low[1], high[1])
	}
	if precision, recall := rates(pairs, Similar); precision < 0.80 || recall < 0.60 {
		t.Errorf("at %.2f precision %.2f, recall %.2f: below what is published", Similar, precision, recall)
	}
	if precision, _ := rates(pairs, Copied); precision < 0.99 {
		t.Errorf("copies: precision %.2f", precision)
	}
}

// rates are precision and recall over all candidate pairs, each labelled one counting for those it stands for.
func rates(pairs []labelled, at float64) (precision, recall float64) {
	var found, right, all float64
	for _, p := range pairs {
		hit := p.score >= at && p.reached
		if hit {
			found += p.weight
		}
		if p.same {
			all += p.weight
		}
		if hit && p.same {
			right += p.weight
		}
	}
	return right / max(found, 1), right / max(all, 1)
}

// spread is the middle 95 % of both rates when the pairs are drawn again, stratum by stratum (bootstrap).
func spread(pairs []labelled, at float64) (low, high [2]float64) {
	r := rand.New(rand.NewPCG(1, 2))
	strata := map[string][]labelled{}
	for _, p := range pairs {
		strata[p.stratum] = append(strata[p.stratum], p)
	}
	names := []string{}
	for name := range strata {
		names = append(names, name)
	}
	slices.Sort(names)
	var drawn [2][]float64
	for range 2000 {
		var again []labelled
		for _, name := range names {
			for range strata[name] {
				again = append(again, strata[name][r.IntN(len(strata[name]))])
			}
		}
		precision, recall := rates(again, at)
		drawn[0], drawn[1] = append(drawn[0], precision), append(drawn[1], recall)
	}
	for i := range drawn {
		slices.Sort(drawn[i])
		low[i], high[i] = drawn[i][50], drawn[i][1949]
	}
	return low, high
}

func readMessages(t *testing.T) map[string]Text {
	t.Helper()
	rows := readCSV(t, messages)
	texts := make(map[string]Text, len(rows))
	for _, row := range rows {
		texts[row[0]] = Text{Title: row[3], Problem: row[4]}
	}
	return texts
}

func readLabels(t *testing.T) []labelled {
	t.Helper()
	var pairs []labelled
	for _, row := range readCSV(t, "testdata/labels.csv") {
		weight, err := strconv.ParseFloat(row[4], 64)
		if err != nil {
			t.Fatal(err)
		}
		pairs = append(pairs, labelled{one: row[0], other: row[1], same: row[2] == "1", stratum: row[3], weight: weight})
	}
	if len(pairs) != 200 {
		t.Fatalf("%d pairs", len(pairs))
	}
	return pairs
}

// readCSV are the rows below the head; the test is skipped where the file is not there.
func readCSV(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not there: the real messages are not part of the project", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}
