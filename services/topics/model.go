package topics

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"shangda/internal/segment"
)

// Example is a text with its first-level topic. Weight is how much it counts: a labelled message wholly, a line of the taxonomy
// less.
type Example struct {
	Title, Body, Topic string
	Weight             float64
}

// Model is complement naive Bayes over words: a topic fits a text whose words are rare in all the other topics. It holds up
// where some topics have few examples, and is trained in a moment.
type Model struct {
	topics  []string
	idf     map[string]float64
	weights []map[string]float64 // by topic: how much a word speaks for it
}

const (
	smoothing   = 0.1
	titleCounts = 3 // a word of the title counts so often
)

// wordsOf are the words of a text, and the shorter words inside, with how often they count, dampened.
func wordsOf(title, body string) map[string]float64 {
	counts := map[string]float64{}
	for _, w := range segment.Terms(title) {
		counts[w] += titleCounts
	}
	for _, w := range segment.Terms(body) {
		counts[w]++
	}
	for w, n := range counts {
		if counts[w] = math.Log1p(n); utf8.RuneCountInString(w) == 1 {
			delete(counts, w)
		}
	}
	return counts
}

// Train learns from examples.
func Train(examples []Example) *Model {
	texts, m := make([]map[string]float64, len(examples)), &Model{idf: map[string]float64{}}
	for i, e := range examples {
		texts[i] = wordsOf(e.Title, e.Body)
		for w := range texts[i] {
			m.idf[w]++
		}
		if !slices.Contains(m.topics, e.Topic) {
			m.topics = append(m.topics, e.Topic)
		}
	}
	slices.Sort(m.topics)
	for w, n := range m.idf {
		m.idf[w] = math.Log(1 + float64(len(examples))/n)
	}
	byTopic, sums := make([]map[string]float64, len(m.topics)), make([]float64, len(m.topics))
	for i := range byTopic {
		byTopic[i] = map[string]float64{}
	}
	all, total := map[string]float64{}, 0.0
	for i, e := range examples {
		topic, length := slices.Index(m.topics, e.Topic), m.length(texts[i])
		for w, n := range texts[i] {
			n *= m.idf[w] * e.Weight / length
			byTopic[topic][w] += n
			all[w] += n
			sums[topic] += n
			total += n
		}
	}
	for i := range m.topics {
		weights := make(map[string]float64, len(all))
		rest := total - sums[i] + smoothing*float64(len(all))
		for w, n := range all {
			weights[w] = -math.Log((n - byTopic[i][w] + smoothing) / rest)
		}
		m.weights = append(m.weights, weights)
	}
	return m
}

// length makes long texts count as much as short ones.
func (m *Model) length(words map[string]float64) float64 {
	sum := 0.0
	for w, n := range words {
		sum += n * m.idf[w] * n * m.idf[w]
	}
	return max(math.Sqrt(sum), 1e-9)
}

// Guess is a topic with the share of the belief it gets.
type Guess struct {
	Topic string
	Share float64
}

// Guess ranks the topics for a text; nothing where no word of it is known.
func (m *Model) Guess(title, body string) []Guess {
	words := wordsOf(title, body)
	scores := make([]float64, len(m.topics))
	known, length := false, m.length(words)
	for w, n := range words {
		if m.idf[w] == 0 {
			continue
		}
		known = true
		for i := range m.topics {
			scores[i] += n * m.idf[w] / length * m.weights[i][w]
		}
	}
	if !known {
		return nil
	}
	guesses, sum, highest := make([]Guess, len(m.topics)), 0.0, slices.Max(scores)
	for i, topic := range m.topics {
		guesses[i] = Guess{topic, math.Exp(min(scores[i]-highest, 0))}
		sum += guesses[i].Share
	}
	for i := range guesses {
		guesses[i].Share /= sum
	}
	slices.SortFunc(guesses, func(a, b Guess) int { return cmp.Or(cmp.Compare(b.Share, a.Share), cmp.Compare(a.Topic, b.Topic)) })
	return guesses
}
