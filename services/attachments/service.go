package attachments

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/google/uuid"
	"gocloud.dev/blob"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/attachments/filetype"
	"shangda/tenancy"
)

// MayRead says whether the caller may see a subject: nil, or the error to answer with.
type MayRead func(ctx context.Context, q tenancy.Querier, id uuid.UUID) error

// MayWrite says whether the caller may put files on a subject; in the transaction that does so.
type MayWrite func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error

// Service keeps attachments. Subjects answers for each kind of subject that files hang on; Writers for those whose files are
// put there by this package's own route, because their noun has none for it. Both are wired by cmd.
type Service struct {
	Subjects map[string]MayRead
	Writers  map[string]MayWrite

	db       *tenancy.DB
	bucket   *blob.Bucket
	verified sync.Map // of large files: key and digest to when they were found to agree
}

// New keeps the bytes in the bucket and what is known of them in the database.
func New(db *tenancy.DB, bucket *blob.Bucket) *Service {
	return &Service{db: db, bucket: bucket, Subjects: map[string]MayRead{}, Writers: map[string]MayWrite{}}
}

// Upload stores a file of the caller's, at first without a subject, and returns its id. Refused before anything is
// stored: what Put refuses. The bytes are written before the transaction and removed when it left no row.
func (s *Service) Upload(ctx context.Context, name string, content []byte) (uuid.UUID, error) {
	a, err := s.Put(ctx, name, io.NewSectionReader(bytes.NewReader(content), 0, int64(len(content))))
	if err != nil {
		return uuid.Nil, err
	}
	err = s.db.InTx(ctx, func(tx *tenancy.Tx) error { return s.own(ctx, tx, a) })
	if err != nil {
		s.Discard(ctx, a)
		return uuid.Nil, err
	}
	return a.ID, nil
}

// UploadOnce keeps a file taken out of another under an id that follows from where it stood: done again, it is the same one.
func (s *Service) UploadOnce(ctx context.Context, id uuid.UUID, name string, content []byte) (Attachment, error) {
	if a, err := s.Get(ctx, id); !errs.Is(err, errs.NotFound) {
		return a, err
	}
	a, err := s.put(ctx, id, name, io.NewSectionReader(bytes.NewReader(content), 0, int64(len(content))))
	if err != nil {
		return Attachment{}, err
	}
	if err := s.db.InTx(tenancy.WithoutIdempotencyKey(ctx), func(tx *tenancy.Tx) error { return s.own(ctx, tx, a) }); err != nil {
		return Attachment{}, err
	}
	return s.Get(ctx, id)
}

// own makes a stored file the caller's upload.
func (s *Service) own(ctx context.Context, tx *tenancy.Tx, a Attachment) error {
	if err := mayUpload(tx.Principal()); err != nil {
		return err
	}
	tx.Record(tenancy.Event{Kind: "attachment.uploaded", Subject: tenancy.Subject{Kind: "attachment", ID: a.ID}})
	return insertUpload(ctx, tx, a)
}

func mayUpload(p *tenancy.Principal) error {
	return authz.Check(p, authz.ReportWrite, authz.Object{Read: authz.ReportWrite, Owner: p.Membership, Private: true})
}

// Put examines a file and stores its bytes for the caller's tenant; nobody sees it before Attach gives it a row, and Discard
// removes it where that never happened. Refused: what is none of the accepted kinds, or larger than the tenant allows.
func (s *Service) Put(ctx context.Context, name string, content *io.SectionReader) (Attachment, error) {
	return s.put(ctx, tenancy.NewID(), name, content)
}

func (s *Service) put(ctx context.Context, id uuid.UUID, name string, content *io.SectionReader) (Attachment, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Attachment{}, err
	}
	a := Attachment{ID: id, Name: cleanName(name), Size: content.Size()}
	limits, err := Rules.Get(ctx, q)
	if err == nil && a.Size > limits.largest() {
		err = errs.New(errs.TooLarge, "文件不能超过 %d MB", limits.largest()>>20)
	}
	if err != nil {
		return Attachment{}, err
	}
	t, err := filetype.Examine(a.Name, content)
	if err == nil {
		err = limits.allow(t, a.Size)
	}
	if err != nil {
		return Attachment{}, err
	}
	a.Type = t.Media
	sum := sha256.New()
	whole := io.TeeReader(io.NewSectionReader(content, 0, a.Size), sum)
	if err := s.write(ctx, key(q.Tenant(), a.ID), whole, func() error { return nil }); err != nil {
		return Attachment{}, err
	}
	a.Digest = sum.Sum(nil)
	return a, nil
}

// write streams into the store. Where the reader or the check at the end fails, nothing stands there.
func (s *Service) write(ctx context.Context, at string, from io.Reader, check func() error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	w, err := s.bucket.NewWriter(ctx, at, &blob.WriterOptions{ContentType: "application/octet-stream", BufferSize: MaxPart + 1<<20, MaxConcurrency: 1})
	if err != nil {
		return storeError(err)
	}
	_, err = io.Copy(w, from)
	if err == nil {
		err = check()
	}
	if err != nil {
		cancel() // a writer that is closed after this leaves nothing
		_ = w.Close()
		return err
	}
	if err := w.Close(); err != nil {
		return storeError(err)
	}
	return nil
}

