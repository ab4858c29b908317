// Package proof reads a text for the errors a machine can see: dates that do not exist, figures that disagree, names that
// differ from the tenant's list, and slips of typing. It decides nothing: a person accepts or dismisses each finding.
//
// Its rule: what is doubtful stays silent. A proofreader who meets ten false alarms no longer reads the eleventh.
package proof

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Text is what is read.
type Text struct{ Title, Problem, Cause, Advice string }

// The groups a proof check goes through.
const (
	Names   = "names"
	Figures = "figures"
	Dates   = "dates"
	Typing  = "typing"
)

// Groups are all of them, in the order they are ticked.
var Groups = []string{Names, Figures, Dates, Typing}

// Finding is one place that looks wrong. At counts characters within the part. Key stays the same while the place does.
type Finding struct {
	Key        string `json:"key"`
	Group      string `json:"group" enum:"names,figures,dates,typing"`
	Part       string `json:"part" enum:"title,problem,cause,advice"`
	At         int    `json:"at" doc:"Where it begins, in characters of the part"`
	Quote      string `json:"quote"`
	Message    string `json:"message"`
	Suggestion string `json:"suggestion,omitempty" doc:"What to put in its place, where that is certain"`
}

// part is one part of the text under a rule, with what was found in it.
type part struct {
	name  string
	text  string
	found *[]Finding
}

// add notes the bytes from..to of the part.
func (p part) add(group string, from, to int, suggestion, format string, args ...any) {
	*p.found = append(*p.found, Finding{Group: group, Part: p.name, At: len([]rune(p.text[:from])), Quote: p.text[from:to],
		Message: fmt.Sprintf(format, args...), Suggestion: suggestion})
}

// Read gives what looks wrong, in the order of the text.
func Read(t Text, lists Lists) []Finding {
	found := []Finding{}
	for _, p := range []part{{"title", t.Title, &found}, {"problem", t.Problem, &found}, {"cause", t.Cause, &found}, {"advice", t.Advice, &found}} {
		for _, rule := range []func(part){dates, percents, sums, pairs, repeated, widths, wordings, endOfTitle} {
			rule(p)
		}
		lists.read(p)
	}
	againstTitle(t, &found)
	order := []string{"title", "problem", "cause", "advice"}
	slices.SortStableFunc(found, func(a, b Finding) int {
		if a.Part != b.Part {
			return slices.Index(order, a.Part) - slices.Index(order, b.Part)
		}
		return a.At - b.At
	})
	name(found)
	return found
}

// name gives each finding its key: of what it says and of the words it stands in, not of its place, so that an edit
// elsewhere does not undo a decision.
func name(found []Finding) {
	seen := map[string]int{}
	for i, f := range found {
		base := strings.Join([]string{f.Group, f.Part, f.Quote, f.Message}, "\x00")
		seen[base]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", base, seen[base]))
		found[i].Key = hex.EncodeToString(sum[:8])
	}
}
