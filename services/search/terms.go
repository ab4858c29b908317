package search

import (
	"strconv"
	"strings"

	"github.com/google/uuid"

	"shangda/internal/segment"
	"shangda/tenancy"
)

// A lexeme stands for a word or a mark in one tenant: the tenant's number, a stroke, then the word; ~ before a word of the
// title, = before a mark that a search narrows by.
type lexemes string

func lexemesOf(tenant int32) lexemes { return lexemes(strconv.FormatInt(int64(tenant), 36) + "|") }

func (l lexemes) word(w string) string  { return quote(string(l) + w) }
func (l lexemes) title(w string) string { return quote(string(l) + "~" + w) }
func (l lexemes) mark(name, value string) string {
	return quote(string(l) + "=" + name + ":" + value)
}

// quote writes a lexeme as tsvector and tsquery read it.
func quote(s string) string {
	return "'" + strings.NewReplacer(`'`, `''`, `\`, `\\`, "\x00", "").Replace(s) + "'"
}

const (
	mostOfWord = 4    // a word counts no more often in one place
	longest    = 60   // characters of a term; what is longer is no word
	mostTerms  = 4000 // of one document
)

// vector builds the text of a tsvector.
type vector struct {
	lexemes
	b     strings.Builder
	place int
	count map[string]int
}

func (v *vector) add(weight string, terms []string) {
	for _, t := range terms {
		v.place++
		if len(v.count) >= mostTerms || len([]rune(t)) > longest || v.count[weight+t] >= mostOfWord {
			continue
		}
		v.count[weight+t]++
		v.b.WriteString(v.word(t) + ":" + strconv.Itoa(min(v.place, 16000)) + weight + " ")
	}
}

func (v *vector) titled(terms []string) {
	for _, t := range terms {
		if len([]rune(t)) <= longest {
			v.b.WriteString(v.title(t) + " ")
		}
	}
}

func (v *vector) mark(name, value string) {
	if value != "" {
		v.b.WriteString(v.lexemes.mark(name, value) + " ")
	}
}

// Vector is what the document is found by, as the text of a tsvector; cut gives the terms of a text (segment.Terms).
func Vector(tenant int32, d Document, cut func(string) []string) string {
	v := &vector{lexemes: lexemesOf(tenant), count: map[string]int{}}
	head := append(cut(d.Title), cut(d.Number)...)
	head = append(head, segment.Name(d.AuthorName)...)
	v.add("A", head)
	v.titled(head)
	v.add("A", cut(d.AuthorTitle))
	v.add("A", cut(d.SenderName))
	v.add("B", cut(d.Problem))
	v.add("C", cut(d.Cause+"\n"+d.Advice))
	v.add("D", cut(d.Attached))
	v.marks(d)
	return v.b.String()
}

func (v *vector) marks(d Document) {
	if d.State != "draft" {
		v.mark("open", "1")
	}
	for _, owner := range d.Owners {
		v.mark("own", owner.String())
	}
	if d.Unit != uuid.Nil {
		v.mark("unit", d.Unit.String())
	}
	for name, value := range map[string]string{
		"state": d.State, "category": d.Category, "topic": d.Topic, "urgency": d.Urgency, "class": d.Class, "mode": d.Mode, "channel": d.Channel,
		"source": d.SourceKind, "name": segment.Plain(d.AuthorName),
	} {
		v.mark(name, value)
	}
	sender := d.Sender
	if sender == "" {
		sender = "-" // written here
	}
	v.mark("sender", sender)
	for _, flag := range d.Flags {
		v.mark("flag", flag)
	}
	for _, a := range d.Adoptions {
		v.mark("level", a.Level)
		v.mark("form", a.Form)
		v.mark("adopted", a.Level+" "+a.Form)
	}
}

// reach is what of the tenant's reports the caller may read, as a condition on marks; false for nothing.
func (l lexemes) reach(p *tenancy.Principal, permission string) (string, bool) {
	own := l.mark("own", p.Membership.String())
	switch p.Scope(permission) {
	case tenancy.ScopeTenant:
		return "(" + l.mark("open", "1") + " | " + own + ")", true
	case tenancy.ScopeUnit:
		if p.Unit == uuid.Nil {
			return own, true
		}
		return "((" + l.mark("open", "1") + " & " + l.mark("unit", p.Unit.String()) + ") | " + own + ")", true
	case tenancy.ScopeOwn:
		return own, true
	}
	return "", false
}

// asked is the condition for one word of a question.
func asked(a segment.Alternative, lexeme func(string) string) string {
	whole := lexeme(a.Word)
	if a.Prefix && (len(a.Word) >= 4 || a.Word[0] >= 'a') {
		whole += ":*"
	}
	if len(a.Parts) == 0 {
		return whole
	}
	parts := make([]string, len(a.Parts))
	for i, p := range a.Parts {
		parts[i] = lexeme(p)
	}
	return "(" + whole + " | (" + strings.Join(parts, " & ") + "))"
}

// words joins the conditions of all words of a question.
func words(question []segment.Alternative, lexeme func(string) string, join string) string {
	conditions := make([]string, len(question))
	for i, a := range question {
		conditions[i] = asked(a, lexeme)
	}
	return "(" + strings.Join(conditions, join) + ")"
}
