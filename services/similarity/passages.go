package similarity

import "shangda/internal/segment"

// Piece is a stretch of a text; Common where the other report has it too.
type Piece struct {
	Text   string `json:"text"`
	Common bool   `json:"common,omitempty"`
}

// leastPassage is how many characters in a row count as a common passage.
const leastPassage = 6

// passages marks in both texts what the other has word for word. Punctuation and spaces count only inside a passage.
func passages(a, b []rune) (inA, inB []bool) {
	inA, inB = make([]bool, len(a)), make([]bool, len(b))
	places := map[[leastPassage]rune][]int{}
	for j := 0; j+leastPassage <= len(b); j++ {
		k := [leastPassage]rune(b[j : j+leastPassage])
		if len(places[k]) < 8 { // a phrase that stands everywhere says nothing more
			places[k] = append(places[k], j)
		}
	}
	for i := 0; i+leastPassage <= len(a); {
		longest, at := 0, 0
		for _, j := range places[[leastPassage]rune(a[i:i+leastPassage])] {
			n := leastPassage
			for i+n < len(a) && j+n < len(b) && a[i+n] == b[j+n] {
				n++
			}
			if n > longest {
				longest, at = n, j
			}
		}
		if longest == 0 {
			i++
			continue
		}
		for n := range longest {
			inA[i+n], inB[at+n] = true, true
		}
		i += longest
	}
	return inA, inB
}

// Parts is a text with its four parts in pieces.
type Parts struct {
	Title   []Piece `json:"title"`
	Problem []Piece `json:"problem"`
	Cause   []Piece `json:"cause"`
	Advice  []Piece `json:"advice"`
}

// apart stands between the parts of a text, and between texts, so that no passage reaches from one into the next.
const apartA, apartB = '\x01', '\x02'

func joined(t Text, apart rune) (shown, compared []rune, ends [4]int) {
	for i, part := range []string{t.Title, t.Problem, t.Cause, t.Advice} {
		for _, r := range part {
			shown = append(shown, r)
			if plain := []rune(segment.Plain(string(r))); len(plain) == 1 {
				r = plain[0]
			}
			compared = append(compared, r)
		}
		ends[i] = len(shown)
		shown, compared = append(shown, apart), append(compared, apart)
	}
	return shown, compared, ends
}

// sideBySide cuts two texts into pieces.
func sideBySide(a, b Text) (Parts, Parts) {
	shownA, comparedA, endsA := joined(a, apartA)
	shownB, comparedB, endsB := joined(b, apartB)
	inA, inB := passages(comparedA, comparedB)
	return partsOf(shownA, inA, endsA), partsOf(shownB, inB, endsB)
}

func partsOf(shown []rune, in []bool, ends [4]int) Parts {
	var p Parts
	start := 0
	for i, to := range []*[]Piece{&p.Title, &p.Problem, &p.Cause, &p.Advice} {
		*to = []Piece{}
		for from := start; from < ends[i]; {
			next := from
			for next < ends[i] && in[next] == in[from] {
				next++
			}
			*to = append(*to, Piece{Text: string(shown[from:next]), Common: in[from]})
			from = next
		}
		start = ends[i] + 1
	}
	return p
}
