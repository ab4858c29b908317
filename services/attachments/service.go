package attachments

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/google/uuid"
	"gocloud.dev/blob"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/letters"
	"shangda/tenancy"
)

// MaxClaim is how many files one subject may be given at once.
const MaxClaim = 20

// MayRead says whether the caller may see a subject: nil, or the error to answer with.
type MayRead func(ctx context.Context, q tenancy.Querier, id uuid.UUID) error

// Service keeps attachments. Subjects answers for each kind of subject that files hang on; wired by cmd.
type Service struct {
	db       *tenancy.DB
	bucket   *blob.Bucket
	Subjects map[string]MayRead
}

// New keeps the bytes in the bucket and what is known of them in the database.
func New(db *tenancy.DB, bucket *blob.Bucket) *Service {
	return &Service{db: db, bucket: bucket, Subjects: map[string]MayRead{}}
}

// Upload stores a file of the caller's, at first without a subject, and returns its id. Refused before anything is
// stored: what examine refuses. The bytes are written before the transaction and removed when it left no row.
func (s *Service) Upload(ctx context.Context, name string, content []byte) (uuid.UUID, error) {
	p, err := tenancy.Caller(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	cleaned, mediaType, err := examine(name, content)
	if err != nil {
		return uuid.Nil, err
	}
	digest := sha256.Sum256(content)
	a := Attachment{ID: tenancy.NewID(), Name: cleaned, Type: mediaType, Size: int64(len(content)), Digest: digest[:]}
	if err := s.bucket.WriteAll(ctx, key(p.Tenant.ID, a.ID), content, nil); err != nil {
		return uuid.Nil, storeError(err)
	}
	err = s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		caller := tx.Principal()
		if err := authz.Check(caller, authz.ReportWrite, authz.Object{Read: authz.ReportWrite, Owner: caller.Membership, Private: true}); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "attachment.uploaded", Subject: tenancy.Subject{Kind: "attachment", ID: a.ID}})
		return insertUpload(ctx, tx, a)
	})
	if err != nil {
		s.removeUnlessKept(context.WithoutCancel(ctx), p.Tenant.ID, a.ID)
		return uuid.Nil, err
	}
	return a.ID, nil
}

// removeUnlessKept removes the bytes of an upload that failed. A commit whose answer was lost may have succeeded, so
// the row decides; where it cannot be asked the bytes stay.
func (s *Service) removeUnlessKept(ctx context.Context, tenant int32, id uuid.UUID) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return
	}
	if _, err := load(ctx, q, id); errs.Is(err, errs.NotFound) {
		_ = s.bucket.Delete(ctx, key(tenant, id))
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
	mayRead, ok := s.Subjects[r.SubjectKind]
	if !ok {
		return row{}, errs.Missing()
	}
	return r, mayRead(ctx, q, r.SubjectID)
}

// Download gives the bytes of an attachment the caller may see; an Internal error where they are not what was stored.
func (s *Service) Download(ctx context.Context, id uuid.UUID) (Attachment, []byte, error) {
	r, err := s.visible(ctx, id)
	if err != nil {
		return Attachment{}, nil, err
	}
	content, err := s.read(ctx, tenancy.From(ctx).Tenant.ID, letters.File{ID: r.File, Size: r.Size, Digest: r.Digest})
	return r.Attachment, content, err
}

// read gives the bytes of a tenant's file and verifies them.
func (s *Service) read(ctx context.Context, tenant int32, f letters.File) ([]byte, error) {
	content, err := s.bucket.ReadAll(ctx, key(tenant, f.ID))
	if err != nil {
		return nil, storeError(err)
	}
	if digest := sha256.Sum256(content); int64(len(content)) != f.Size || !bytes.Equal(digest[:], f.Digest) {
		return nil, &errs.Error{Kind: errs.Internal, Message: "文件校验不一致，已停止读取，请联系系统管理员",
			Err: fmt.Errorf("attachments: blob %s does not match its digest", key(tenant, f.ID))}
	}
	return content, nil
}

func storeError(err error) error {
	return &errs.Error{Kind: errs.Unavailable, Message: "文件暂时无法存取，请稍后重试", Err: err}
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
	if len(distinct) > MaxClaim {
		return errs.InvalidField("attachments", "附件最多 %d 个", MaxClaim)
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

// Of lists the attachments of a subject in the order they came. Whether the caller may see the subject is the asker's to check.
func (s *Service) Of(ctx context.Context, q tenancy.Querier, subject tenancy.Subject) ([]Attachment, error) {
	rows, err := ofSubject(ctx, q, subject)
	out := make([]Attachment, 0, len(rows))
	for _, r := range rows {
		out = append(out, r.Attachment)
	}
	return out, err
}
