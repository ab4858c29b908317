// Package segment cuts Chinese text into words, for the search, for near-duplicates and for topics.
//
// Text is normalised first (full-width forms, capitals). What is Han goes through the dictionary of gse, loaded at the first
// use (about a second and a half; Warm does it ahead); what is Latin or a number is a word as it stands, such as a5 or 2611.
package segment

import (
	"strings"
	"sync"
	"unicode"

	"github.com/go-ego/gse"
	"golang.org/x/text/unicode/norm"
)

var cutter = sync.OnceValue(func() *gse.Segmenter {
	s := &gse.Segmenter{SkipLog: true}
	if err := s.LoadDictEmbed("zh_s"); err != nil {
		panic("segment: " + err.Error()) // the dictionary is part of the program
	}
	return s
})

// Warm loads the dictionary, so that the first user does not wait for it.
func Warm() { cutter() }

// Words are the words of the text in order, each once where it stands, without those that mean nothing (stop words) and
// without punctuation.
func Words(text string) []string {
	var words []string
	runs(text, func(run string, han bool) {
		if !han {
			words = append(words, run)
			return
		}
		for _, w := range cutter().Cut(run, false) {
			if !stops[w] {
				words = append(words, w)
			}
		}
	})
	return words
}

// Terms are what a text is found by: its words, and the shorter words inside long ones; of a number with strokes, such as
// a1-2611-7k3m9q, the whole and its parts.
func Terms(text string) []string {
	var terms []string
	runs(text, func(run string, han bool) {
		if han {
			for _, w := range cutter().CutSearch(run, false) {
				if !stops[w] {
					terms = append(terms, w)
				}
			}
			return
		}
		terms = append(terms, run)
		if parts := strings.FieldsFunc(run, isStroke); len(parts) > 1 {
			terms = append(terms, parts...)
		}
	})
	return terms
}

// Name are the terms of a person's name, which no dictionary cuts reliably: the whole, its single characters and pairs.
func Name(name string) []string {
	whole := []rune(strings.ReplaceAll(Plain(name), " ", ""))
	if len(whole) == 0 {
		return nil
	}
	terms := []string{string(whole)}
	for length := 1; length <= 2 && length < len(whole); length++ {
		for i := 0; i+length <= len(whole); i++ {
			terms = append(terms, string(whole[i:i+length]))
		}
	}
	return terms
}

// Alternative is one word of a question: a text has it where it has Word, or all of Parts, which say the same in smaller pieces.
type Alternative struct {
	Word   string
	Parts  []string
	Prefix bool // Word may go on: a number or a Latin word that is still being typed
}

// Question is what somebody looks for: every word of it should be there. Stop words count where there is nothing else.
func Question(text string) []Alternative {
	var asked []Alternative
	seen := map[string]bool{}
	add := func(a Alternative) {
		if !seen[a.Word] {
			seen[a.Word] = true
			asked = append(asked, a)
		}
	}
	runs(text, func(run string, han bool) {
		if !han {
			add(Alternative{Word: run, Prefix: true})
			return
		}
		words := cutter().Cut(run, false)
		for _, w := range words {
			if !stops[w] || len(words) == 1 {
				add(Alternative{Word: w, Parts: parts(w)})
			}
		}
	})
	return asked
}

// parts are smaller words that together have every character of the word; none where it is small already.
func parts(word string) []string {
	characters := []rune(word)
	if len(characters) < 3 {
		return nil
	}
	covered := make([]bool, len(characters))
	var found []string
	for _, w := range cutter().CutSearch(word, false) {
		at := strings.Index(word, w)
		if w == word || at < 0 {
			continue
		}
		found = append(found, w)
		from := len([]rune(word[:at]))
		for i := range []rune(w) {
			covered[from+i] = true
		}
	}
	if len(found) == 0 {
		return nil
	}
	for i, c := range characters {
		if !covered[i] {
			found = append(found, string(c))
		}
	}
	return found
}

// Plain is the text as words are compared: without full-width forms and capitals.
func Plain(text string) string { return strings.ToLower(norm.NFKC.String(text)) }

func isStroke(r rune) bool { return r == '-' || r == '.' || r == '_' || r == '/' }

// runs calls do for every stretch of Han characters and for every Latin word or number; a stroke inside the latter belongs
// to it.
func runs(text string, do func(run string, han bool)) {
	runes := []rune(Plain(text))
	for i := 0; i < len(runes); {
		j := i
		switch {
		case unicode.Is(unicode.Han, runes[i]):
			for j < len(runes) && unicode.Is(unicode.Han, runes[j]) {
				j++
			}
			do(string(runes[i:j]), true)
		case isLatin(runes[i]):
			for j < len(runes) && (isLatin(runes[j]) || isStroke(runes[j]) && j+1 < len(runes) && isLatin(runes[j+1])) {
				j++
			}
			do(string(runes[i:j]), false)
		default:
			j++
		}
		i = j
	}
}

func isLatin(r rune) bool {
	return !unicode.Is(unicode.Han, r) && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
