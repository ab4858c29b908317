package attachments

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"shangda/internal/errs"
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

// Copy copies the bytes of a file from the sender's part of the file store to the recipient's (letters.Files) and
// verifies them. It may be repeated; a file that stands there with other bytes is never overwritten.
func (s *Service) Copy(ctx context.Context, from, to tenancy.Tenant, f letters.File) error {
	there, err := s.bucket.Exists(ctx, key(to.ID, f.ID))
	if err != nil {
		return storeError(err)
	}
	if there {
		_, err := s.read(ctx, to.ID, f)
		return err
	}
	if _, known := extensions[f.Type]; !known || f.Size > MaxSize {
		return errs.New(errs.Unsupported, "附件 %s 的格式不被接受", f.Name)
	}
	content, err := s.read(ctx, from.ID, f)
	if err != nil {
		return errors.Join(errors.New("attachments: at the sender"), err)
	}
	if err := s.bucket.WriteAll(ctx, key(to.ID, f.ID), content, nil); err != nil {
		return storeError(err)
	}
	return nil
}
