// Package attachments keeps the files that hang on a subject. A file is what its bytes say, not what its name says;
// the bytes lie in the tenant's own part of the file store under the file's id, and their digest is checked whenever
// they are read. A large file comes in parts and can go on after a break; no file is ever held in memory whole that is
// larger than one request.
package attachments

import (
	"encoding/hex"
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"
)

// The limits that no tenant's setting exceeds, in bytes: of a file, of a file sent in one request, and of one part.
const (
	MaxSize   = 200 << 20
	MaxDirect = 10 << 20
	MaxPart   = 4 << 20
)

const maxName = 120

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

// Where the bytes of a file lie, its thumbnail beside it, and the parts of one that is still coming.
func key(tenant int32, file uuid.UUID) string { return fmt.Sprintf("%d/%s", tenant, file) }

func thumbnailKey(tenant int32, file uuid.UUID) string { return key(tenant, file) + ".thumb" }

func partsKey(tenant int32, upload uuid.UUID) string {
	return fmt.Sprintf("%d/parts/%s/", tenant, upload)
}

func partKey(tenant int32, upload uuid.UUID, at int64) string {
	return fmt.Sprintf("%s%012d", partsKey(tenant, upload), at)
}
