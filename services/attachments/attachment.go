// Package attachments keeps the files that hang on a subject. A file is what its bytes say, not what its name says;
// the bytes lie in the tenant's own part of the file store under the file's id, and their digest is checked whenever
// they are read.
package attachments

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"image"
	_ "image/gif"  // the pictures that are accepted
	_ "image/jpeg" //
	_ "image/png"  //
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	_ "golang.org/x/image/webp"
	"golang.org/x/text/unicode/norm"

	"shangda/internal/errs"
	"shangda/services/documents"
)

// MaxSize is the largest file in bytes.
const MaxSize = 10 << 20

const (
	maxName   = 120
	maxPixels = 100_000_000
)

// Attachment is a file of the caller's tenant.
type Attachment struct {
	ID     uuid.UUID `json:"id"`
	Name   string    `json:"name"`
	Type   string    `json:"type" doc:"The media type found in the content"`
	Size   int64     `json:"size"`
	Digest Digest    `json:"digest" doc:"SHA-256 of the content, hexadecimal"`
}

// Digest is a SHA-256, shown in hexadecimal.
type Digest []byte

// MarshalText writes it in hexadecimal.
func (d Digest) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(d)), nil }

// UnmarshalText reads hexadecimal.
func (d *Digest) UnmarshalText(text []byte) error {
	b, err := hex.DecodeString(string(text))
	*d = b
	return err
}

var extensions = map[string][]string{
	"image/jpeg":      {".jpg", ".jpeg"},
	"image/png":       {".png"},
	"image/webp":      {".webp"},
	"image/gif":       {".gif"},
	"application/pdf": {".pdf"},
	docx:              {".docx"},
}

// examine decides what a file is and under which name it is kept. The faults: empty or misnamed or marked (Invalid),
// too large (TooLarge), none of the accepted kinds (Unsupported).
func examine(name string, content []byte) (cleaned, mediaType string, err error) {
	if len(content) == 0 {
		return "", "", errs.InvalidField("file", "文件是空的")
	}
	if len(content) > MaxSize {
		return "", "", tooLarge()
	}
	if mediaType, err = typeOf(content); err != nil {
		return "", "", err
	}
	cleaned = cleanName(name)
	ext := strings.ToLower(path.Ext(cleaned))
	agrees := false
	for _, e := range extensions[mediaType] {
		agrees = agrees || e == ext
	}
	if !agrees {
		return "", "", errs.InvalidField("file", "文件内容与扩展名不符")
	}
	if documents.MarkedName(cleaned) {
		return "", "", documents.PaperOnly("file")
	}
	return cleaned, mediaType, nil
}

func tooLarge() error {
	return errs.New(errs.TooLarge, "文件不能超过 %d MB", MaxSize>>20)
}

// typeOf finds the media type in the content.
func typeOf(content []byte) (string, error) {
	begins := func(s string) bool { return bytes.HasPrefix(content, []byte(s)) }
	switch {
	case begins("\xff\xd8\xff"), begins("\x89PNG\r\n\x1a\n"), begins("GIF87a"), begins("GIF89a"),
		begins("RIFF") && len(content) > 12 && string(content[8:12]) == "WEBP":
		return pictureType(content)
	case begins("%PDF-"):
		return "application/pdf", nil
	case begins("PK\x03\x04"):
		return docx, checkDocx(content)
	}
	return "", errs.New(errs.Unsupported, "只接受图片（JPEG、PNG、WebP、GIF）、PDF 和 Word（docx）文件")
}

// pictureType also reads the head of the picture: a broken one, or one that unpacks to a monster, is refused.
func pictureType(content []byte) (string, error) {
	head, format, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return "", errs.InvalidField("file", "图片已损坏，无法识别")
	}
	if head.Width <= 0 || head.Height <= 0 || head.Width > maxPixels/head.Height {
		return "", errs.InvalidField("file", "图片尺寸过大")
	}
	return "image/" + format, nil
}

// cleanName keeps the last part of a path without control and invisible characters, at most 120 characters with its extension.
func cleanName(name string) string {
	name = strings.ToValidUTF8(norm.NFC.String(name), "")
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' {
			return -1
		}
		return r
	}, name)
	name = strings.TrimRight(strings.TrimSpace(name), ". ")
	ext := path.Ext(name)
	stem := strings.Trim(strings.TrimSuffix(name, ext), ". ")
	if utf8.RuneCountInString(ext) > 10 {
		stem, ext = stem+ext, ""
	}
	if stem == "" {
		stem = "附件"
	}
	if runes, keep := []rune(stem), maxName-utf8.RuneCountInString(ext); len(runes) > keep {
		stem = string(runes[:keep])
	}
	return stem + ext
}

// key is where the bytes of a file lie.
func key(tenant int32, file uuid.UUID) string { return fmt.Sprintf("%d/%s", tenant, file) }
