package documents

import (
	"slices"
	"strings"
	"time"

	"github.com/sergi/go-diff/diffmatchpatch"

	"shangda/internal/docx"
)

// Revision is a text as somebody left it.
type Revision struct {
	By   string
	At   time.Time
	Text string
}

// RevisedHeading is Heading with every change since the first revision tracked, as Word tracks them: who, when, put in or struck out.
func RevisedHeading(revisions []Revision) []docx.Block {
	blocks := Heading("")
	title := blocks[1].(docx.Paragraph)
	font := title.Runs[0].Font
	title.Runs = nil
	for _, p := range track(revisions) {
		title.Runs = append(title.Runs, p.run(font))
	}
	blocks[1] = title
	return blocks
}

// RevisedBody is Body with every change since the first revision tracked. Accepting all of them gives the last revision,
// refusing all the first.
func RevisedBody(revisions []Revision) []docx.Block {
	var blocks []docx.Block
	paragraph := docx.Paragraph{Line: lineHeight, FirstChars: 200}
	end := func(mark *docx.Change) {
		p := paragraph
		p.Mark = mark
		font := levelFont(p.Runs)
		for i := range p.Runs {
			p.Runs[i].Font = body(font)
		}
		if len(p.Runs) > 0 || mark != nil {
			blocks = append(blocks, p)
		}
		paragraph.Runs = nil
	}
	for _, p := range track(trimmed(revisions)) {
		for i, line := range strings.Split(string(p.text), "\n") {
			if i > 0 {
				end(p.change())
			}
			if line != "" {
				paragraph.Runs = append(paragraph.Runs, docx.Run{Text: line, Change: p.change()})
			}
		}
	}
	end(nil)
	return blocks
}

// trimmed are the revisions without empty lines and indents, as Body prints a text.
func trimmed(revisions []Revision) []Revision {
	list := slices.Clone(revisions)
	for i := range list {
		var lines []string
		for line := range strings.SplitSeq(list[i].Text, "\n") {
			if line = strings.TrimLeft(strings.TrimSpace(line), "　"); line != "" {
				lines = append(lines, line)
			}
		}
		list[i].Text = strings.Join(lines, "\n")
	}
	return list
}

// levelFont is the font of a paragraph that stands as these runs say.
func levelFont(runs []docx.Run) string {
	var standing strings.Builder
	for _, r := range runs {
		if r.Change == nil || !r.Change.Struck {
			standing.WriteString(r.Text)
		}
	}
	if parts := levelled(standing.String()); len(parts) == 1 {
		return parts[0].Font.Name
	}
	return bodyFont
}

// piece is a part of a text with who put it in and who struck it out, nil where nobody did.
type piece struct {
	text    []rune
	in, out *Revision
}

func (p piece) change() *docx.Change {
	by, struck := p.in, false
	if p.out != nil {
		by, struck = p.out, true
	}
	if by == nil {
		return nil
	}
	return &docx.Change{Struck: struck, By: by.By, At: by.At.UTC().Format(time.RFC3339)}
}

func (p piece) run(font docx.Font) docx.Run {
	return docx.Run{Text: string(p.text), Font: font, Change: p.change()}
}

// track follows a text through its revisions. What somebody put in and a later one struck out is gone.
func track(revisions []Revision) []piece {
	var pieces []piece
	for i := range revisions {
		if i == 0 {
			pieces = []piece{{text: []rune(revisions[0].Text)}}
			continue
		}
		pieces = revise(pieces, &revisions[i])
	}
	return pieces
}

func revise(pieces []piece, by *Revision) []piece {
	var standing []rune
	for _, p := range pieces {
		if p.out == nil {
			standing = append(standing, p.text...)
		}
	}
	compare := diffmatchpatch.New()
	var revised []piece
	for _, d := range compare.DiffCleanupSemantic(compare.DiffMainRunes(standing, []rune(by.Text), false)) {
		text := []rune(d.Text)
		if d.Type == diffmatchpatch.DiffInsert {
			revised = append(revised, piece{text: text, in: by})
			continue
		}
		var passed []piece
		passed, pieces = pass(pieces, len(text))
		for _, p := range passed {
			switch {
			case d.Type == diffmatchpatch.DiffEqual || p.out != nil:
				revised = append(revised, p)
			case p.in == nil:
				p.out = by
				revised = append(revised, p)
			}
		}
	}
	return append(revised, pieces...)
}

// pass takes the first n standing characters off the pieces, with what is struck out between them.
func pass(pieces []piece, n int) (passed, left []piece) {
	for n > 0 {
		p := pieces[0]
		if p.out != nil || len(p.text) <= n {
			if passed, pieces = append(passed, p), pieces[1:]; p.out == nil {
				n -= len(p.text)
			}
			continue
		}
		first, rest := p, p
		first.text, rest.text = p.text[:n], p.text[n:]
		return append(passed, first), append([]piece{rest}, pieces[1:]...)
	}
	return passed, pieces
}
