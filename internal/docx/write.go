package docx

import (
	"archive/zip"
	"bytes"
	"io"
	"unicode/utf8"
)

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordSpaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
		` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"` +
		` xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word"`
	relSpace   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	mainType   = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	marginLine = 18 // half points, of the watermark in the top margin
)

// part is one file of the archive.
type part struct {
	name string
	text string
}

// Write writes the document as .docx.
func (d Document) Write(w io.Writer) error {
	parts := []part{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relSpace + `officeDocument" Target="word/document.xml"/>` +
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`},
		{"docProps/core.xml", xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` +
			escaped(d.Title) + `</dc:title></cp:coreProperties>`},
		{"word/document.xml", d.document()},
		{"word/_rels/document.xml.rels", documentRels},
		{"word/styles.xml", styles},
		{"word/settings.xml", settings},
		{"word/fontTable.xml", fontTable},
	}
	for _, name := range []string{"default", "even", "first"} {
		parts = append(parts, part{"word/header-" + name + ".xml", d.header(name)}, part{"word/footer-" + name + ".xml", d.footer(name)})
	}
	archive := zip.NewWriter(w)
	for _, p := range parts {
		entry, err := archive.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(entry, p.text); err != nil {
			return err
		}
	}
	return archive.Close()
}

// Bytes is the document as .docx.
func (d Document) Bytes() ([]byte, error) {
	var b bytes.Buffer
	err := d.Write(&b)
	return b.Bytes(), err
}

func (d Document) document() string {
	x := &out{}
	x.WriteString(xmlHead + "<w:document" + wordSpaces + "><w:body>")
	for _, b := range d.Blocks {
		b.write(x)
	}
	if d.Foot != nil { // in a paragraph of its own, which no page break tears apart
		Paragraph{Line: 20, Runs: []Run{{Font: Font{Name: "宋体", Size: 2}}}}.holding(x, func() { d.Foot.write(x, d.Width()) })
	}
	x.in("w:sectPr", func() {
		for _, kind := range []string{"header", "footer"} {
			for _, name := range []string{"default", "even", "first"} {
				x.el("w:"+kind+"Reference", "w:type", name, "r:id", kind+"-"+name)
			}
		}
		wide, high := d.page()
		lies := ""
		if d.Across {
			lies = "landscape"
		}
		x.el("w:pgSz", "w:w", num(wide), "w:h", num(high), "w:orient", lies)
		m := d.Margins
		x.el("w:pgMar", "w:top", num(m.Top), "w:right", num(m.Right), "w:bottom", num(m.Bottom), "w:left", num(m.Left), "w:header", num(Mm(15)), "w:footer", num(m.Number), "w:gutter", "0")
		if d.Numbers.Skip {
			x.el("w:titlePg")
		}
	})
	x.WriteString("</w:body></w:document>")
	return x.String()
}

// holding is the paragraph with something anchored in it.
func (p Paragraph) holding(x *out, anchored func()) {
	x.in("w:p", func() {
		p.properties(x)
		for _, r := range p.Runs {
			r.write(x)
		}
		x.in("w:r", anchored)
	})
}

