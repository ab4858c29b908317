package attachments

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"time"

	"github.com/google/uuid"
	"gocloud.dev/blob"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// How much may be on its way for one person at a time, how long a part may wait for the next one, and how long it may take to
// put the parts together.
const (
	maxOpen      = 40
	maxOpenBytes = 2 << 30
	abandoned    = 3 * 24 * time.Hour
	finishTime   = 3 * time.Minute
)

// NewUpload announces a file that comes in parts. Fingerprint is the sender's own mark of the file: beginning again with the
// same one goes on where the first try stopped, also on another day or in another window.
type NewUpload struct {
	Name        string `json:"name" maxLength:"400"`
	Size        int64  `json:"size" minimum:"1"`
	Fingerprint string `json:"fingerprint,omitempty" maxLength:"100"`
}

// Upload is a file on its way. Received is how many bytes are there without a gap: the next part begins there.
type Upload struct {
	ID       uuid.UUID `json:"id"`
	Name     string    `json:"name"`
	Size     int64     `json:"size"`
	Received int64     `json:"received"`
	MaxPart  int       `json:"max_part"`
}

// Begin announces a file and returns the upload's id: that of the one begun before with this fingerprint, if any. The parts
// lie in the file store, so neither a restart of the program nor another replica loses what has arrived.
func (s *Service) Begin(ctx context.Context, n NewUpload) (uuid.UUID, error) {
	n.Name = cleanName(n.Name)
	id := tenancy.NewID()
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := mayUpload(tx.Principal()); err != nil {
			return err
		}
		limits, err := Rules.Get(ctx, tx)
		if err != nil {
			return err
		}
		if n.Size > limits.largest() {
			return errs.New(errs.TooLarge, "文件不能超过 %d MB", limits.largest()>>20)
		}
		if n.Size < 1 {
			return errs.InvalidField("file", "文件是空的")
		}
		known, err := findOpen(ctx, tx, n)
		if err != nil {
			return err
		}
		if known != uuid.Nil {
			id = known
			tx.Record(uploadEvent("upload.resumed", id))
			return nil
		}
		open, err := countOpen(ctx, tx)
		if err != nil {
			return err
		}
		if open.Files >= maxOpen || open.Bytes+n.Size > maxOpenBytes {
			return errs.New(errs.Limited, "未传完的文件太多，请先传完或取消之前的上传")
		}
		tx.Record(uploadEvent("upload.begun", id))
		return insertOpen(ctx, tx, id, n)
	})
	return id, err
}

func uploadEvent(kind string, id uuid.UUID) tenancy.Event {
	return tenancy.Event{Kind: kind, Subject: tenancy.Subject{Kind: "upload", ID: id}}
}

// Progress tells how far an upload of the caller's is.
func (s *Service) Progress(ctx context.Context, id uuid.UUID) (Upload, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Upload{}, err
	}
	if err := mayUpload(q.Principal()); err != nil {
		return Upload{}, err
	}
	u, err := findUpload(ctx, q, id)
	if err != nil {
		return Upload{}, err
	}
	u.Received, err = s.received(ctx, q.Tenant(), id, nil)
	return u, err
}

// PutPart stores the part that begins at the offset. digest, where given, is its SHA-256. A part sent again changes nothing; one
// that leaves a gap is a Conflict.
func (s *Service) PutPart(ctx context.Context, id uuid.UUID, at int64, content, digest []byte) (Upload, error) {
	var u Upload
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) (err error) { // reads the rights as they are now
		if err := mayUpload(tx.Principal()); err != nil {
			return err
		}
		u, err = findUpload(ctx, tx, id)
		return err
	})
	if err != nil {
		return Upload{}, err
	}
	sum := sha256.Sum256(content)
	switch {
	case len(content) == 0 || len(content) > MaxPart:
		return u, errs.New(errs.TooLarge, "每次最多传 %d MB", MaxPart>>20)
	case at < 0 || at+int64(len(content)) > u.Size:
		return u, errs.New(errs.Invalid, "超出文件的范围")
	case len(digest) > 0 && !bytes.Equal(digest, sum[:]):
		return u, errs.New(errs.Conflict, "这一部分在传输中出错，请重传")
	}
	tenant := tenancy.From(ctx).Tenant.ID
	if u.Received, err = s.received(ctx, tenant, id, nil); err != nil {
		return u, err
	}
	switch {
	case at+int64(len(content)) <= u.Received: // sent again after an answer was lost
		return u, nil
	case at != u.Received:
		return u, errs.New(errs.Conflict, "请从第 %d 字节继续", u.Received)
	}
	if err := s.bucket.WriteAll(ctx, partKey(tenant, id, at), content, nil); err != nil {
		return u, storeError(err)
	}
	u.Received += int64(len(content))
	return u, nil
}

