package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"shangda/internal/ooxml"
)

// The limits of a template: of the file, of all the parts that are read (counted while they are unpacked), of what is in them.
const (
	MaxFile   = 20 << 20
	maxParts  = 8 << 20
	maxNodes  = 100_000
	maxFilled = 12 << 20 // of what is written
	maxCopied = 6 << 20  // of copies and values
	maxNames  = 200
)

// What a template may be refused for.
var (
	ErrNoWord  = errors.New("docx: not a Word document")
	ErrTooMuch = errors.New("docx: too large")
	ErrBlock   = errors.New("docx: a block that does not begin or end")
)

// The marks of the block that is repeated for each item, each in a paragraph of its own.
const (
	blockBegins = "{{#每篇}}"
	blockEnds   = "{{/每篇}}"
)

var (
	placeholder = regexp.MustCompile(`\{\{\s*([\p{Han}A-Za-z0-9_]{1,20})\s*\}\}`)
	filled      = regexp.MustCompile(`^word/(document|header[^/]*|footer[^/]*|footnotes)\.xml$`)
)

// Template is a Word document with placeholders such as {{标题}} in its text, headers and footers.
type Template struct {
	file  *ooxml.File
	parts map[string]*node
	names []string
}

// ReadTemplate reads a document and finds its placeholders, also those that Word has torn into several runs. What the archive
// says of its sizes is not believed.
func ReadTemplate(content []byte) (*Template, error) {
	if len(content) > MaxFile {
		return nil, ErrTooMuch
	}
	file, err := ooxml.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, refusal(err)
	}
	if file.Kind != ooxml.Word {
		return nil, ErrNoWord
	}
	t := &Template{file: file, parts: map[string]*node{}}
	budget, nodes := int64(maxParts), maxNodes
	for _, f := range file.Entries() {
		if !t.reads(f.Name) {
			continue
		}
		if t.parts[f.Name] != nil {
			return nil, ErrNoWord // two parts of one name: which one counts?
		}
		text, err := t.unpack(f, budget)
		if err != nil {
			return nil, err
		}
		budget -= int64(len(text))
		if t.parts[f.Name], err = parse(text, &nodes); err != nil {
			return nil, err
		}
	}
	if body := t.parts["word/document.xml"]; body == nil || body.find("w:body") == nil || t.parts[typesPart] == nil || t.parts[relsPart] == nil {
		return nil, ErrNoWord
	}
	return t, t.collect()
}

const (
	typesPart = "[Content_Types].xml"
	relsPart  = "word/_rels/document.xml.rels"
)

func (t *Template) reads(name string) bool {
	return filled.MatchString(name) || name == typesPart || name == relsPart
}

// unpack reads a part of at most limit bytes, whatever size the archive says it has.
func (t *Template) unpack(f *zip.File, limit int64) (string, error) {
	r, err := t.file.Part(f.Name, limit)
	if err != nil {
		return "", refusal(err)
	}
	defer func() { _ = r.Close() }()
	var text strings.Builder
	text.Grow(int(min(f.UncompressedSize64, uint64(limit)))) // a true word saves the copies of growing
	if _, err := io.Copy(&text, r); err != nil {
		return "", refusal(err)
	}
	return text.String(), nil
}

// refusal is why a file is no template.
func refusal(err error) error {
	if errors.Is(err, ooxml.ErrTooLarge) {
		return ErrTooMuch
	}
	return ErrNoWord
}

// Names are the placeholders in the order they are found, each once.
func (t *Template) Names() []string { return t.names }

func (t *Template) collect() error {
	for _, name := range slices.Sorted(maps.Keys(t.parts)) {
		t.parts[name].each("w:p", func(p *node) {
			for _, found := range placeholder.FindAllStringSubmatch(p.words(), -1) {
				if len(t.names) <= maxNames && !slices.Contains(t.names, found[1]) {
					t.names = append(t.names, found[1])
				}
			}
		})
		if len(t.names) > maxNames {
			return ErrTooMuch
		}
		if err := t.parts[name].checkBlocks(); err != nil {
			return err
		}
	}
	return nil
}

// Values fill a template: All by name; Items for the repeated block, each over All. A value of several lines makes several
// paragraphs where its placeholder has a paragraph to itself, and breaks elsewhere.
type Values struct {
	All       map[string]string
	Items     []map[string]string
	Watermark string
}

// Fill gives the document with the values in place and the watermark on every page.
func (t *Template) Fill(v Values) ([]byte, error) {
	out := map[string]string{}
	left, total := budget(maxCopied), 0
	for name, root := range t.parts {
		if filled.MatchString(name) {
			root = root.clone()
			root.repeat(v, &left)
			root.replace(v.All, &left)
			if strings.HasPrefix(path.Base(name), "header") && v.Watermark != "" {
				root.append(watermarkParagraph(path.Base(name), v.Watermark))
			}
		}
		if left < 0 {
			return nil, ErrTooMuch
		}
		if name == "word/document.xml" && v.Watermark != "" {
			root.addHeaders()
		}
		var b strings.Builder
		root.write(&b)
		out[name] = b.String()
		if total += b.Len(); total > maxFilled {
			return nil, ErrTooMuch
		}
	}
	if v.Watermark != "" {
		out["word/"+ownHeader] = xmlHead + "<w:hdr" + wordSpaces + ">" + watermarkParagraph("own", v.Watermark) + "</w:hdr>"
		out[typesPart] = before(out[typesPart], "</Types>", `<Override PartName="/word/`+ownHeader+`" ContentType="`+mainType+`header+xml"/>`)
		out[relsPart] = before(out[relsPart], "</Relationships>", `<Relationship Id="`+ownHeaderID+`" Type="`+relSpace+`header" Target="`+ownHeader+`"/>`)
	}
	return t.pack(out)
}

const (
	ownHeader   = "header-shangda.xml"
	ownHeaderID = "rIdShangdaHeader"
)

// before puts something in front of the last occurrence of a mark.
func before(text, mark, what string) string {
	if i := strings.LastIndex(text, mark); i >= 0 {
		return text[:i] + what + text[i:]
	}
	return text
}

// pack writes the archive again: what was not read goes over as it is, packed.
func (t *Template) pack(parts map[string]string) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	written := map[string]bool{}
	put := func(name, text string) error {
		written[name] = true
		entry, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = io.WriteString(entry, text)
		}
		return err
	}
	for _, f := range t.file.Entries() {
		var err error
		switch text, ours := parts[f.Name]; {
		case written[f.Name]:
		case ours:
			err = put(f.Name, text)
		default:
			written[f.Name] = true
			err = w.Copy(f)
		}
		if err != nil {
			return nil, ErrNoWord
		}
	}
	if text, own := parts["word/"+ownHeader]; own && !written["word/"+ownHeader] {
		if err := put("word/"+ownHeader, text); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

func watermarkParagraph(name, text string) string {
	x := &out{}
	p := Paragraph{Align: Center, Runs: []Run{{Text: text, Font: Font{Name: "宋体", Size: marginLine, Color: "808080"}}}}
	p.holding(x, func() { across(x, name, text) })
	return strings.Replace(x.String(), "<w:pict>", `<w:pict xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word">`, 1)
}