// Attach gives stored files their rows, on the subject. The caller records what happened.
func (s *Service) Attach(ctx context.Context, tx *tenancy.Tx, subject tenancy.Subject, files ...Attachment) error {
	for _, a := range files {
		r := row{Attachment: a, File: a.ID, SubjectKind: subject.Kind, SubjectID: subject.ID}
		if err := insertReceived(ctx, tx, r); err != nil {
			return err
		}
	}
	return nil
}

// Discard removes the bytes of files whose transaction failed. A commit whose answer was lost may have succeeded, so the row
// decides; where it cannot be asked the bytes stay.
func (s *Service) Discard(ctx context.Context, files ...Attachment) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	q, err := s.db.Read(ctx)
	if err != nil {
		return
	}
	for _, a := range files {
		if _, err := load(ctx, q, a.ID); errs.Is(err, errs.NotFound) {
			_ = s.bucket.Delete(ctx, key(q.Tenant(), a.ID))
		}
	}
}

// Get finds an attachment the caller may see: his own upload without a subject, or one whose subject he may read.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Attachment, error) {
	r, err := s.visible(ctx, id)
	return r.Attachment, err
}

func (s *Service) visible(ctx context.Context, id uuid.UUID) (row, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return row{}, err
	}
	r, err := load(ctx, q, id)
	if err != nil {
		return row{}, err
	}
	if r.SubjectKind == "" {
		own := authz.Object{Read: authz.ReportWrite, Owner: r.Uploader, Private: true}
		return r, authz.Check(q.Principal(), authz.ReportWrite, own)
	}
	return r, s.mayRead(ctx, q, tenancy.Subject{Kind: r.SubjectKind, ID: r.SubjectID})
}

func (s *Service) mayRead(ctx context.Context, q tenancy.Querier, subject tenancy.Subject) error {
	mayRead, ok := s.Subjects[subject.Kind]
	if !ok {
		return errs.Missing()
	}
	return mayRead(ctx, q, subject.ID)
}

// Claim makes the caller's own uploads, none of which has a subject yet (or this one already), the subject's.
// Invalid where one of them is anything else: a stranger's file and a missing one give the same answer.
func (s *Service) Claim(ctx context.Context, tx *tenancy.Tx, ids []uuid.UUID, subject tenancy.Subject) error {
	if len(ids) == 0 {
		return nil
	}
	distinct := map[uuid.UUID]bool{}
	for _, id := range ids {
		distinct[id] = true
	}
	limits, err := Rules.Get(ctx, tx)
	if err == nil && len(distinct) > limits.Count {
		err = errs.InvalidField("attachments", "附件最多 %d 个", limits.Count)
	}
	if err != nil {
		return err
	}
	n, err := claim(ctx, tx, ids, subject)
	if err == nil && int(n) != len(distinct) {
		err = errs.InvalidField("attachments", "附件不存在，请重新上传")
	}
	return err
}

// Settle makes exactly these files the subject's: what Claim does, and of the caller's own uploads there the others are let
// go. Files that somebody else put there, or that came by letter, stay.
func (s *Service) Settle(ctx context.Context, tx *tenancy.Tx, ids []uuid.UUID, subject tenancy.Subject) error {
	if err := s.Claim(ctx, tx, ids, subject); err != nil {
		return err
	}
	return release(ctx, tx, ids, subject)
}

// Hang is Settle for a subject whose noun has no route of its own for it (Writers).
func (s *Service) Hang(ctx context.Context, subject tenancy.Subject, ids []uuid.UUID) error {
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		mayWrite, ok := s.Writers[subject.Kind]
		if !ok {
			return errs.Missing()
		}
		if err := mayWrite(ctx, tx, subject.ID); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "attachments.settled", Subject: subject})
		return s.Settle(ctx, tx, ids, subject)
	})
}

// List shows the attachments of a subject to who may read it.
func (s *Service) List(ctx context.Context, subject tenancy.Subject) ([]Attachment, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.mayRead(ctx, q, subject); err != nil {
		return nil, err
	}
	return s.Of(ctx, q, subject)
}

// Of lists the attachments of a subject in the order they came. Whether the caller may see the subject is the asker's to check.
func (s *Service) Of(ctx context.Context, q tenancy.Querier, subject tenancy.Subject) ([]Attachment, error) {
	rows, err := ofSubject(ctx, q, subject)
	out := make([]Attachment, 0, len(rows))
	for _, r := range rows {
		out = append(out, r.Attachment)
	}
	return out, err
}

func storeError(err error) error {
	return &errs.Error{Kind: errs.Unavailable, Message: "文件暂时无法存取，请稍后重试", Err: err}
}

func changedError(at string) error {
	return &errs.Error{Kind: errs.Internal, Message: "文件校验不一致，已停止读取，请联系系统管理员",
		Err: fmt.Errorf("attachments: blob %s does not match its digest", at)}
}
