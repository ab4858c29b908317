// Package reports is the central noun: 社情民意信息, one matter a report, from the draft to what every unit above made of it.
//
// Its rules: a report is one tenant's own; what comes from below is a copy of this tenant beside the sealed text as it was
// received. States follow one table (state.go). What any unit decides is an outcome, told once whatever the number of ways
// it comes by, and what of all outcomes counts in the figures is computed by one pure function (tally.go).
package reports

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// The limits of a text, in characters.
const (
	MaxTitle = 100
	MaxText  = 3000
	maxNote  = 500

	maxEvidence = 1000
)

// Text is the four parts of a report.
type Text struct {
	Title   string
	Problem string
	Cause   string
	Advice  string
}

// Report is a row of this tenant. Author is empty where it came by letter, Sender where it did not.
type Report struct {
	ID          uuid.UUID
	Number      string
	State       State
	Version     int
	AuthorID    *uuid.UUID
	AuthorName  string
	AuthorTitle string
	UnitID      *uuid.UUID
	Text
	Category     string
	Topic        string
	Urgency      string
	Class        string
	Flags        []string
	Evidence     string
	Score        *int
	Priority     int
	Mode         string
	Channel      string
	SourceKind   string
	SourceID     *uuid.UUID
	Sender       *int32
	SenderReport *uuid.UUID
	Origin       int32
	Combined     bool
	OutcomeNo    int
	Adopted      string
	Adoptions    []Adoption
	CreatedAt    time.Time
	UpdatedAt    time.Time
	SubmittedAt  *time.Time
	SignedAt     *time.Time
	Note
	AuthorContact string
	RecorderID    *uuid.UUID
	RecorderName  string
	Coauthors     []uuid.UUID
	Readers       []uuid.UUID
	TextBy        *uuid.UUID
	SplitFrom     *uuid.UUID
	Absorbed      bool

	SecrecyCheckedBy *uuid.UUID
	SecrecyCheckedAt *time.Time
}

// Adoption is one adoption in force, as the report's row carries it for lists.
type Adoption struct {
	Decider int32     `json:"decider"`
	Form    string    `json:"form"`
	Level   string    `json:"level"`
	At      time.Time `json:"at"`
}

// Input is what a person writes; Edit takes it in parts.
type Input struct {
	Text
	Category    string
	Topic       string
	Urgency     string
	Class       string
	Flags       []string
	Evidence    string
	Attachments []uuid.UUID
	Provenance
	Signatures
}

// NewReport is a report to be made. ID may be chosen by the caller, so that a repeat meets the first one.
type NewReport struct {
	Input
	ID     uuid.UUID
	Submit bool
	// SecrecyChecked is the author's word, at the submission, that the text holds nothing secret.
	SecrecyChecked bool
}

// Change is an edit: what is nil stays. Attachments and Flags are whole lists.
type Change struct {
	Title, Problem, Cause, Advice   *string
	Category, Topic, Urgency, Class *string
	Evidence                        *string
	Flags                           []string
	Mode, Channel, SourceKind       *string
	Note                            *Note
	Attachments                     []uuid.UUID
	Signatures
}

func subject(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "report", ID: id} }

// object is what authz needs to know. A draft is its author's alone.
func (r *Report) object() authz.Object {
	o := authz.Object{Read: authz.ReportRead, Private: r.State == Draft}
	if r.AuthorID != nil {
		o.Owner = *r.AuthorID
	}
	if r.UnitID != nil {
		o.Unit = *r.UnitID
	}
	o.Sharers, o.Readers = r.sharers(), r.Readers
	return o
}

// origin is true for a report that began here: the only ones the tree of figures counts.
func (r *Report) origin() bool { return r.Sender == nil && !r.derived() }

// derived is true for a report made of others that were counted before it: a combined one, a part of one that was split.
func (r *Report) derived() bool { return r.Combined || r.SplitFrom != nil }

// child is the tenant this report's own measures are booked under, zero for this tenant itself.
func (r *Report) child() int32 {
	if r.Sender == nil {
		return 0
	}
	return *r.Sender
}

func (r *Report) input() Input {
	return Input{Text: r.Text, Category: r.Category, Topic: r.Topic, Urgency: r.Urgency, Class: r.Class, Flags: r.Flags, Evidence: r.Evidence, Provenance: r.provenance()}
}

func (r *Report) take(in Input) {
	r.Text, r.Category, r.Topic, r.Urgency, r.Class, r.Flags, r.Evidence = in.Text, in.Category, in.Topic, in.Urgency, in.Class, in.Flags, in.Evidence
	r.Mode, r.Channel, r.SourceKind, r.Note = in.Mode, in.Channel, in.SourceKind, in.Note
}

