// Package filetype says what a file is by its bytes, never by its name, and refuses what must not be kept: the broken, the
// monstrous, the disguised, what carries macros or a secrecy marking. It reads within bounds, whatever the file claims.
package filetype

import (
	"bytes"
	"errors"
	"image"
	_ "image/gif"  // the pictures that are accepted
	_ "image/jpeg" //
	_ "image/png"  //
	"io"
	"path"
	"slices"
	"strings"

	_ "golang.org/x/image/webp"

	"shangda/internal/errs"
	"shangda/internal/ooxml"
	"shangda/services/documents"
)

// Class is what sizes are limited by.
type Class string

// The classes of files.
const (
	Picture  Class = "picture"
	Video    Class = "video"
	Document Class = "document"
)

// Type is a kind of file that is accepted.
type Type struct {
	Media      string
	Class      Class
	Extensions []string
}

var types = []Type{
	{"image/jpeg", Picture, []string{".jpg", ".jpeg"}},
	{"image/png", Picture, []string{".png"}},
	{"image/webp", Picture, []string{".webp"}},
	{"image/gif", Picture, []string{".gif"}},
	{"video/mp4", Video, []string{".mp4", ".m4v"}},
	{"video/quicktime", Video, []string{".mov"}},
	{"video/webm", Video, []string{".webm"}},
	{"application/pdf", Document, []string{".pdf"}},
	{ooxml.Word, Document, []string{".docx"}},
	{ooxml.Spreadsheet, Document, []string{".xlsx"}},
	{ooxml.Presentation, Document, []string{".pptx"}},
	{"application/msword", Document, []string{".doc", ".wps"}},
	{"text/plain", Document, []string{".txt"}},
}

// Accepted says in one sentence what is taken.
const Accepted = "只接受图片（JPEG、PNG、WebP、GIF）、视频（MP4、MOV、WebM）和文档（Word、Excel、PowerPoint、PDF、WPS 文字、TXT）"

const maxPixels = 100_000_000

// Of finds an accepted type by its media type.
func Of(media string) (Type, bool) {
	i := slices.IndexFunc(types, func(t Type) bool { return t.Media == media })
	if i < 0 {
		return Type{}, false
	}
	return types[i], true
}

// Examine finds the type in the content and compares the name's extension with it. The faults: empty, broken, disguised or
// marked (Invalid), unpacking to too much (TooLarge), none of the accepted kinds (Unsupported).
func Examine(name string, content *io.SectionReader) (Type, error) {
	if content.Size() == 0 {
		return Type{}, errs.InvalidField("file", "文件是空的")
	}
	media, err := mediaType(content, strings.ToLower(path.Ext(name)))
	if err != nil {
		return Type{}, err
	}
	t, ok := Of(media)
	if !ok {
		return Type{}, unsupported()
	}
	if !slices.Contains(t.Extensions, strings.ToLower(path.Ext(name))) {
		return Type{}, errs.InvalidField("file", "文件内容与扩展名不符")
	}
	if documents.MarkedName(name) {
		return Type{}, documents.PaperOnly("file")
	}
	return t, nil
}

func unsupported() error { return errs.New(errs.Unsupported, "%s文件", Accepted) }

func mediaType(content *io.SectionReader, extension string) (string, error) {
	head := make([]byte, min(content.Size(), 512))
	if _, err := content.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	begins := func(s string) bool { return bytes.HasPrefix(head, []byte(s)) }
	switch {
	case begins("\xff\xd8\xff"), begins("\x89PNG\r\n\x1a\n"), begins("GIF87a"), begins("GIF89a"),
		begins("RIFF") && len(head) > 12 && string(head[8:12]) == "WEBP":
		return pictureType(content)
	case begins("%PDF-"):
		return "application/pdf", nil
	case begins("PK\x03\x04"):
		return officeType(content)
	case begins("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
		return compoundType(content)
	case begins("\x1a\x45\xdf\xa3"):
		return webmType(head)
	case len(head) > 12 && slices.Contains(boxes, string(head[4:8])):
		return movieType(content, head)
	case extension == ".txt":
		return textType(content)
	}
	return "", unsupported()
}

// pictureType also reads the head of the picture: a broken one, or one that unpacks to a monster, is refused.
func pictureType(content *io.SectionReader) (string, error) {
	head, format, err := image.DecodeConfig(io.NewSectionReader(content, 0, content.Size()))
	if err != nil {
		return "", errs.InvalidField("file", "图片已损坏，无法识别")
	}
	if head.Width <= 0 || head.Height <= 0 || head.Width > maxPixels/head.Height {
		return "", errs.InvalidField("file", "图片尺寸过大")
	}
	return "image/" + format, nil
}
