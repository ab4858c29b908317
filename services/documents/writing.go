package documents

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"shangda/internal/errs"
)

// Written is one text that a person wrote, as a form names it, with how long it may be in characters.
type Written struct {
	Field string // as the API calls it
	Name  string // as the person calls it
	Text  *string
	Least int
	Most  int
	Lines bool // may have several
}

// CheckWritten cleans each text in place and notes every fault: too short, too long, or with a secrecy marking.
func CheckWritten(faults *errs.Fields, texts ...Written) {
	for _, w := range texts {
		*w.Text = Clean(*w.Text, w.Lines)
		switch n := utf8.RuneCountInString(*w.Text); {
		case n < w.Least:
			faults.Add(w.Field, "请填写%s", w.Name)
		case n > w.Most:
			faults.Add(w.Field, "%s最多 %d 个字，现有 %d 个字", w.Name, w.Most, n)
		case Marked(*w.Text):
			faults.Add(w.Field, "%s", PaperOnlyText)
		}
	}
}

// CheckText notes the faults of a text that is already clean: longer than most characters, or with a secrecy marking.
func CheckText(faults *errs.Fields, field, text string, most int) {
	if n := utf8.RuneCountInString(text); n > most {
		faults.Add(field, "最多 %d 个字，现有 %d 个字", most, n)
	}
	if Marked(text) {
		faults.Add(field, "%s", PaperOnlyText)
	}
}

// Clean normalises a text and drops what nobody can see; only where lines are allowed they stay.
func Clean(text string, lines bool) string {
	text = lineEnds.Replace(norm.NFC.String(strings.ToValidUTF8(text, "")))
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			if lines {
				return r
			}
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text))
}

// Line is a cleaned text on one line, with single spaces.
func Line(text string) string { return strings.Join(strings.Fields(Clean(text, false)), " ") }

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")