// apply puts the parts of an edit over what stands.
func (c Change) apply(in Input) Input {
	for to, from := range map[*string]*string{
		&in.Title: c.Title, &in.Problem: c.Problem, &in.Cause: c.Cause, &in.Advice: c.Advice,
		&in.Category: c.Category, &in.Topic: c.Topic, &in.Urgency: c.Urgency, &in.Class: c.Class, &in.Evidence: c.Evidence,
		&in.Mode: c.Mode, &in.Channel: c.Channel, &in.SourceKind: c.SourceKind,
	} {
		if from != nil {
			*to = *from
		}
	}
	if c.Flags != nil {
		in.Flags = c.Flags
	}
	if c.Note != nil {
		in.Note = *c.Note
	}
	return in
}

// clean drops what has no place in a text: control and invisible characters, spaces at the ends.
func (t Text) clean() Text {
	return Text{Title: strings.Join(strings.Fields(plain(t.Title)), " "), Problem: plain(t.Problem), Cause: plain(t.Cause), Advice: plain(t.Advice)}
}

func plain(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s)
	s = strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(norm.NFC.String(s))
}

func runes(t Text) int {
	return utf8.RuneCountInString(t.Problem) + utf8.RuneCountInString(t.Cause) + utf8.RuneCountInString(t.Advice)
}

// check cleans the input and names all its faults at once. What a text must have depends on how far it has come (Rules);
// stands is the text before the change. Text with a secrecy marking is refused in any state, before anything is stored.
func (in Input) check(rules Rules, at stage, stands Text) (Input, error) {
	in.Text, in.Evidence = in.clean(), plain(in.Evidence)
	if in.Urgency == "" {
		in.Urgency = "normal"
	}
	if in.Class == "" {
		in.Class = "ordinary"
	}
	if in.Flags == nil {
		in.Flags = []string{}
	}
	var faults errs.Fields
	in.marked(&faults)
	rules.faults(&faults, in, at, stands)
	if n := utf8.RuneCountInString(in.Evidence); n > maxEvidence {
		faults.Add("evidence", "最多 %d 个字，现有 %d 个字", maxEvidence, n)
	}
	switch {
	case in.Category == "" && at != asDraft:
		faults.Add("category", "请选择分类")
	case in.Category != "" && !knownCategory(in.Category):
		faults.Add("category", "没有“%s”这个分类", in.Category)
	case in.Topic != "" && !knownTopic(in.Category, in.Topic):
		faults.Add("topic", "分类“%s”下没有“%s”", in.Category, in.Topic)
	}
	if !slices.Contains(urgencies, in.Urgency) {
		faults.Add("urgency", "紧急程度只能是普通、紧急或特急")
	}
	if !slices.Contains(classes, in.Class) {
		faults.Add("class", "类别只能是一般或重要")
	}
	var known bool
	if in.Flags, known = sortedFlags(in.Flags); !known {
		faults.Add("flags", "标记只能是敏感、热点或预警")
	}
	in.Provenance = in.Provenance.check(&faults)
	return in, faults.Err()
}

var (
	urgencies = []string{"normal", "urgent", "critical"}
	classes   = []string{"ordinary", "important"}
	flags     = []string{"sensitive", "hot", "warning"}
)

// sortedFlags puts flags in their order, each once; false where one is none of ours.
func sortedFlags(given []string) ([]string, bool) {
	list := []string{}
	for _, flag := range flags {
		if slices.Contains(given, flag) {
			list = append(list, flag)
		}
	}
	return list, !slices.ContainsFunc(given, func(flag string) bool { return !slices.Contains(flags, flag) })
}

// marked refuses each part with a secrecy marking.
func (in Input) marked(faults *errs.Fields) {
	parts := []struct{ name, text string }{{"title", in.Title}, {"problem", in.Problem}, {"cause", in.Cause}, {"advice", in.Advice}, {"evidence", in.Evidence}}
	for _, part := range parts {
		if documents.Marked(part.text) {
			faults.Add(part.name, "%s", documents.PaperOnlyText)
		}
	}
}

// digest is sha256 over the four parts, each with its length, so that no character can move from one to another.
func (t Text) digest() []byte {
	sum := sha256.New()
	for _, part := range []string{t.Title, t.Problem, t.Cause, t.Advice} {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		sum.Write(length[:])
		sum.Write([]byte(part))
	}
	return sum.Sum(nil)
}
