package attachments

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"github.com/google/uuid"
	"gocloud.dev/gcerrors"

	"shangda/internal/errs"
	"shangda/internal/thumbnail"
	"shangda/services/letters"
	"shangda/tenancy"
)

// Large files are verified before they are given out, and again when the last time is this long ago.
const (
	verifyAgain  = 10 * time.Minute
	downloadTime = 15 * time.Minute
)

// Download gives the bytes of an attachment the caller may see; an Internal error where they are not what was stored.
func (s *Service) Download(ctx context.Context, id uuid.UUID) (Attachment, []byte, error) {
	a, r, err := s.Open(ctx, id, 0, -1)
	if err != nil {
		return Attachment{}, nil, err
	}
	defer func() { _ = r.Close() }()
	content, err := io.ReadAll(r)
	return a, content, err
}

// Open gives so many bytes of an attachment the caller may see from an offset on; all the rest where length is negative. The
// whole is verified first. The reader outlives the request it was asked for in.
func (s *Service) Open(ctx context.Context, id uuid.UUID, offset, length int64) (Attachment, io.ReadCloser, error) {
	r, err := s.visible(ctx, id)
	if err != nil {
		return Attachment{}, nil, err
	}
	if offset > r.Size || offset < 0 {
		return r.Attachment, nil, errs.New(errs.Invalid, "超出文件的范围")
	}
	at, f := key(tenancy.From(ctx).Tenant.ID, r.File), letters.File{ID: r.File, Size: r.Size, Digest: r.Digest}
	if r.Size <= MaxDirect {
		content, err := s.read(ctx, at, f)
		if err != nil {
			return Attachment{}, nil, err
		}
		content = content[offset:]
		if length >= 0 && length < int64(len(content)) {
			content = content[:length]
		}
		return r.Attachment, io.NopCloser(bytes.NewReader(content)), nil
	}
	if err := s.verify(ctx, at, f); err != nil {
		return Attachment{}, nil, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), downloadTime)
	stream, err := s.bucket.NewRangeReader(ctx, at, offset, length, nil)
	if err != nil {
		cancel()
		return Attachment{}, nil, storeError(err)
	}
	return r.Attachment, &closing{stream, cancel}, nil
}

type closing struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (c *closing) Close() error {
	defer c.cancel()
	return c.ReadCloser.Close()
}

// read gives the bytes of a file that is not large, verified.
func (s *Service) read(ctx context.Context, at string, f letters.File) ([]byte, error) {
	content, err := s.bucket.ReadAll(ctx, at)
	if err != nil {
		return nil, storeError(err)
	}
	if digest := sha256.Sum256(content); int64(len(content)) != f.Size || !bytes.Equal(digest[:], f.Digest) {
		return nil, changedError(at)
	}
	return content, nil
}

// verify reads a file through and compares its digest, unless that was done just now.
func (s *Service) verify(ctx context.Context, at string, f letters.File) error {
	known := at + " " + string(f.Digest)
	if when, ok := s.verified.Load(known); ok && time.Since(when.(time.Time)) < verifyAgain {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), downloadTime)
	defer cancel()
	stream, err := s.bucket.NewReader(ctx, at, nil)
	if err != nil {
		return storeError(err)
	}
	defer func() { _ = stream.Close() }()
	whole := newDigested(stream)
	if _, err := io.Copy(io.Discard, whole); err != nil {
		return storeError(err)
	}
	if !whole.is(f) {
		return changedError(at)
	}
	s.verified.Range(func(old, when any) bool {
		if time.Since(when.(time.Time)) > verifyAgain {
			s.verified.Delete(old)
		}
		return true
	})
	s.verified.Store(known, time.Now())
	return nil
}

// Thumbnail gives a small JPEG of a picture or film the caller may see; not found where there is none to be had. It is made
// when it is first wanted and then kept beside the file.
func (s *Service) Thumbnail(ctx context.Context, id uuid.UUID) ([]byte, error) {
	r, err := s.visible(ctx, id)
	if err != nil {
		return nil, err
	}
	kind, _, _ := strings.Cut(r.Type, "/")
	if kind != "image" && kind != "video" {
		return nil, errs.Missing()
	}
	tenant := tenancy.From(ctx).Tenant.ID
	small, err := s.bucket.ReadAll(ctx, thumbnailKey(tenant, r.File))
	switch {
	case err == nil && len(small) == 0: // tried before: there is none
		return nil, errs.Missing()
	case err == nil:
		return small, nil
	case gcerrors.Code(err) != gcerrors.NotFound:
		return nil, storeError(err)
	}
	small, err = s.makeThumbnail(ctx, tenant, r)
	if errors.Is(err, thumbnail.ErrNone) {
		if kind == "video" && !thumbnail.HasFilm() {
			return nil, errs.Missing() // a machine that has it may come
		}
		small, err = []byte{}, nil
	}
	if err != nil {
		return nil, err
	}
	if err := s.bucket.WriteAll(ctx, thumbnailKey(tenant, r.File), small, nil); err != nil {
		return nil, storeError(err)
	}
	if len(small) == 0 {
		return nil, errs.Missing()
	}
	return small, nil
}

func (s *Service) makeThumbnail(ctx context.Context, tenant int32, r row) ([]byte, error) {
	if strings.HasPrefix(r.Type, "video/") && !thumbnail.HasFilm() {
		return nil, thumbnail.ErrNone
	}
	local, err := s.local(ctx, tenant, r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = local.Close() }()
	if strings.HasPrefix(r.Type, "image/") {
		return thumbnail.Picture(ctx, local)
	}
	format := map[string]string{"video/mp4": "mov", "video/quicktime": "mov", "video/webm": "webm"}[r.Type]
	return thumbnail.Film(ctx, local, format)
}

// Local is an attachment the caller may see as a file on this machine, verified, which is gone when it is closed.
func (s *Service) Local(ctx context.Context, id uuid.UUID) (Attachment, *os.File, error) {
	r, err := s.visible(ctx, id)
	if err != nil {
		return Attachment{}, nil, err
	}
	local, err := s.local(ctx, tenancy.From(ctx).Tenant.ID, r)
	return r.Attachment, local, err
}

func (s *Service) local(ctx context.Context, tenant int32, r row) (*os.File, error) {
	stream, err := s.bucket.NewReader(ctx, key(tenant, r.File), nil)
	if err != nil {
		return nil, storeError(err)
	}
	defer func() { _ = stream.Close() }()
	local, err := temporary()
	if err != nil {
		return nil, err
	}
	whole := newDigested(stream)
	if _, err = io.Copy(local, whole); err != nil {
		err = storeError(err)
	} else if !whole.is(letters.File{Size: r.Size, Digest: r.Digest}) {
		err = changedError(key(tenant, r.File))
	} else {
		_, err = local.Seek(0, io.SeekStart)
	}
	if err != nil {
		_ = local.Close()
		return nil, err
	}
	return local, nil
}

// temporary is a file that is gone when it is closed, also when the program is killed before.
func temporary() (*os.File, error) {
	f, err := os.CreateTemp("", "shangda-file-*")
	if err != nil {
		return nil, storeError(err)
	}
	_ = os.Remove(f.Name())
	return f, nil
}
