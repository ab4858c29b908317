package search

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/internal/segment"
)

// Piece is a stretch of text; Hit where it is what was looked for.
type Piece struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit,omitempty"`
}

// Result is one report that was found, with where the words stand in it.
type Result struct {
	ID         uuid.UUID `json:"id"`
	Number     string    `json:"number,omitempty"`
	Title      []Piece   `json:"title"`
	Place      string    `json:"place,omitempty" enum:"problem,cause,advice,attachments" doc:"Where the snippet is from"`
	Snippet    []Piece   `json:"snippet"`
	State      string    `json:"state" enum:"draft,submitted,taken_up,editing,returned,kept,declined,merged,reviewing,signed,recalled"`
	Category   string    `json:"category"`
	Urgency    string    `json:"urgency" enum:"normal,urgent,critical"`
	Class      string    `json:"class" enum:"ordinary,important"`
	Flags      []string  `json:"flags"`
	SourceKind string    `json:"source_kind,omitempty"`
	Author     string    `json:"author,omitempty"`
	Sender     string    `json:"sender,omitempty" doc:"Name of the unit it was received from"`
	At         time.Time `json:"at"`
}

func resultOf(d Document, words []segment.Alternative) Result {
	r := Result{ID: d.ID, Number: d.Number, Title: mark(d.Title, words, 0), State: d.State, Category: d.Category, Urgency: d.Urgency, Class: d.Class,
		Flags: d.Flags, SourceKind: d.SourceKind, Author: d.AuthorName, Sender: d.SenderName, At: d.ListedAt}
	if r.Flags == nil {
		r.Flags = []string{}
	}
	for _, part := range []struct{ place, text string }{{"problem", d.Problem}, {"cause", d.Cause}, {"advice", d.Advice}, {"attachments", d.Attached}} {
		pieces := mark(part.text, words, snippetLength)
		if slices.ContainsFunc(pieces, func(p Piece) bool { return p.Hit }) {
			r.Place, r.Snippet = part.place, pieces
			return r
		}
	}
	r.Snippet = mark(d.Problem, nil, snippetLength)
	return r
}

const (
	snippetLength = 96
	before        = 24 // characters shown before the first hit
)

// mark cuts a text into pieces; with a length, to a window of so many characters around the first hit.
func mark(text string, words []segment.Alternative, length int) []Piece {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	hits := make([]bool, len(runes))
	same := make([]rune, len(runes))
	for i, r := range runes {
		same[i] = r
		if plain := segment.Plain(string(r)); utf8.RuneCountInString(plain) == 1 {
			same[i], _ = utf8.DecodeRuneInString(plain)
		}
	}
	for _, w := range words {
		if markAll(same, hits, w.Word) {
			continue
		}
		for _, part := range w.Parts {
			if utf8.RuneCountInString(part) > 1 {
				markAll(same, hits, part)
			}
		}
	}
	start, end := 0, len(runes)
	if length > 0 && end > length {
		start = min(max(slices.Index(hits, true)-before, 0), end-length)
		end = start + length
	}
	return pieces(runes, hits, start, end)
}

// markAll marks every place where the word stands; a number or a Latin word only as a whole beginning.
func markAll(text []rune, hits []bool, word string) bool {
	w, found := []rune(word), false
	for i := 0; len(w) > 0 && i+len(w) <= len(text); i++ {
		if !slices.Equal(text[i:i+len(w)], w) || i > 0 && latin(w[0]) && latin(text[i-1]) {
			continue
		}
		found = true
		for j := range w {
			hits[i+j] = true
		}
	}
	return found
}

func latin(r rune) bool {
	return !unicode.Is(unicode.Han, r) && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func pieces(runes []rune, hits []bool, start, end int) []Piece {
	out := []Piece{}
	for i := start; i < end; {
		j := i
		for j < end && hits[j] == hits[i] {
			j++
		}
		out = append(out, Piece{Text: string(runes[i:j]), Hit: hits[i]})
		i = j
	}
	if start > 0 && len(out) > 0 {
		out = append([]Piece{{Text: "…"}}, out...)
	}
	if end < len(runes) {
		out = append(out, Piece{Text: "…"})
	}
	return out
}
