package attachments

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strings"

	"shangda/internal/errs"
	"shangda/services/documents"
)

const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// What an honest document stays under; an archive beyond that is a bomb.
const (
	maxEntries  = 2000
	maxUnpacked = 200 << 20
	maxTypes    = 1 << 20
	maxDocument = 32 << 20
)

var (
	paragraph = regexp.MustCompile(`</w:p>|<w:br\s*/>`)
	tag       = regexp.MustCompile(`<[^>]*>`)
)

// checkDocx refuses an archive that is not a Word document, is too much of one, carries macros, or whose text carries a
// secrecy marking. Sizes written in the archive are not believed: reading is bounded as well.
func checkDocx(content []byte) error {
	notWord := errs.New(errs.Unsupported, "不是有效的 Word（docx）文件")
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil || len(archive.File) > maxEntries {
		return notWord
	}
	var unpacked uint64
	entries := map[string]*zip.File{}
	for _, f := range archive.File {
		if unpacked += f.UncompressedSize64; unpacked > maxUnpacked {
			return errs.New(errs.TooLarge, "文件解压后过大")
		}
		if strings.HasSuffix(strings.ToLower(f.Name), "vbaproject.bin") {
			return errs.InvalidField("file", "不接受带宏的文件")
		}
		entries[f.Name] = f
	}
	types, ok := readEntry(entries["[Content_Types].xml"], maxTypes)
	if !ok || !bytes.Contains(types, []byte("wordprocessingml.document.main+xml")) {
		return notWord
	}
	document, ok := readEntry(entries["word/document.xml"], maxDocument)
	if !ok {
		return notWord
	}
	text := tag.ReplaceAll(paragraph.ReplaceAll(document, []byte("\n")), nil)
	if documents.Marked(string(text)) {
		return documents.PaperOnly("file")
	}
	return nil
}

func readEntry(f *zip.File, limit int64) ([]byte, bool) {
	if f == nil {
		return nil, false
	}
	r, err := f.Open()
	if err != nil {
		return nil, false
	}
	defer func() { _ = r.Close() }()
	content, err := io.ReadAll(io.LimitReader(r, limit+1))
	return content, err == nil && int64(len(content)) <= limit
}
