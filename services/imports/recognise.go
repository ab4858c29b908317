package imports

import (
	"context"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/ooxml"
	"shangda/services/attachments"
	"shangda/services/documents"
	"shangda/tenancy"
)

// Beginning is a Word file as the beginning of a report: its text, and its pictures as the caller's attachments.
type Beginning struct {
	Recognised
	Attachments []attachments.Attachment `json:"attachments"`
}

// Recognise reads a Word file that the caller uploaded before. Nothing is made of it yet but the pictures, which are the caller's
// uploads; text with a secrecy marking is refused.
func (s *Service) Recognise(ctx context.Context, file uuid.UUID) (Beginning, error) {
	p, err := tenancy.Caller(ctx)
	if err != nil {
		return Beginning{}, err
	}
	if err := authz.Check(p, authz.ReportWrite, authz.Object{Read: authz.ReportWrite, Owner: p.Membership, Private: true}); err != nil {
		return Beginning{}, err
	}
	a, local, err := s.files.Local(ctx, file)
	if errs.Is(err, errs.NotFound) {
		err = errs.InvalidField("attachment", "文件不存在，请重新上传")
	}
	if err != nil {
		return Beginning{}, err
	}
	defer func() { _ = local.Close() }()
	size := a.Size
	if a.Type == "application/msword" {
		docx, err := converted(ctx, local)
		if err != nil {
			return Beginning{}, err
		}
		defer func() { _ = docx.Close() }()
		if size, err = docx.Seek(0, io.SeekEnd); err != nil {
			return Beginning{}, err
		}
		return s.beginning(ctx, file, docx, size)
	}
	return s.beginning(ctx, file, local, size)
}

func (s *Service) beginning(ctx context.Context, file uuid.UUID, content *os.File, size int64) (Beginning, error) {
	word, doc, err := readDocument(content, size)
	if err != nil {
		return Beginning{}, err
	}
	b := Beginning{Recognised: recognise(doc.Paragraphs), Attachments: []attachments.Attachment{}}
	if b.Title == "" && b.Problem == "" && b.Advice == "" {
		return Beginning{}, errs.InvalidField("attachment", "文件里没有文字")
	}
	for _, text := range []string{b.Title, b.Problem, b.Cause, b.Advice} {
		if documents.Marked(text) {
			return Beginning{}, documents.PaperOnly("attachment")
		}
	}
	if _, err := tenancy.Changed(file, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "document.recognised", Subject: tenancy.Subject{Kind: "attachment", ID: file}})
		return nil
	})); err != nil {
		return Beginning{}, err
	}
	for _, name := range doc.Pictures {
		picture, err := s.picture(ctx, file, word, name)
		switch errs.KindOf(err) {
		case errs.Invalid, errs.TooLarge, errs.Unsupported:
			b.Notes = append(b.Notes, "图片 "+filepath.Base(name)+" 没有取出："+reasonOf(err))
			continue
		}
		if err != nil {
			return Beginning{}, err
		}
		b.Attachments = append(b.Attachments, picture)
	}
	return b, nil
}

// picture makes one picture of the document the caller's upload.
func (s *Service) picture(ctx context.Context, file uuid.UUID, word *ooxml.File, name string) (attachments.Attachment, error) {
	part, err := word.Part(name, attachments.MaxDirect)
	if err != nil {
		return attachments.Attachment{}, errs.New(errs.Invalid, "文件已损坏")
	}
	defer func() { _ = part.Close() }()
	content, err := io.ReadAll(part)
	if err != nil {
		return attachments.Attachment{}, errs.New(errs.TooLarge, "图片过大或已损坏")
	}
	return s.files.UploadOnce(ctx, uuid.NewSHA1(file, []byte(name)), "文中图片"+strings.ToLower(path.Ext(name)), content)
}
