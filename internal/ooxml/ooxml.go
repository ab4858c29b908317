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
	all   []*zip.File
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
	f := &File{parts: make(map[string]*zip.File, len(archive.File)), all: archive.File}
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

// Entries are all that stands in the archive, in its order: what is not read can be copied from it as it is.
func (f *File) Entries() []*zip.File { return f.all }

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
