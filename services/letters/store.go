package letters

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"shangda/tenancy"
	"shangda/tenancy/signing"
)

// row is a letter as both boxes keep it. State is empty for a received one.
type row struct {
	ID          uuid.UUID
	Kind        string
	Other       int32
	Answers     *uuid.UUID
	SubjectKind string
	SubjectID   *uuid.UUID
	Payload     []byte
	Digest      []byte
	Manifest    []byte
	State       string
	SentAt      time.Time
	Algorithm   string
	KeyID       *uuid.UUID
	Signature   []byte
}

func (r row) letter() (Letter, error) {
	l := Letter{ID: r.ID, Kind: r.Kind, Subject: tenancy.Subject{Kind: r.SubjectKind}, Payload: r.Payload, Digest: r.Digest, SentAt: r.SentAt,
		Signature: signing.Signature{Algorithm: r.Algorithm, Bytes: r.Signature}}
	if r.Answers != nil {
		l.Answers = *r.Answers
	}
	if r.KeyID != nil {
		l.Signature.Key = *r.KeyID
	}
	if r.SubjectID != nil {
		l.Subject.ID = *r.SubjectID
	}
	return l, json.Unmarshal(r.Manifest, &l.Files)
}

func insertOut(ctx context.Context, tx *tenancy.Tx, l Letter, manifest []byte) error {
	_, err := tx.Exec(ctx, `
		insert into letters_out (tenant_id, id, kind, recipient, answers, subject_kind, subject_id, payload, digest, manifest, sent_at,
			algorithm, key_id, signature)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		tx.Tenant(), l.ID, l.Kind, l.Recipient.ID, null(l.Answers), l.Subject.Kind, l.Subject.ID, l.Payload, l.Digest, manifest, l.SentAt,
		l.Signature.Algorithm, null(l.Signature.Key), l.Signature.Bytes)
	return err
}

func selectOut(ctx context.Context, q tenancy.Querier, id uuid.UUID) (row, error) {
	return tenancy.Get[row](ctx, q, `
		select id, kind, recipient as other, answers, subject_kind, subject_id, payload, digest, manifest, state, sent_at,
		       algorithm, key_id, signature
		from letters_out where tenant_id = $1 and id = $2`, q.Tenant(), id)
}

// earlier tells whether an earlier letter about the same subject to the same recipient is still on its way.
func earlier(ctx context.Context, q tenancy.Querier, l Letter) (bool, error) {
	return tenancy.Scalar[bool](ctx, q, `
		select exists (select from letters_out where tenant_id = $1 and state = 'queued' and id < $2
		               and recipient = $3 and subject_kind = $4 and subject_id = $5)`,
		q.Tenant(), l.ID, l.Recipient.ID, l.Subject.Kind, l.Subject.ID)
}

func selectIn(ctx context.Context, q tenancy.Querier, sender int32, id uuid.UUID) (row, error) {
	return tenancy.Get[row](ctx, q, `
		select id, kind, sender as other, answers, subject_kind, subject_id, payload, digest, manifest, '' as state, sent_at,
		       algorithm, key_id, signature
		from letters_in where tenant_id = $1 and sender = $2 and id = $3`, q.Tenant(), sender, id)
}

func isIn(ctx context.Context, q tenancy.Querier, l Letter) (bool, error) {
	return tenancy.Scalar[bool](ctx, q, `
		select exists (select from letters_in where tenant_id = $1 and sender = $2 and id = $3)`, q.Tenant(), l.Sender.ID, l.ID)
}

// insertIn is false where the letter is there already. A second courier with the same letter waits here for the first.
func insertIn(ctx context.Context, tx *tenancy.Tx, l Letter) (bool, error) {
	list, err := manifest(l.Files)
	if err != nil {
		return false, err
	}
	n, err := tx.Exec(ctx, `
		insert into letters_in (tenant_id, sender, id, kind, answers, payload, digest, manifest, sent_at, received_at,
			algorithm, key_id, signature)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing`,
		tx.Tenant(), l.Sender.ID, l.ID, l.Kind, null(l.Answers), l.Payload, l.Digest, list, l.SentAt, tx.Now(),
		l.Signature.Algorithm, null(l.Signature.Key), l.Signature.Bytes)
	return n == 1, err
}

func setSubject(ctx context.Context, tx *tenancy.Tx, l Letter, subject tenancy.Subject) error {
	_, err := tx.Exec(ctx, `
		update letters_in set subject_kind = $4, subject_id = $5 where tenant_id = $1 and sender = $2 and id = $3`,
		tx.Tenant(), l.Sender.ID, l.ID, subject.Kind, null(subject.ID))
	return err
}

// isOpen tells, at the recipient, whether a line from the sender, or down from it, was open when the letter was sent, or the
// letter answers one that this tenant sent to the sender.
func isOpen(ctx context.Context, q tenancy.Querier, l Letter, down bool) (bool, error) {
	return tenancy.Scalar[bool](ctx, q, `
		select exists (select from platform.lines where (upper = $1 and lower = $2 and not $5 or upper = $2 and lower = $1 and $5)
		               and valid_from <= ($3::timestamptz at time zone 'Asia/Shanghai')::date
		               and valid_to > ($3::timestamptz at time zone 'Asia/Shanghai')::date
		               and (stopped_at is null or stopped_at > $3))
		    or exists (select from letters_out where tenant_id = $1 and id = $4 and recipient = $2)`,
		q.Tenant(), l.Sender.ID, l.SentAt, null(l.Answers), down)
}

// closeOut is false where the letter had ended before.
func closeOut(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, s State) (bool, error) {
	n, err := tx.Exec(ctx, `
		update letters_out set state = $3, attempts = attempts + 1, last_error = $4, delivered_at = $5
		where tenant_id = $1 and id = $2 and state = 'queued'`, tx.Tenant(), id, s.State, s.LastError, s.DeliveredAt)
	return n == 1, err
}

func noteAttempt(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, reason string) (bool, error) {
	n, err := tx.Exec(ctx, `
		update letters_out set attempts = attempts + 1, last_error = $3 where tenant_id = $1 and id = $2 and state = 'queued'`,
		tx.Tenant(), id, reason)
	return n == 1, err
}

type stateRow struct {
	ID          uuid.UUID
	State       string
	Attempts    int
	LastError   string
	DeliveredAt *time.Time
}

func selectStates(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) ([]stateRow, error) {
	return tenancy.Collect[stateRow](ctx, q, `
		select id, state, attempts, last_error, delivered_at from letters_out where tenant_id = $1 and id = any($2)`, q.Tenant(), ids)
}

func null(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
