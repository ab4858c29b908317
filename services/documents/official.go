package documents

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"shangda/internal/docx"
)

// The fonts of official documents; a reader's machine that lacks one takes the font named for it in the file.
const (
	titleFont  = "方正小标宋简体"
	bodyFont   = "仿宋_GB2312"
	secondFont = "楷体_GB2312"
	firstFont  = "黑体"
	songFont   = "宋体"
)

// Sizes of letters in half points, and the colour of a red head.
const (
	size2  = 44 // 二号
	size3  = 32 // 三号
	size4  = 28 // 四号
	size5  = 21 // 五号
	redInk = "E60012"
)

// GB/T 9704-2012: 22 lines of 28 letters of size 3 on 156 × 225 mm. Letters of 16 points give 27; a quarter of a point less
// between them gives 28.
const (
	lineHeight = 579
	squeeze    = -5
)

var official = docx.Margins{Top: docx.Mm(37), Right: docx.Mm(26), Bottom: docx.Mm(35), Left: docx.Mm(28), Number: docx.Mm(23)}

func body(name string) docx.Font { return docx.Font{Name: name, Size: size3, Space: squeeze} }

// Paper is a document in the layout of official documents, empty at first.
func Paper(title, watermark string) docx.Document {
	return docx.Document{Title: title, Margins: official, Watermark: watermark, Numbers: docx.Numbers{Font: docx.Font{Name: songFont, Size: size4}}}
}

// Heading is the title of a text: size 2, centred, over as many lines as it needs.
func Heading(text string) []docx.Block {
	blank := Blank()
	return []docx.Block{blank, docx.Paragraph{Align: docx.Center, Line: lineHeight + 61, Runs: []docx.Run{{Text: text, Font: docx.Font{Name: titleFont, Size: size2}}}}, blank}
}

// Blank is an empty line.
func Blank() docx.Paragraph {
	return docx.Paragraph{Line: lineHeight, Runs: []docx.Run{{Font: body(bodyFont)}}}
}

// Byline stands centred under a title: whose text it is.
func Byline(text string) docx.Paragraph {
	return docx.Paragraph{Align: docx.Center, Line: lineHeight, KeepNext: true, Runs: []docx.Run{{Text: text, Font: body(secondFont)}}}
}

// Section is the name of a part, in the font of the first level.
func Section(text string) docx.Paragraph {
	return docx.Paragraph{Line: lineHeight, FirstChars: 200, KeepNext: true, Runs: []docx.Run{{Text: text, Font: body(firstFont)}}}
}

var (
	firstLevel  = regexp.MustCompile(`^[一二三四五六七八九十]{1,3}、`)
	secondLevel = regexp.MustCompile(`^（[一二三四五六七八九十]{1,3}）`)
)

const maxLevelTitle = 40 // a longer paragraph is text, even when it begins like a title

// Body is a text as paragraphs of size 3, each level in its font: 一、 in 黑体, （一） in 楷体, the rest in 仿宋. Of a paragraph
// that begins with a level and goes on, only its first sentence is the title.
func Body(text string) []docx.Block {
	var blocks []docx.Block
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimLeft(strings.TrimSpace(line), "　"); line == "" {
			continue
		}
		runs := levelled(line)
		alone := len(runs) == 1 && runs[0].Font.Name != bodyFont // a title by itself does not end a page
		blocks = append(blocks, docx.Paragraph{Line: lineHeight, FirstChars: 200, KeepNext: alone, Runs: runs})
	}
	return blocks
}

func levelled(line string) []docx.Run {
	font := ""
	switch {
	case firstLevel.MatchString(line):
		font = firstFont
	case secondLevel.MatchString(line):
		font = secondFont
	default:
		return []docx.Run{{Text: line, Font: body(bodyFont)}}
	}
	title, rest := line, ""
	if i := strings.IndexAny(line, "。；："); i >= 0 {
		_, width := utf8.DecodeRuneInString(line[i:])
		title, rest = line[:i+width], line[i+width:]
	}
	if utf8.RuneCountInString(title) > maxLevelTitle {
		return []docx.Run{{Text: line, Font: body(bodyFont)}}
	}
	runs := []docx.Run{{Text: title, Font: body(font)}}
	if rest != "" {
		runs = append(runs, docx.Run{Text: rest, Font: body(bodyFont)})
	}
	return runs
}

// Imprint is the 版记: lines of size 4 between rules, on the bottom edge of the last page.
type Imprint struct {
	To     [][2]string // 报 / 送 / 发 and the addressees of each; empty ones are left out
	Office string      // who printed it
	Date   string
	Copies string // such as 共印30份
}

const imprintLine = 400

// Box draws the imprint as wide as the text.
func (i Imprint) Box() *docx.Box {
	font := docx.Font{Name: bodyFont, Size: size4}
	box := &docx.Box{}
	rule := func(size int) {
		box.Blocks = append(box.Blocks, docx.Paragraph{Line: 40, Bottom: &docx.Rule{Size: size}, Runs: []docx.Run{{Font: docx.Font{Name: bodyFont, Size: 2}}}})
		box.Height += 60
	}
	add := func(p docx.Paragraph, lines int) {
		p.Line = imprintLine
		box.Blocks, box.Height = append(box.Blocks, p), box.Height+imprintLine*lines
	}
	ends := func(left, right string) {
		add(docx.Paragraph{Stops: []docx.Stop{{At: official.Width() - size4*10, Align: docx.Right}}, Runs: []docx.Run{{Text: "　" + left + "\t" + right, Font: font}}}, 1)
	}
	rule(8)
	for _, to := range i.To {
		if to[1] == "" {
			continue
		}
		text := to[0] + "：" + to[1]
		perLine := official.Width()/(size4*10) - 4 // a letter from each edge, and the name stands out by two
		add(docx.Paragraph{LeftChars: 100, RightChars: 100, HangChars: 200, Runs: []docx.Run{{Text: text, Font: font}}}, (utf8.RuneCountInString(to[1])+perLine-1)/perLine)
	}
	if len(box.Blocks) > 1 {
		rule(6)
	}
	ends(i.Office, i.Date)
	if i.Copies != "" {
		rule(6)
		ends("", i.Copies)
	}
	rule(8)
	return box
}

// Salutation is whom a letter is to, at the left edge.
func Salutation(text string) docx.Paragraph { return line(body(bodyFont), docx.Left, text+"：") }

// Signed stands at the end of a letter, two letters from the right edge: whose it is, and its date.
func Signed(unit, date string) []docx.Block {
	blocks := []docx.Block{Blank(), Blank()}
	for _, text := range []string{unit, date} {
		p := line(body(bodyFont), docx.Right, text)
		p.RightChars, p.KeepNext = 200, true
		blocks = append(blocks, p)
	}
	return blocks
}
