package documents

import (
	"unicode/utf8"

	"shangda/internal/docx"
)

// The kinds of head an issue may have: of a bulletin, of a document to those above with who signed it, of a letter.
const (
	HeadBulletin = "bulletin"
	HeadUpward   = "upward"
	HeadLetter   = "letter"
)

// Masthead is the red head of an issue with what stands in it.
type Masthead struct {
	Kind   string
	Name   string // of the journal
	Size   int    // of its letters in points; zero fits the width
	Note   string // such as 内部资料·注意保存
	Serial string // such as 第3期, with 总第…期 where wanted
	Unit   string
	Date   string
	Signer string
}

// Blocks draws the head, down to its red line.
func (m Masthead) Blocks() []docx.Block {
	switch m.Kind {
	case HeadUpward:
		return m.upward()
	case HeadLetter:
		return m.letter()
	}
	return m.bulletin()
}

func (m Masthead) name() docx.Paragraph {
	count := max(utf8.RuneCountInString(m.Name), 1)
	size := m.Size * 2
	if size == 0 {
		size = min(official.Width()/count/10, 124) // the letters fill the line, 62 points at most
	}
	return docx.Paragraph{Align: docx.Center, Runs: []docx.Run{{Text: m.Name, Font: docx.Font{Name: titleFont, Size: size, Color: redInk}}}}
}

func line(font docx.Font, align docx.Align, text string) docx.Paragraph {
	return docx.Paragraph{Align: align, Line: lineHeight, Runs: []docx.Run{{Text: text, Font: font}}}
}

// ends is a line with one text at each of its ends, a letter from the edge.
func ends(font docx.Font, left, right string) docx.Paragraph {
	p := line(font, docx.Left, "　"+left+"\t"+right)
	p.Stops = []docx.Stop{{At: official.Width() - font.Size*10, Align: docx.Right}}
	return p
}

var redLine = &docx.Rule{Size: 18, Color: redInk, Space: 11} // 4 mm under the text above it

func (m Masthead) bulletin() []docx.Block {
	var blocks []docx.Block
	if m.Note != "" {
		blocks = append(blocks, line(docx.Font{Name: firstFont, Size: size3}, docx.Left, m.Note))
	}
	name := m.name()
	name.Before, name.After = 200, 200
	last := ends(body(bodyFont), m.Unit, m.Date)
	last.Bottom = redLine
	return append(blocks, name, line(body(bodyFont), docx.Center, m.Serial), last)
}

func (m Masthead) upward() []docx.Block {
	var blocks []docx.Block
	if m.Note != "" {
		blocks = append(blocks, line(docx.Font{Name: firstFont, Size: size3}, docx.Left, m.Note))
	}
	name := m.name()
	name.Before, name.After = 400, 600
	last := ends(body(bodyFont), m.Serial, "")
	last.Runs = append(last.Runs, docx.Run{Text: "签发人：", Font: body(bodyFont)}, docx.Run{Text: m.Signer, Font: body(secondFont)})
	last.Bottom = redLine
	return append(blocks, name, last)
}

func (m Masthead) letter() []docx.Block {
	name := m.name()
	name.Bottom = &docx.Rule{Size: 36, Color: redInk, Style: "thickThinSmallGap", Space: 6}
	first := line(docx.Font{Name: firstFont, Size: size3}, docx.Left, m.Note+"\t")
	first.Stops = []docx.Stop{{At: official.Width(), Align: docx.Right}}
	first.Runs = append(first.Runs, docx.Run{Text: m.Serial, Font: body(bodyFont)})
	return []docx.Block{name, first, line(body(bodyFont), docx.Right, m.Date)}
}

// LetterFoot closes the first page of a letter: two red lines, the lower one thick.
func LetterFoot() *docx.Rule {
	return &docx.Rule{Size: 36, Color: redInk, Style: "thinThickSmallGap"}
}
