package filetype

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"

	"github.com/richardlehane/mscfb"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"shangda/internal/errs"
	"shangda/internal/ooxml"
	"shangda/services/documents"
)

// maxSheet is how much XML of one part is read in search of a marking: it streams, so it may be more than a text has.
const maxSheet = 64 << 20

// withText are the parts of each kind of office file that people read.
var withText = map[string]*regexp.Regexp{
	ooxml.Word:         regexp.MustCompile(`^word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$`),
	ooxml.Spreadsheet:  regexp.MustCompile(`^xl/(sharedStrings|worksheets/sheet\d+)\.xml$`),
	ooxml.Presentation: regexp.MustCompile(`^ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml$`),
}

// main is the part without which a file of the kind is none.
var mainPart = map[string]string{ooxml.Word: "word/document.xml", ooxml.Spreadsheet: "xl/workbook.xml", ooxml.Presentation: "ppt/presentation.xml"}

func officeType(content *io.SectionReader) (string, error) {
	file, err := ooxml.Open(content, content.Size())
	if err != nil {
		return "", officeFault(err)
	}
	if len(file.Names(mainPart[file.Kind])) == 0 {
		return "", officeFault(ooxml.ErrFormat)
	}
	for _, name := range file.Names("") {
		if !withText[file.Kind].MatchString(name) {
			continue
		}
		var text marks
		if err := file.Walk(name, maxSheet, text.token); err != nil {
			return "", officeFault(err)
		}
		if text.found() {
			return "", documents.PaperOnly("file")
		}
	}
	return file.Kind, nil
}

func officeFault(err error) error {
	switch {
	case errors.Is(err, ooxml.ErrMacro):
		return errs.InvalidField("file", "不接受带宏的文件")
	case errors.Is(err, ooxml.ErrTooLarge):
		return errs.New(errs.TooLarge, "文件解压后过大")
	case errors.Is(err, errMarked):
		return documents.PaperOnly("file")
	}
	return errs.New(errs.Unsupported, "不是有效的 Word（docx）、Excel（xlsx）或 PowerPoint（pptx）文件")
}

var errMarked = errors.New("filetype: marked")

// marks looks for a secrecy marking in a text that comes in pieces, keeping only the last lines in memory.
type marks struct {
	text   strings.Builder
	inText bool
}

const window = 64 << 10

func (m *marks) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		m.inText = t.Name.Local == "t"
		if t.Name.Local == "br" || t.Name.Local == "tab" {
			return m.add("\n")
		}
	case xml.EndElement:
		m.inText = false
		switch t.Name.Local {
		case "p", "si", "row", "is":
			return m.add("\n")
		}
	case xml.CharData:
		if m.inText {
			return m.add(string(t))
		}
	}
	return nil
}

// add takes more text; errMarked as soon as a marking is in it.
func (m *marks) add(text string) error {
	m.text.WriteString(text)
	if m.text.Len() < window {
		return nil
	}
	if m.found() {
		return errMarked
	}
	kept := []rune(m.text.String())
	kept = kept[max(0, len(kept)-200):]
	m.text.Reset()
	m.text.WriteString(string(kept))
	return nil
}

func (m *marks) found() bool { return documents.Marked(m.text.String()) }

// compoundType takes the old format of Word and WPS: a compound file with the stream of a Word document.
func compoundType(content *io.SectionReader) (kind string, err error) {
	notWord := errs.New(errs.Unsupported, "旧格式文件只接受 Word（.doc）和 WPS 文字（.wps），其他请另存为新格式后上传")
	defer func() { // the reader of compound files does not promise to survive every broken one
		if recover() != nil {
			kind, err = "", notWord
		}
	}()
	if content.Size() > maxSheet {
		return "", errs.New(errs.TooLarge, "文件过大，请另存为 docx 后上传")
	}
	file, err := mscfb.New(content)
	if err != nil {
		return "", notWord
	}
	word := false
	for range ooxml.MaxEntries {
		entry, err := file.Next()
		if err != nil {
			break
		}
		switch strings.ToLower(entry.Name) {
		case "worddocument":
			word = true
		case "macros", "_vba_project", "vba":
			return "", errs.InvalidField("file", "不接受带宏的文件")
		}
	}
	if !word {
		return "", notWord
	}
	return "application/msword", markedIn(transform.NewReader(io.NewSectionReader(content, 0, content.Size()), unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()))
}

// textType takes a text in UTF-8 or GB 18030; anything with control characters is none.
func textType(content *io.SectionReader) (string, error) {
	if err := readable(io.NewSectionReader(content, 0, content.Size())); err == nil {
		return "text/plain", markedIn(transform.NewReader(io.NewSectionReader(content, 0, content.Size()), encoding.UTF8Validator))
	}
	decoded := func() io.Reader {
		return transform.NewReader(io.NewSectionReader(content, 0, content.Size()), simplifiedchinese.GB18030.NewDecoder())
	}
	if err := readable(decoded()); err != nil {
		return "", unsupported()
	}
	return "text/plain", markedIn(decoded())
}

// readable is nil for a text in UTF-8.
func readable(r io.Reader) error {
	checked := transform.NewReader(r, encoding.UTF8Validator)
	buffer := make([]byte, 32<<10)
	for {
		n, err := checked.Read(buffer)
		if strings.ContainsFunc(string(buffer[:n]), func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\r\f", r) || r == '\ufffd' }) {
			return ooxml.ErrFormat
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func markedIn(r io.Reader) error {
	var text marks
	buffer := make([]byte, 32<<10)
	for {
		n, err := r.Read(buffer)
		if text.add(strings.ReplaceAll(string(buffer[:n]), "\r", "\n")) != nil {
			return documents.PaperOnly("file")
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return errs.New(errs.Unsupported, "文件已损坏，无法识别")
		}
	}
	if text.found() {
		return documents.PaperOnly("file")
	}
	return nil
}
