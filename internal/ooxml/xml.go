package ooxml

import (
	"encoding/xml"
	"errors"
	"io"
)

// What honest XML stays under.
const (
	maxToken = 512 << 10 // bytes of one tag, text or comment, which a decoder collects in memory
	maxDepth = 256
)

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
	tokens := NewTokens(r)
	for {
		token, err := tokens.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := fn(token); err != nil {
			return err
		}
	}
}

// Tokens reads XML within bounds.
type Tokens struct {
	source  *paced
	decoder *xml.Decoder
	depth   int
}

// NewTokens reads from r.
func NewTokens(r io.Reader) *Tokens {
	source := &paced{r: r}
	return &Tokens{source: source, decoder: xml.NewDecoder(source)}
}

// Offset is where the next token begins.
func (t *Tokens) Offset() int64 { return t.decoder.InputOffset() }

// Next is the next token, good until the one after; io.EOF after the last.
func (t *Tokens) Next() (xml.Token, error) {
	t.source.run = 0
	token, err := t.decoder.RawToken()
	switch {
	case errors.Is(t.source.err, ErrTooLarge):
		return nil, ErrTooLarge
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	case err != nil:
		return nil, ErrFormat
	}
	switch token.(type) {
	case xml.StartElement:
		if t.depth++; t.depth > maxDepth {
			return nil, ErrTooLarge
		}
	case xml.EndElement:
		t.depth--
	case xml.Directive:
		return nil, ErrDoctype
	}
	return token, nil
}

// paced refuses a token without end: it counts what is read for one. It keeps the error, which a decoder hides behind its own.
type paced struct {
	r   io.Reader
	run int
	err error
}

func (p *paced) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	if p.run += n; p.run > maxToken {
		n, err = 0, ErrTooLarge
	}
	p.err = err
	return n, err
}
