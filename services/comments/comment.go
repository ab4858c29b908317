// Package comments is what people say to each other about a place in a text: the office asks, the author answers.
//
// It knows its subject only as (kind, id): a Subject says who may see it, what it says now and whose it is. A comment holds on
// to the words it quotes; when the text is edited it is found again, and where the words are gone it says so.
package comments

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// Text is what is commented on: its sections by name, its title, and whose it is.
type Text struct {
	Title    string
	Sections map[string]string
	Authors  []uuid.UUID
}

// Subject gives the text to whoever may see it, not found to everybody else.
type Subject interface {
	Commented(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Text, error)
}

// Sections are the places of a text; the empty one is the text as a whole.
var Sections = []string{"", "title", "problem", "cause", "advice"}

// The limits, in characters.
const (
	maxText  = 500
	maxQuote = 200
)

// NewComment is a comment to be written. Of an answer Thread is the comment it answers; it has no place of its own.
// Place is where in the section the quoted words begin, counted in characters.
type NewComment struct {
	Thread  *uuid.UUID
	Section string
	Quote   string
	Place   int
	Text    string
}

// Comment is one as its readers see it. Place is where the quoted words stand now, -1 where they are gone.
type Comment struct {
	ID         uuid.UUID  `json:"id"`
	ThreadID   *uuid.UUID `json:"thread_id,omitempty" doc:"The comment that this one answers"`
	Section    string     `json:"section,omitempty" enum:"title,problem,cause,advice" doc:"Where in the text; left out for the text as a whole"`
	Quote      string     `json:"quote,omitempty"`
	Place      int        `json:"place" doc:"Where the quoted words begin now, in characters; -1 where they are gone"`
	Text       string     `json:"text"`
	WrittenBy  uuid.UUID  `json:"written_by"`
	By         string     `json:"by"`
	WrittenAt  time.Time  `json:"written_at"`
	OfAuthor   bool       `json:"of_author" doc:"Written by one of those whose text it is"`
	ResolvedBy string     `json:"resolved_by,omitempty"`
	ResolvedAt *time.Time `json:"resolved_at,omitempty"`
}

// check cleans the comment and names its faults. Words that are quoted must stand in the text.
func (n NewComment) check(t Text) (NewComment, error) {
	n.Text = documents.Clean(n.Text, true)
	var faults errs.Fields
	switch size := utf8.RuneCountInString(n.Text); {
	case size == 0:
		faults.Add("text", "请填写内容")
	case size > maxText:
		faults.Add("text", "最多 %d 个字，现有 %d 个字", maxText, size)
	}
	if documents.Marked(n.Text) {
		faults.Add("text", "%s", documents.PaperOnlyText)
	}
	if n.Thread != nil {
		n.Section, n.Quote, n.Place = "", "", 0
	}
	if !slices.Contains(Sections, n.Section) {
		faults.Add("section", "没有这个部分")
	}
	if n.Quote != "" {
		if n.Place = place(t.Sections[n.Section], n.Quote, n.Place); n.Place < 0 {
			faults.Add("quote", "所选的文字已不在原文中，请重新选择")
		}
		if utf8.RuneCountInString(n.Quote) > maxQuote {
			faults.Add("quote", "所选的文字最多 %d 个字", maxQuote)
		}
	}
	return n, faults.Err()
}

// leastWords is how many characters of a quotation are enough to know it again.
const leastWords = 3

// place is where the quoted words stand in the text now, the nearest to where they were; where they were edited, where their
// first or their last half stands; -1 where nothing of them is left.
func place(text, quote string, was int) int {
	if at := nearest(text, quote, was); at >= 0 {
		return at
	}
	words := []rune(quote)
	half := len(words) / 2
	if half < leastWords {
		return -1
	}
	if at := nearest(text, string(words[:half]), was); at >= 0 {
		return at
	}
	if at := nearest(text, string(words[len(words)-half:]), was+len(words)-half); at >= 0 {
		return at
	}
	return -1
}

// nearest is the occurrence of the words that is nearest to a place, in characters; -1 where there is none.
func nearest(text, words string, was int) int {
	best, from := -1, 0
	for words != "" {
		at := strings.Index(text[from:], words)
		if at < 0 {
			break
		}
		from += at
		here := utf8.RuneCountInString(text[:from])
		if best < 0 || distance(here, was) < distance(best, was) {
			best = here
		}
		_, size := utf8.DecodeRuneInString(text[from:])
		from += size
	}
	return best
}

func distance(a, b int) int { return max(a-b, b-a) }
