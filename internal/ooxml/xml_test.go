package ooxml

import (
	"encoding/xml"
	"errors"
	"strings"
	"testing"

	"shangda/internal/testheap"
)

func TestXMLWithoutEndIsNotCollected(t *testing.T) {
	const n = 15 << 20
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"honest":             {"<a>" + strings.Repeat("<b>字</b>", 100_000) + "</a>", nil},
		"a long text":        {"<a>" + strings.Repeat("字", maxToken/4) + "</a>", nil},
		"a text":             {"<a>" + strings.Repeat("字", n/3), ErrTooLarge},
		"a tag":              {"<a " + strings.Repeat("b='c' ", n/6), ErrTooLarge},
		"a comment":          {"<!--" + strings.Repeat("<>", n/2), ErrTooLarge},
		"an instruction":     {"<?a " + strings.Repeat(">", n), ErrTooLarge},
		"a character block":  {"<a><![CDATA[" + strings.Repeat("<>", n/2), ErrTooLarge},
		"a declaration":      {"<!DOCTYPE a [" + strings.Repeat("<!ENTITY b 'c'>", n/15), ErrTooLarge},
		"a small one":        {"<!DOCTYPE a><a/>", ErrDoctype},
		"a depth":            {strings.Repeat("<a>", n/3), ErrTooLarge},
		"what is not closed": {"<a", ErrFormat},
	} {
		var err error
		grown := testheap.Grown(func() { err = Walk(strings.NewReader(c.text), func(xml.Token) error { return nil }) })
		if !errors.Is(err, c.want) || grown > 32<<20 {
			t.Errorf("%s: %v, want %v; the heap grows by %d MiB", name, err, c.want, grown>>20)
		}
	}
}
