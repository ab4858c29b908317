package similarity

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"shangda/internal/segment"
)

// What the score of two reports means. The figures behind the numbers stand in README.md.
const (
	Similar = 0.35 // probably the same matter
	Copied  = 0.70 // the same text, or nearly
)

const (
	mostWords = 250 // of a report, the most telling
	ownKeys   = 12  // words under which a report is kept
	askedKeys = 16  // words under which others are looked for
	leastText = 20  // characters: less says nothing
)

// weighted is a word's hash with its share of the report.
type weighted struct {
	word   uint32
	weight float32
}

// printOf is a report's words as a vector of length one, by rising hash, and its most telling words, first the most telling.
type printOf struct {
	words []weighted
	keys  []key
}

type key struct {
	key    int64
	weight float32
}

// newPrint weighs the words: how often one stands there, dampened, times how much it tells.
func newPrint(t Text) printOf { return weigh(segment.Words(t.all())) }

// Packed is a text as it is kept to be compared; cut gives the words of a text (segment.Words).
func Packed(t Text, cut func(string) []string) (keys []int64, words []byte) {
	p := weigh(cut(t.all()))
	return p.kept(), pack(p.words)
}

func weigh(words []string) printOf {
	counts := map[string]int{}
	for _, w := range words {
		counts[w]++
	}
	type entry struct {
		word   string
		weight float64
	}
	all := make([]entry, 0, len(counts))
	for w, n := range counts {
		all = append(all, entry{w, (1 + math.Log(float64(n))) * float64(segment.Weight(w))})
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Or(cmp.Compare(b.weight, a.weight), strings.Compare(a.word, b.word)) })
	all = all[:min(len(all), mostWords)]
	length := 0.0
	for _, e := range all {
		length += e.weight * e.weight
	}
	length = math.Sqrt(length)
	var p printOf
	for i, e := range all {
		share := float32(e.weight / length)
		p.words = append(p.words, weighted{uint32(hash(e.word)), share})
		if i < askedKeys {
			p.keys = append(p.keys, key{int64(hash(e.word)), share})
		}
	}
	slices.SortFunc(p.words, func(a, b weighted) int { return cmp.Compare(a.word, b.word) })
	return p
}

func hash(word string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(word))
	return h.Sum64()
}

// score is the cosine of two reports: 0 nothing in common, 1 the same words.
func score(a, b []weighted) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].word < b[j].word:
			i++
		case a[i].word > b[j].word:
			j++
		default:
			sum += float64(a[i].weight) * float64(b[j].weight)
			i++
			j++
		}
	}
	return min(sum, 1)
}

// pack writes the vector in six bytes a word.
func pack(words []weighted) []byte {
	out := make([]byte, 0, 6*len(words))
	for _, w := range words {
		out = binary.BigEndian.AppendUint32(out, w.word)
		out = binary.BigEndian.AppendUint16(out, uint16(w.weight*math.MaxUint16))
	}
	return out
}

func unpack(packed []byte) []weighted {
	words := make([]weighted, 0, len(packed)/6)
	for ; len(packed) >= 6; packed = packed[6:] {
		words = append(words, weighted{binary.BigEndian.Uint32(packed), float32(binary.BigEndian.Uint16(packed[4:])) / math.MaxUint16})
	}
	return words
}

// kept are the keys a report is kept under.
func (p printOf) kept() []int64 {
	keys := []int64{}
	for _, k := range p.keys[:min(len(p.keys), ownKeys)] {
		if !slices.Contains(keys, k.key) {
			keys = append(keys, k.key)
		}
	}
	return keys
}

func (p printOf) asked() (keys []int64, weights []float32) {
	for _, k := range p.keys {
		keys, weights = append(keys, k.key), append(weights, k.weight)
	}
	return keys, weights
}

const (
	minHashes  = 20
	shingle    = 3  // words
	leastWords = 40 // of a text that may be asked about elsewhere
)

// minHashesOf is what the platform compares whole texts by: of twenty orders of all runs of three words the first. Nothing for a
// short text, which could be guessed.
func minHashesOf(t Text) []int64 {
	words := segment.Words(t.all())
	if len(words) < leastWords {
		return nil
	}
	var first [minHashes]uint64
	for i := range first {
		first[i] = math.MaxUint64
	}
	for i := 0; i+shingle <= len(words); i++ {
		h := hash(strings.Join(words[i:i+shingle], " "))
		for order := range first {
			first[order] = min(first[order], mix(h+uint64(order)*0x9e3779b97f4a7c15))
		}
	}
	prints := make([]int64, minHashes)
	for order, h := range first {
		prints[order] = int64(mix(h ^ uint64(order)<<56))
	}
	return prints
}

// mix spreads the bits of a number (the finaliser of splitmix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
