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

// Clean normalises a text and drops what nobody can see; only where lines are allowed they stay.
func Clean(text string, lines bool) string {
	text = strings.ReplaceAll(norm.NFC.String(strings.ToValidUTF8(text, "")), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			if lines {
				return r
			}
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, text))
}
