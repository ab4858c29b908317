package attachments

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/attachments/filetype"
	"shangda/services/letters"
	"shangda/tenancy"
)

// Files lists a subject's attachments as a letter carries them.
func (s *Service) Files(ctx context.Context, q tenancy.Querier, subject tenancy.Subject) ([]letters.File, error) {
	rows, err := ofSubject(ctx, q, subject)
	out := make([]letters.File, 0, len(rows))
	for _, r := range rows {
		out = append(out, letters.File{ID: r.File, Name: r.Name, Type: r.Type, Size: r.Size, Digest: r.Digest})
	}
	return out, err
}

// Receive attaches files that came by letter to the subject; their bytes were copied before. Receiving them again
// changes nothing.
func (s *Service) Receive(ctx context.Context, tx *tenancy.Tx, files []letters.File, subject tenancy.Subject) error {
	for _, f := range files {
		r := row{File: f.ID, SubjectKind: subject.Kind, SubjectID: subject.ID}
		r.Attachment = Attachment{ID: uuid.NewSHA1(subject.ID, f.ID[:]), Name: cleanName(f.Name), Type: f.Type, Size: f.Size, Digest: f.Digest}
		if err := insertReceived(ctx, tx, r); err != nil {
			return err
		}
	}
	return nil
}

// Copy copies the bytes of a file from the sender's part of the file store to the recipient's (letters.Files), as a stream,
// and verifies them: what is not the file leaves nothing. It may be repeated; a file that stands there with other bytes is
// never overwritten.
func (s *Service) Copy(ctx context.Context, from, to tenancy.Tenant, f letters.File) error {
	there, err := s.bucket.Exists(ctx, key(to.ID, f.ID))
	if err != nil {
		return storeError(err)
	}
	if there {
		return s.verify(ctx, key(to.ID, f.ID), f)
	}
	if _, known := filetype.Of(f.Type); !known || f.Size > MaxSize {
		return errs.New(errs.Unsupported, "附件 %s 的格式不被接受", f.Name)
	}
	stream, err := s.bucket.NewReader(ctx, key(from.ID, f.ID), nil)
	if err != nil {
		return errors.Join(errors.New("attachments: at the sender"), storeError(err))
	}
	defer func() { _ = stream.Close() }()
	whole := newDigested(stream)
	return s.write(ctx, key(to.ID, f.ID), whole, func() error {
		if !whole.is(f) {
			return errors.Join(errors.New("attachments: at the sender"), changedError(key(from.ID, f.ID)))
		}
		return nil
	})
}

// digested counts and digests what is read through it.
type digested struct {
	r    io.Reader
	sum  hash.Hash
	size int64
}

func newDigested(r io.Reader) *digested { return &digested{r: r, sum: sha256.New()} }

func (d *digested) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	d.sum.Write(p[:n])
	d.size += int64(n)
	return n, err
}

// is tells whether what was read is the file, all of it and nothing else.
func (d *digested) is(f letters.File) bool {
	return d.size == f.Size && bytes.Equal(d.sum.Sum(nil), f.Digest)
}