// write puts the box on the bottom edge of the text of the page it is anchored to; no text runs over it.
func (b Box) write(x *out, width int) {
	const emu = 635 // in a twip
	wide, high := num(width*emu), num(b.Height*emu)
	x.in("w:drawing", func() {
		x.in("wp:anchor", func() {
			x.el("wp:simplePos", "x", "0", "y", "0")
			x.in("wp:positionH", func() { x.in("wp:align", func() { x.text("left") }) }, "relativeFrom", "margin")
			x.in("wp:positionV", func() { x.in("wp:align", func() { x.text("bottom") }) }, "relativeFrom", "margin")
			x.el("wp:extent", "cx", wide, "cy", high)
			x.el("wp:effectExtent", "l", "0", "t", "0", "r", "0", "b", "0")
			x.el("wp:wrapTopAndBottom")
			x.el("wp:docPr", "id", "1", "name", "foot")
			x.el("wp:cNvGraphicFramePr")
			x.in("a:graphic", func() {
				x.in("a:graphicData", func() { x.in("wps:wsp", func() { b.shape(x, wide, high) }) }, "uri", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape")
			})
		}, "distT", "0", "distB", "0", "distL", "0", "distR", "0", "simplePos", "0", "relativeHeight", "2", "behindDoc", "0", "locked", "0", "layoutInCell", "1", "allowOverlap", "0")
	})
}

func (b Box) shape(x *out, wide, high string) {
	x.el("wps:cNvSpPr", "txBox", "1")
	x.in("wps:spPr", func() {
		x.in("a:xfrm", func() {
			x.el("a:off", "x", "0", "y", "0")
			x.el("a:ext", "cx", wide, "cy", high)
		})
		x.in("a:prstGeom", func() { x.el("a:avLst") }, "prst", "rect")
		x.el("a:noFill")
		x.in("a:ln", func() { x.el("a:noFill") })
	})
	x.in("wps:txbx", func() {
		x.in("w:txbxContent", func() {
			for _, p := range b.Blocks {
				p.write(x)
			}
		})
	})
	x.el("wps:bodyPr", "wrap", "square", "lIns", "0", "tIns", "0", "rIns", "0", "bIns", "0", "anchor", "b")
}

// header carries the watermark: in small letters in the margin, and across the page behind the text.
func (d Document) header(name string) string {
	x := &out{}
	x.WriteString(xmlHead + "<w:hdr" + wordSpaces + ">")
	p := Paragraph{Align: Center}
	if d.Watermark == "" {
		p.write(x)
	} else {
		p.Runs = []Run{{Text: d.Watermark, Font: Font{Name: "宋体", Size: marginLine, Color: "808080"}}}
		p.holding(x, func() { across(x, name, d.Watermark) })
	}
	x.WriteString("</w:hdr>")
	return x.String()
}

// across is the text as letters drawn over the page from the lower left to the upper right.
func across(x *out, name, text string) {
	const length = 560 // points
	high := min(length*2/max(utf8.RuneCountInString(text), 1), 60)
	x.in("w:pict", func() {
		x.in("v:shapetype", func() {
			x.el("v:path", "textpathok", "t", "o:connecttype", "custom")
			x.el("v:textpath", "on", "t", "fitshape", "t")
		}, "id", "_x0000_t136", "coordsize", "21600,21600", "o:spt", "136", "adj", "10800", "path", "m@7,l@8,m@5,21600l@6,21600e")
		x.in("v:shape", func() {
			x.el("v:fill", "opacity", ".5")
			x.el("v:textpath", "style", "font-family:宋体;font-size:1pt", "string", text)
			x.el("w10:wrap", "anchorx", "margin", "anchory", "margin")
		}, "id", "PowerPlusWaterMarkObject-"+name, "o:spid", "_x0000_s2049", "type", "#_x0000_t136", "o:allowincell", "f", "fillcolor", "#d9d9d9", "stroked", "f",
			"style", "position:absolute;margin-left:0;margin-top:0;width:"+num(length)+"pt;height:"+num(high)+"pt;rotation:315;z-index:-251658752;"+
				"mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin")
	})
}

// footer carries the number of the page.
func (d Document) footer(name string) string {
	x := &out{}
	x.WriteString(xmlHead + "<w:ftr" + wordSpaces + ">")
	p := Paragraph{Align: Right, RightChars: 100}
	if name == "even" {
		p = Paragraph{Align: Left, LeftChars: 100}
	}
	if name == "first" || d.Numbers.Font.Name == "" {
		Paragraph{Top: d.Numbers.Rule}.write(x)
	} else {
		dash := func(text string) Run { return Run{Text: text, Font: d.Numbers.Font} }
		p.Runs = []Run{dash("— ")}
		p.holding(x, func() {
			d.Numbers.Font.write(x)
			x.el("w:fldChar", "w:fldCharType", "begin")
			x.in("w:instrText", func() { x.text("PAGE") })
			x.el("w:fldChar", "w:fldCharType", "separate")
			x.in("w:t", func() { x.text("1") })
			x.el("w:fldChar", "w:fldCharType", "end")
			x.in("w:t", func() { x.text(" —") }, "xml:space", "preserve")
		})
	}
	x.WriteString("</w:ftr>")
	return x.String()
}
