package mailbox

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // gb18030, gbk, big5 …
	"github.com/emersion/go-message/mail"
	"golang.org/x/net/html"

	"shangda/internal/errs"
)

// What of a mail is read.
const (
	maxMail  = 30 << 20
	maxFiles = 20
	maxParts = 100
	maxText  = 256 << 10
)

// mailFile is an attachment of a mail, on this machine until it is closed.
type mailFile struct {
	Name    string
	Content *os.File
	Size    int64
}

// parsed is a mail as it was read.
type parsed struct {
	ID      string // its Message-Id, or a digest where it has none
	From    string // the address, lower case
	Name    string
	Subject string
	Date    time.Time
	Text    string
	Files   []mailFile
	Notes   []string
}

func (p *parsed) close() {
	for _, f := range p.Files {
		_ = f.Content.Close()
	}
}

// parse reads a mail. What it cannot make out of the head is empty; a body that breaks off gives what came before.
func parse(raw io.Reader) (*parsed, error) {
	sum := sha256.New()
	reader, err := mail.CreateReader(&heads{r: io.TeeReader(io.LimitReader(raw, maxMail), sum), within: true})
	if err != nil && (reader == nil || !message.IsUnknownCharset(err)) {
		return nil, errs.New(errs.Invalid, "邮件格式不完整，无法读取")
	}
	p := &parsed{}
	p.head(reader.Header)
	var plain, page strings.Builder
	for range maxParts {
		part, err := reader.NextPart()
		if err != nil && !message.IsUnknownCharset(err) {
			break // the end, or broken off
		}
		if part == nil {
			break
		}
		if err := p.part(part, &plain, &page); err != nil {
			p.close()
			return nil, err
		}
	}
	p.Text = tidy(plain.String())
	if p.Text == "" {
		p.Text = tidy(textOf(page.String()))
	}
	if p.ID == "" {
		_, _ = io.Copy(io.Discard, io.TeeReader(io.LimitReader(raw, maxMail), sum))
		p.ID = fmt.Sprintf("sha256:%x", sum.Sum(nil))
	}
	return p, nil
}

func (p *parsed) head(h mail.Header) {
	if from, err := h.AddressList("From"); err == nil && len(from) == 1 {
		p.From, p.Name = strings.ToLower(strings.TrimSpace(from[0].Address)), clip(oneLine(from[0].Name), 60)
	}
	if subject, err := h.Subject(); err == nil || subject != "" {
		p.Subject = clip(oneLine(subject), 300)
	}
	p.Date, _ = h.Date()
	if id, err := h.MessageID(); err == nil {
		p.ID = clip(oneLine(id), 300)
	}
}

func (p *parsed) part(part *mail.Part, plain, page *strings.Builder) error {
	switch h := part.Header.(type) {
	case *mail.InlineHeader:
		kind, params, _ := h.ContentType()
		switch {
		case kind == "text/html":
			return copyText(page, part.Body)
		case kind == "" || strings.HasPrefix(kind, "text/"):
			return copyText(plain, part.Body)
		}
		return p.file(params["name"], kind, part.Body) // a picture within the text
	case *mail.AttachmentHeader:
		name, _ := h.Filename()
		kind, _, _ := h.ContentType()
		return p.file(name, kind, part.Body)
	}
	return nil
}

func copyText(into *strings.Builder, body io.Reader) error {
	_, _ = io.Copy(into, io.LimitReader(body, int64(max(0, maxText-into.Len())))) // what cannot be decoded ends the text
	return nil
}

var extensionOf = map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "application/pdf": ".pdf"}

func (p *parsed) file(name, kind string, body io.Reader) error {
	name = oneLine(name)
	if path.Ext(name) == "" {
		name += extensionOf[kind]
	}
	if len(p.Files) == maxFiles {
		p.Notes = append(p.Notes, fmt.Sprintf("附件超过 %d 个，其余没有保存", maxFiles))
		return nil
	}
	local, err := os.CreateTemp("", "shangda-mail-*")
	if err != nil {
		return err
	}
	_ = os.Remove(local.Name())
	size, err := io.Copy(local, body)
	if err != nil {
		_ = local.Close()
		p.Notes = append(p.Notes, fmt.Sprintf("附件“%s”不完整，没有保存", clip(name, 60)))
		return nil
	}
	p.Files = append(p.Files, mailFile{Name: name, Content: local, Size: size})
	return nil
}

// textOf is what a reader sees of a page.
func textOf(page string) string {
	var b strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(page))
	tokens.SetMaxBuf(maxText)
	for hidden := 0; ; {
		switch tokens.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if hidden == 0 {
				b.Write(tokens.Text())
			}
		case html.StartTagToken:
			name, _ := tokens.TagName()
			switch string(name) {
			case "script", "style", "head", "title":
				hidden++
			case "br", "p", "div", "tr", "li", "h1", "h2", "h3", "table":
				b.WriteByte('\n')
			}
		case html.EndTagToken:
			name, _ := tokens.TagName()
			switch string(name) {
			case "script", "style", "head", "title":
				hidden = max(0, hidden-1)
			case "p", "div", "tr", "li", "h1", "h2", "h3", "table":
				b.WriteByte('\n')
			}
		case html.SelfClosingTagToken:
			if name, _ := tokens.TagName(); string(name) == "br" {
				b.WriteByte('\n')
			}
		}
	}
}

var (
	emptyLines = regexp.MustCompile(`\n\s*\n+`)
	prefixes   = regexp.MustCompile(`^(?i:\s*(?:re|fw|fwd|回复|答复|转发)\s*[:：])+\s*`)
)

// tidy drops what nobody sees and leaves at most one empty line.
func tidy(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\r", "")
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\u00a0':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t　")
	}
	return strings.TrimSpace(emptyLines.ReplaceAllString(strings.Join(lines, "\n"), "\n\n"))
}

func oneLine(text string) string { return strings.Join(strings.Fields(tidy(text)), " ") }

// title is the subject without what mail programs put before it.
func (p *parsed) title() string {
	title := prefixes.ReplaceAllString(p.Subject, "")
	if title == "" {
		title, _, _ = strings.Cut(p.Text, "\n")
		title = clip(title, 30)
	}
	return clip(title, 100)
}

func clip(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}

// spool puts a mail on this machine until it is closed; errTooLarge where it is too large.
func spool(raw io.Reader) (*os.File, error) {
	local, err := os.CreateTemp("", "shangda-mail-*")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(local.Name())
	size, err := io.Copy(local, io.LimitReader(raw, maxMail+1))
	if err == nil && size > maxMail {
		err = errTooLarge
	}
	if err == nil {
		_, err = local.Seek(0, io.SeekStart)
	}
	if err != nil {
		_ = local.Close()
		return nil, err
	}
	return local, nil
}

var errTooLarge = errors.New("mailbox: too large")
