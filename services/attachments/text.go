package attachments

import (
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"os/exec"
	"strings"
	"time"
	"unicode/utf8"

	"shangda/internal/ooxml"
	"shangda/services/letters"
	"shangda/tenancy"
)

// What is read of a subject's files for the search: of each so much, and together no more than.
const (
	maxFileText    = 40_000
	maxSubjectText = 60_000
	maxTextFiles   = 10
	maxReadFile    = 20 << 20 // a larger file is not read
	pdfPatience    = 8 * time.Second
)

// Text is what the subject's documents say, bounded: Word, plain text, and PDF where pdftotext is present. A file that
// cannot be read says nothing. Whether the caller may see the subject is the asker's to check.
func (s *Service) Text(ctx context.Context, q tenancy.Querier, subject tenancy.Subject) (string, error) {
	rows, err := ofSubject(ctx, q, subject)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	files := 0
	for _, r := range rows {
		read := readers[r.Type]
		if read == nil || r.Size > maxReadFile || files == maxTextFiles || b.Len() >= maxSubjectText {
			continue
		}
		files++
		content, err := s.read(ctx, key(q.Tenant(), r.File), letters.File{ID: r.File, Size: r.Size, Digest: r.Digest})
		if err != nil {
			return "", err
		}
		b.WriteString(r.Name + "\n" + first(read(ctx, content), maxFileText) + "\n")
	}
	return first(b.String(), maxSubjectText), nil
}

var readers = map[string]func(ctx context.Context, content []byte) string{
	ooxml.Word:        wordText,
	"text/plain":      func(_ context.Context, content []byte) string { return string(content) },
	"application/pdf": pdfText,
}

// first is at most so many bytes of a text, cut between characters, without what no database keeps.
func first(text string, most int) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", "")
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

func wordText(_ context.Context, content []byte) string {
	file, err := ooxml.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return ""
	}
	var b strings.Builder
	shown := false
	_ = file.Walk("word/document.xml", ooxml.MaxPart, func(token xml.Token) error { // what was read until a fault is text too
		switch token := token.(type) {
		case xml.StartElement:
			shown = token.Name.Local == "t"
		case xml.EndElement:
			shown = false
			if token.Name.Local == "p" {
				b.WriteByte('\n')
			}
		case xml.CharData:
			if shown {
				b.Write(token)
			}
		}
		if b.Len() > maxFileText {
			return io.EOF
		}
		return nil
	})
	return b.String()
}

// pdfText asks pdftotext, which reads from its input and writes to its output: no file, no name, no shell.
func pdfText(ctx context.Context, content []byte) string {
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, pdfPatience)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, "-q", "-enc", "UTF-8", "-l", "40", "-", "-")
	out := &bounded{most: 4 * maxFileText}
	cmd.Stdin, cmd.Stdout, cmd.Env = bytes.NewReader(content), out, []string{}
	if err := cmd.Run(); err != nil && len(out.kept) == 0 {
		return ""
	}
	return string(out.kept)
}

// bounded keeps the beginning of what is written and lets the rest go.
type bounded struct {
	kept []byte
	most int
}

func (b *bounded) Write(p []byte) (int, error) {
	if room := b.most - len(b.kept); room > 0 {
		b.kept = append(b.kept, p[:min(room, len(p))]...)
	}
	return len(p), nil
}
