// Package docx writes Word documents on A4: paragraphs, tables, a box at the bottom of the last page, page numbers and a
// watermark, and fills templates that somebody made in Word. The same document gives the same bytes, always.
//
// Lengths are twips (a twentieth of a point; Mm turns millimetres into them), sizes of letters are half points.
package docx

import "math"

// Mm is millimetres in twips.
func Mm(mm float64) int { return int(math.Round(mm * 1440 / 25.4)) }

// A4 in twips.
var pageWidth, pageHeight = Mm(210), Mm(297)

// Document is a document. Blocks follow one another; Foot stands at the bottom of the text on the page where they end.
type Document struct {
	Title     string
	Across    bool // the page lies on its side
	Margins   Margins
	Blocks    []Block
	Foot      *Box
	Numbers   Numbers
	Watermark string // across every page and in its top margin
}

// page is how wide and high its pages are.
func (d Document) page() (wide, high int) {
	if d.Across {
		return pageHeight, pageWidth
	}
	return pageWidth, pageHeight
}

// Width is how wide the text is.
func (d Document) Width() int {
	wide, _ := d.page()
	return wide - d.Margins.Left - d.Margins.Right
}

// Margins are the empty edges of a page, and how far from its bottom the page number stands.
type Margins struct{ Top, Right, Bottom, Left, Number int }

// Width is how wide the text is on an upright page.
func (m Margins) Width() int { return pageWidth - m.Left - m.Right }

// Numbers is how pages are numbered: in Font between dashes, odd pages on the right and even ones on the left.
type Numbers struct {
	Font Font
	Skip bool  // the first page has none
	Rule *Rule // at the foot of a first page without a number
}

// Block is a Paragraph or a Table.
type Block interface{ write(x *out) }

// Align is where the lines of a paragraph stand.
type Align string

// The alignments; both edges where none is said.
const (
	Both   Align = ""
	Left   Align = "left"
	Center Align = "center"
	Right  Align = "right"
)

// Font is how letters look. Space is added between letters, in twips. Scale is their width in per cent, zero for 100.
type Font struct {
	Name  string
	Size  int
	Bold  bool
	Color string // RRGGBB, black where empty
	Space int
	Scale int
}

// Run is a piece of text in one font. Line feeds break the line, tabs jump to the next stop.
type Run struct {
	Text   string
	Font   Font
	Change *Change // nil for text that stands
}

// Change marks a run, or the end of a paragraph, as somebody's change: put in, or struck out.
type Change struct {
	Struck bool
	By     string
	At     string // RFC 3339
}

// Paragraph is a paragraph. Line is the exact distance of its lines, zero for what the letters need. FirstChars and
// HangChars are hundredths of a letter.
type Paragraph struct {
	Runs          []Run
	Align         Align
	Line          int
	Before, After int
	FirstChars    int
	HangChars     int
	LeftChars     int
	RightChars    int
	Left, Right   int
	Stops         []Stop
	Top, Bottom   *Rule
	NewPage       bool
	KeepNext      bool
	Mark          *Change // of the end of the paragraph: struck out, it joins the next
}

// Stop is a place where a tab leads to.
type Stop struct {
	At    int
	Align Align
}

// Rule is a line: Size in eighths of a point, Style as Word names it (single where empty).
type Rule struct {
	Size  int
	Color string
	Style string
	Space int // points between text and line
}

// Table is a table as wide as its columns together.
type Table struct {
	Widths []int
	Rows   []Row
	Rule   Rule
}

// Row is a row. Height is at least that; Head rows come again on each page.
type Row struct {
	Height int
	Head   bool
	Cells  []Cell
}

// Cell is a cell over one or more columns. Down begins a cell over several rows, Up continues the one above.
type Cell struct {
	Span     int
	Down, Up bool
	Top      bool // the text begins at the top instead of the middle
	Blocks   []Paragraph
}

// Box is a text of that height on the bottom edge of the text.
type Box struct {
	Height int
	Blocks []Paragraph
}
