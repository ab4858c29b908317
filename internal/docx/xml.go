package docx

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// out builds the text of one part.
type out struct {
	strings.Builder
	serial int // of the changes
}

// el writes an empty element; attributes come in pairs, those with an empty value are left out.
func (x *out) el(name string, attrs ...string) {
	x.open(name, attrs)
	x.WriteString("/>")
}

// in writes an element around what fn writes.
func (x *out) in(name string, fn func(), attrs ...string) {
	x.open(name, attrs)
	x.WriteByte('>')
	fn()
	x.WriteString("</" + name + ">")
}

func (x *out) open(name string, attrs []string) {
	x.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			x.WriteString(" " + attrs[i] + `="` + escaped(attrs[i+1]) + `"`)
		}
	}
}

// val writes an element with the one attribute w:val.
func (x *out) val(name, value string) { x.el(name, "w:val", value) }

func (x *out) text(s string) { x.WriteString(escaped(s)) }

// escaped is the text in XML; what no XML may hold becomes the replacement character.
func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

func num(n int) string { return strconv.Itoa(n) }

// some is n, or nothing where it is zero.
func some(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (p Paragraph) write(x *out) {
	x.in("w:p", func() {
		p.properties(x)
		for _, r := range p.Runs {
			r.write(x)
		}
	})
}

func (p Paragraph) properties(x *out) {
	x.in("w:pPr", func() {
		if p.KeepNext {
			x.el("w:keepNext")
		}
		if p.NewPage {
			x.el("w:pageBreakBefore")
		}
		x.val("w:widowControl", "0")
		if p.Top != nil || p.Bottom != nil {
			x.in("w:pBdr", func() {
				p.Top.write(x, "w:top")
				p.Bottom.write(x, "w:bottom")
			})
		}
		if len(p.Stops) > 0 {
			x.in("w:tabs", func() {
				for _, s := range p.Stops {
					x.el("w:tab", "w:val", string(s.Align), "w:pos", num(s.At))
				}
			})
		}
		x.val("w:snapToGrid", "0")
		line, rule := "240", "auto"
		if p.Line > 0 {
			line, rule = num(p.Line), "exact"
		}
		x.el("w:spacing", "w:before", num(p.Before), "w:after", num(p.After), "w:line", line, "w:lineRule", rule)
		p.indents(x)
		if p.Align == Both {
			x.val("w:jc", "both")
		} else {
			x.val("w:jc", string(p.Align))
		}
		font := Font{}
		if len(p.Runs) > 0 {
			font = p.Runs[0].Font // the end of the paragraph is as high as its beginning
		}
		font.marked(x, p.Mark)
	})
}

// indents writes them in letters for Word and in twips for who does not know letters.
func (p Paragraph) indents(x *out) {
	size := 0
	if len(p.Runs) > 0 {
		size = p.Runs[0].Font.Size*10 + p.Runs[0].Font.Space
	}
	twips := func(chars int) int { return chars * size / 100 }
	left := p.Left + twips(p.LeftChars+p.HangChars)
	right := p.Right + twips(p.RightChars)
	if left == 0 && right == 0 && p.FirstChars == 0 {
		return
	}
	x.el("w:ind", "w:leftChars", some(p.LeftChars+p.HangChars), "w:left", some(left), "w:rightChars", some(p.RightChars), "w:right", some(right),
		"w:hangingChars", some(p.HangChars), "w:hanging", some(twips(p.HangChars)), "w:firstLineChars", some(p.FirstChars), "w:firstLine", some(twips(p.FirstChars)))
}

func (r *Rule) write(x *out, name string) {
	if r == nil {
		return
	}
	x.el(name, "w:val", r.style(), "w:sz", num(r.Size), "w:space", num(r.Space), "w:color", r.color())
}

func (r *Rule) style() string {
	if r.Style == "" {
		return "single"
	}
	return r.Style
}

func (r *Rule) color() string {
	if r.Color == "" {
		return "000000"
	}
	return r.Color
}

func (f Font) write(x *out) { f.marked(x, nil) }

// marked writes the font of a paragraph's end, which may be a change.
func (f Font) marked(x *out, mark *Change) {
	if f.Name == "" && mark == nil {
		return
	}
	x.in("w:rPr", func() {
		if mark != nil {
			name, attributes := mark.mark(x)
			x.el(name, attributes...)
		}
		if f.Name == "" {
			return
		}
		x.el("w:rFonts", "w:ascii", f.Name, "w:eastAsia", f.Name, "w:hAnsi", f.Name, "w:cs", f.Name, "w:hint", "eastAsia")
		if f.Bold {
			x.el("w:b")
		}
		if f.Color != "" {
			x.val("w:color", f.Color)
		}
		if f.Space != 0 {
			x.val("w:spacing", num(f.Space))
		}
		if f.Scale != 0 {
			x.val("w:w", num(f.Scale))
		}
		if f.Size > 0 {
			x.val("w:sz", num(f.Size))
			x.val("w:szCs", num(f.Size))
		}
	})
}

func (r Run) write(x *out) {
	if r.Change == nil {
		r.plain(x, "w:t")
		return
	}
	text := "w:t"
	if r.Change.Struck {
		text = "w:delText"
	}
	name, attributes := r.Change.mark(x)
	x.in(name, func() { r.plain(x, text) }, attributes...)
}

// mark is the element of a change with its attributes.
func (c Change) mark(x *out) (name string, attributes []string) {
	x.serial++
	if name = "w:ins"; c.Struck {
		name = "w:del"
	}
	return name, []string{"w:id", num(x.serial), "w:author", c.By, "w:date", c.At}
}

// plain writes the run: its lines with breaks, its columns with tabs between.
func (r Run) plain(x *out, element string) {
	x.in("w:r", func() {
		r.Font.write(x)
		for i, line := range strings.Split(r.Text, "\n") {
			if i > 0 {
				x.el("w:br")
			}
			for j, column := range strings.Split(line, "\t") {
				if j > 0 {
					x.el("w:tab")
				}
				if column != "" {
					x.in(element, func() { x.text(column) }, "xml:space", "preserve")
				}
			}
		}
	})
}

func (t Table) write(x *out) {
	x.in("w:tbl", func() {
		total := 0
		for _, w := range t.Widths {
			total += w
		}
		x.in("w:tblPr", func() {
			x.el("w:tblW", "w:w", num(total), "w:type", "dxa")
			x.in("w:tblBorders", func() {
				for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
					t.Rule.write(x, "w:"+side)
				}
			})
			x.el("w:tblLayout", "w:type", "fixed")
			x.in("w:tblCellMar", func() {
				for _, side := range []string{"left", "right"} {
					x.el("w:"+side, "w:w", "100", "w:type", "dxa")
				}
			})
		})
		x.in("w:tblGrid", func() {
			for _, w := range t.Widths {
				x.el("w:gridCol", "w:w", num(w))
			}
		})
		for _, r := range t.Rows {
			t.row(x, r)
		}
	})
}

func (t Table) row(x *out, r Row) {
	x.in("w:tr", func() {
		x.in("w:trPr", func() {
			if r.Height > 0 {
				x.el("w:trHeight", "w:val", num(r.Height), "w:hRule", "atLeast")
			}
			if r.Head {
				x.el("w:tblHeader")
			}
		})
		column := 0
		for _, c := range r.Cells {
			span := max(c.Span, 1)
			width := 0
			for i := column; i < min(column+span, len(t.Widths)); i++ {
				width += t.Widths[i]
			}
			column += span
			x.in("w:tc", func() { c.write(x, span, width) })
		}
	})
}

func (c Cell) write(x *out, span, width int) {
	x.in("w:tcPr", func() {
		x.el("w:tcW", "w:w", num(width), "w:type", "dxa")
		if span > 1 {
			x.val("w:gridSpan", num(span))
		}
		if c.Down {
			x.val("w:vMerge", "restart")
		}
		if c.Up {
			x.el("w:vMerge")
		}
		if !c.Top {
			x.val("w:vAlign", "center")
		}
	})
	if len(c.Blocks) == 0 {
		Paragraph{}.write(x)
	}
	for _, p := range c.Blocks {
		p.write(x)
	}
}
