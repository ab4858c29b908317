// Package ooxml opens Office Open XML files (docx, xlsx, pptx) within bounds.
//
// Its rule: nothing that stands in the archive is believed. The directory is measured before it is read, every part is
// counted while it is unpacked, and its XML may neither declare entities nor nest or run on without end. So a file that
// unpacks to gigabytes costs no more memory than an honest one.
package ooxml

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

// What an honest file stays under.
const (
	MaxEntries  = 4000
	MaxUnpacked = 300 << 20
	MaxPart     = 16 << 20

	maxDirectory = 2 << 20
	maxTypes     = 1 << 20
	maxRun       = 1 << 20 // bytes between one angle bracket and the next
	maxDepth     = 256
)

// The kinds of file, by the main part they declare.
const (
	Word         = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	Spreadsheet  = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	Presentation = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
)

// The reasons why a file is not opened or read on.
var (
	ErrFormat   = errors.New("ooxml: not an office file")
	ErrTooLarge = errors.New("ooxml: unpacks to too much")
	ErrMacro    = errors.New("ooxml: carries macros")
	ErrDoctype  = errors.New("ooxml: declares a document type")
)

// File is an opened archive.
type File struct {
	Kind  string
	parts map[string]*zip.File
	names []string
}

// Open reads the directory of the archive and what kind of file it is.
func Open(r io.ReaderAt, size int64) (*File, error) {
	if err := measure(r, size); err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(r, size)
	if err != nil || len(archive.File) > MaxEntries {
		return nil, ErrFormat
	}
	f := &File{parts: make(map[string]*zip.File, len(archive.File))}
	var unpacked uint64
	for _, entry := range archive.File {
		if unpacked += entry.UncompressedSize64; entry.UncompressedSize64 > MaxUnpacked || unpacked > MaxUnpacked {
			return nil, ErrTooLarge
		}
		if strings.HasSuffix(strings.ToLower(entry.Name), "vbaproject.bin") {
			return nil, ErrMacro
		}
		if f.parts[entry.Name] == nil {
			f.names = append(f.names, entry.Name)
		}
		f.parts[entry.Name] = entry
	}
	slices.Sort(f.names)
	if f.Kind, err = f.kind(); err != nil {
		return nil, err
	}
	return f, nil
}

// measure refuses an archive whose directory is longer than an honest one's: reading it costs memory by its length.
func measure(r io.ReaderAt, size int64) error {
	const endLength = 22
	tail := make([]byte, min(size, 65535+endLength))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return ErrFormat
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || at+endLength > len(tail) {
		return ErrFormat
	}
	end := tail[at:]
	entries, length, offset := binary.LittleEndian.Uint16(end[10:]), int64(binary.LittleEndian.Uint32(end[12:])), int64(binary.LittleEndian.Uint32(end[16:]))
	position := size - int64(len(tail)) + int64(at)
	if entries > MaxEntries || length > maxDirectory || offset > position || position-offset > maxDirectory || length > position {
		return ErrFormat
	}
	return nil
}

func (f *File) kind() (string, error) {
	part, err := f.Part("[Content_Types].xml", maxTypes)
	if err != nil {
		return "", ErrFormat
	}
	defer func() { _ = part.Close() }()
	types, err := io.ReadAll(part)
	if err != nil {
		return "", ErrFormat
	}
	for kind, main := range map[string]string{
		Word: "wordprocessingml.document.main+xml", Spreadsheet: "spreadsheetml.sheet.main+xml", Presentation: "presentationml.presentation.main+xml",
	} {
		if bytes.Contains(types, []byte(main)) {
			return kind, nil
		}
	}
	return "", ErrFormat
}

// Names lists the parts below a folder, sorted; all of them below "".
func (f *File) Names(folder string) []string {
	var found []string
	for _, name := range f.names {
		if strings.HasPrefix(name, folder) {
			found = append(found, name)
		}
	}
	return found
}

// Part opens a part that may unpack to so many bytes; reading more than that is ErrTooLarge. ErrFormat where there is none.
func (f *File) Part(name string, limit int64) (io.ReadCloser, error) {
	entry := f.parts[name]
	if entry == nil {
		return nil, ErrFormat
	}
	r, err := entry.Open()
	if err != nil {
		return nil, ErrFormat
	}
	return &counted{ReadCloser: r, left: limit}, nil
}

// counted gives an error instead of the byte after the last one allowed.
type counted struct {
	io.ReadCloser
	left int64
}

func (c *counted) Read(p []byte) (int, error) {
	if c.left <= 0 {
		var one [1]byte
		if n, err := c.ReadCloser.Read(one[:]); n == 0 {
			return 0, err
		}
		return 0, ErrTooLarge
	}
	n, err := c.ReadCloser.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err
}

// Walk reads a part's XML token by token, names without their prefix. It ends with the part, or with the first error of fn.
func (f *File) Walk(name string, limit int64, fn func(xml.Token) error) error {
	part, err := f.Part(name, limit)
	if err != nil {
		return err
	}
	defer func() { _ = part.Close() }()
	return Walk(part, fn)
}

// Walk is File.Walk over any reader.
func Walk(r io.Reader, fn func(xml.Token) error) error {
	source := &paced{r: r}
	decoder := xml.NewDecoder(source)
	depth := 0
	for {
		token, err := decoder.RawToken()
		if errors.Is(source.err, ErrTooLarge) {
			return ErrTooLarge
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return ErrFormat
		}
		switch token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return ErrTooLarge
			}
		case xml.EndElement:
			depth--
		case xml.Directive:
			return ErrDoctype
		}
		if err := fn(token); err != nil {
			return err
		}
	}
}

// paced refuses a text or a tag without end, which a decoder would collect in memory. It keeps the error, which a decoder
// hides behind its own.
type paced struct {
	r   io.Reader
	run int
	err error
}

func (p *paced) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	if last := bytes.LastIndexAny(b[:n], "<>"); last >= 0 {
		p.run = n - last
	} else {
		p.run += n
	}
	if p.run > maxRun {
		n, err = 0, ErrTooLarge
	}
	p.err = err
	return n, err
}