// received adds up the parts that are there without a gap, and tells each to fn.
func (s *Service) received(ctx context.Context, tenant int32, id uuid.UUID, fn func(part string) error) (int64, error) {
	at, list := int64(0), s.bucket.List(&blob.ListOptions{Prefix: partsKey(tenant, id)})
	for {
		object, err := list.Next(ctx)
		if errors.Is(err, io.EOF) {
			return at, nil
		}
		if err != nil {
			return at, storeError(err)
		}
		if object.Key != partKey(tenant, id, at) {
			continue // from a try of another part length
		}
		if fn != nil {
			if err := fn(object.Key); err != nil {
				return at, err
			}
		}
		at += object.Size
	}
}

// Finish puts the parts together, examines the whole as Upload does, and makes it an attachment of the caller's with the
// upload's id. digest, where given, is the SHA-256 of the whole. Finished before: nothing changes. What is refused is
// forgotten, parts and all.
func (s *Service) Finish(ctx context.Context, id uuid.UUID, digest []byte) (uuid.UUID, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTime)
	defer cancel()
	if a, err := s.Get(ctx, id); err == nil {
		return a.ID, nil
	}
	u, err := s.Progress(ctx, id)
	if err != nil {
		return uuid.Nil, err
	}
	if u.Received != u.Size {
		return uuid.Nil, errs.New(errs.Conflict, "请从第 %d 字节继续", u.Received)
	}
	tenant := tenancy.From(ctx).Tenant.ID
	whole, err := s.assemble(ctx, tenant, u, digest)
	if err != nil {
		return uuid.Nil, s.refused(ctx, id, err)
	}
	defer func() { _ = whole.Close() }()
	a, err := s.put(ctx, id, u.Name, io.NewSectionReader(whole, 0, u.Size))
	if err != nil {
		return uuid.Nil, s.refused(ctx, id, err)
	}
	err = s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := deleteUpload(ctx, tx, id); err != nil {
			return err
		}
		return s.own(ctx, tx, a)
	})
	if err == nil {
		s.removeParts(ctx, tenant, id)
	}
	return id, err
}

// assemble is all parts in one local file.
func (s *Service) assemble(ctx context.Context, tenant int32, u Upload, digest []byte) (*os.File, error) {
	whole, err := temporary()
	if err != nil {
		return nil, err
	}
	sum := sha256.New()
	_, err = s.received(ctx, tenant, u.ID, func(part string) error {
		stream, err := s.bucket.NewReader(ctx, part, nil)
		if err != nil {
			return storeError(err)
		}
		defer func() { _ = stream.Close() }()
		if _, err := io.Copy(io.MultiWriter(whole, sum), stream); err != nil {
			return storeError(err)
		}
		return nil
	})
	if err == nil && len(digest) > 0 && !bytes.Equal(digest, sum.Sum(nil)) {
		err = errs.New(errs.Invalid, "文件在传输中出错，请重新上传")
	}
	if err != nil {
		_ = whole.Close()
		return nil, err
	}
	return whole, nil
}

// refused forgets an upload whose content was refused; after a passing fault it stays.
func (s *Service) refused(ctx context.Context, id uuid.UUID, why error) error {
	switch errs.KindOf(why) {
	case errs.Invalid, errs.TooLarge, errs.Unsupported:
		return errors.Join(why, s.Cancel(ctx, id))
	}
	return why
}

// Cancel forgets an upload of the caller's and what has arrived of it.
func (s *Service) Cancel(ctx context.Context, id uuid.UUID) error {
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := mayUpload(tx.Principal()); err != nil {
			return err
		}
		if _, err := findUpload(ctx, tx, id); err != nil {
			return err
		}
		tx.Record(uploadEvent("upload.cancelled", id))
		return deleteUpload(ctx, tx, id)
	})
	if err == nil {
		s.removeParts(ctx, tenancy.From(ctx).Tenant.ID, id)
	}
	return err
}

// removeParts is best effort: what stays is found by Tidy's next round.
func (s *Service) removeParts(ctx context.Context, tenant int32, id uuid.UUID) {
	list := s.bucket.List(&blob.ListOptions{Prefix: partsKey(tenant, id)})
	for {
		object, err := list.Next(ctx)
		if err != nil {
			return
		}
		_ = s.bucket.Delete(ctx, object.Key)
	}
}

// Tidy forgets the uploads of the caller's tenant that nobody has finished in three days, with their parts (upkeep).
func (s *Service) Tidy(ctx context.Context) error {
	q, err := s.db.Read(ctx)
	if err != nil {
		return err
	}
	old, err := olderThan(ctx, q, q.Now().Add(-abandoned))
	if err != nil || len(old) == 0 {
		return err
	}
	err = s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		for _, id := range old {
			tx.Record(uploadEvent("upload.abandoned", id))
			if err := deleteUpload(ctx, tx, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range old {
		s.removeParts(ctx, q.Tenant(), id)
		s.Discard(ctx, Attachment{ID: id}) // put together, but never made an attachment
	}
	return nil
}
