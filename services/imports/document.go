package imports

import (
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"shangda/internal/errs"
	"shangda/internal/ooxml"
)

// What of a document is read: more text than this is no report, and more pictures than a subject may have are left out.
const (
	maxDocument = 20 << 20
	maxText     = 200_000 // bytes; a report has about ten thousand
	maxPictures = 20
)

// paragraph is one line of a document, with what its form says of it.
type paragraph struct {
	Text   string
	Style  string
	Centre bool
}

// document is what is read of a Word file.
type document struct {
	Paragraphs []paragraph
	Pictures   []string // names of parts, in the order of the text
}

// readDocument reads the text and which pictures stand in it, within bounds.
func readDocument(content io.ReaderAt, size int64) (*ooxml.File, document, error) {
	if size > maxDocument {
		return nil, document{}, errs.New(errs.TooLarge, "Word 文件不能超过 %d MB", maxDocument>>20)
	}
	file, err := ooxml.Open(content, size)
	if err == nil && file.Kind != ooxml.Word {
		err = ooxml.ErrFormat
	}
	if err != nil {
		return nil, document{}, documentFault(err)
	}
	pictures, err := relations(file)
	if err != nil {
		return nil, document{}, documentFault(err)
	}
	r := reader{pictures: pictures}
	if err := file.Walk("word/document.xml", ooxml.MaxPart, r.token); err != nil {
		return nil, document{}, documentFault(err)
	}
	return file, r.document, nil
}

func documentFault(err error) error {
	var known *errs.Error
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, ooxml.ErrTooLarge):
		return errs.New(errs.TooLarge, "文件内容过大，不像是一篇信息")
	case errors.Is(err, ooxml.ErrMacro):
		return errs.InvalidField("attachment", "不接受带宏的文件")
	}
	return errs.InvalidField("attachment", "不是有效的 Word（docx）文件")
}

// relations are the pictures of the document by the id under which the text names them.
func relations(file *ooxml.File) (map[string]string, error) {
	found := map[string]string{}
	if len(file.Names("word/_rels/document.xml.rels")) == 0 {
		return found, nil
	}
	err := file.Walk("word/_rels/document.xml.rels", 1<<20, func(token xml.Token) error {
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "Relationship" || attribute(start, "TargetMode") == "External" {
			return nil
		}
		if strings.HasSuffix(attribute(start, "Type"), "/image") {
			found[attribute(start, "Id")] = path.Join("word", attribute(start, "Target"))
		}
		return nil
	})
	return found, err
}

func attribute(start xml.StartElement, name string) string {
	for _, a := range start.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// reader gathers paragraphs from the tokens of a document. Text boxes lie inside paragraphs, hence the stack; what is there
// twice for older programs (mc:Fallback) is read once, and what was struck out in a tracked change not at all.
type reader struct {
	document
	pictures map[string]string
	open     []*paragraph
	text     []*strings.Builder
	inText   bool
	skipping int
	total    int
}

func (r *reader) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		r.start(t)
	case xml.EndElement:
		r.end(t.Name.Local)
	case xml.CharData:
		if r.inText && r.skipping == 0 && len(r.text) > 0 {
			if r.total += len(t); r.total > maxText {
				return ooxml.ErrTooLarge
			}
			r.text[len(r.text)-1].Write(t)
		}
	}
	return nil
}

func (r *reader) start(t xml.StartElement) {
	if r.skipping > 0 || t.Name.Local == "Fallback" || t.Name.Local == "del" {
		r.skipping++
		return
	}
	if t.Name.Local == "p" {
		r.open, r.text = append(r.open, &paragraph{}), append(r.text, &strings.Builder{})
	}
	r.inText = t.Name.Local == "t"
	if len(r.open) == 0 {
		return
	}
	p, text := r.open[len(r.open)-1], r.text[len(r.text)-1]
	switch t.Name.Local {
	case "pStyle":
		p.Style = attribute(t, "val")
	case "jc":
		p.Centre = attribute(t, "val") == "center"
	case "br", "cr":
		text.WriteByte('\n')
	case "tab":
		text.WriteByte(' ')
	case "blip":
		if name := r.pictures[attribute(t, "embed")]; name != "" && !slices.Contains(r.Pictures, name) && len(r.Pictures) < maxPictures {
			r.Pictures = append(r.Pictures, name)
		}
	}
}

func (r *reader) end(name string) {
	r.inText = false
	if r.skipping > 0 {
		r.skipping--
		return
	}
	if name != "p" || len(r.open) == 0 {
		return
	}
	p, text := r.open[len(r.open)-1], r.text[len(r.text)-1].String()
	r.open, r.text = r.open[:len(r.open)-1], r.text[:len(r.text)-1]
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			r.Paragraphs = append(r.Paragraphs, paragraph{Text: line, Style: p.Style, Centre: p.Centre})
		}
	}
}
