package tenancy

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"shangda/internal/errs"
)

// idempotency is the key of one request; it serves the first transaction of that request.
type idempotency struct {
	Key   string
	Route string
	Body  [sha256.Size]byte
	used  bool
}

// WithIdempotencyKey makes the first InTx under this context happen once for (tenant, person, key).
func WithIdempotencyKey(ctx context.Context, key, route string, body []byte) context.Context {
	return context.WithValue(ctx, idempotencyKey, &idempotency{Key: key, Route: route, Body: sha256.Sum256(body)})
}

// WithoutIdempotencyKey is for what a request does besides the change its key is for.
func WithoutIdempotencyKey(ctx context.Context) context.Context {
	return context.WithValue(ctx, idempotencyKey, (*idempotency)(nil))
}

// Repeat says that this key's change was made before, and to what.
type Repeat struct{ Subject Subject }

func (r *Repeat) Error() string {
	return fmt.Sprintf("done before: %s %s", r.Subject.Kind, r.Subject.ID)
}

// Changed takes the result of a use case that changes one subject: a repeat counts as done, with the first run's subject.
func Changed(id uuid.UUID, err error) (uuid.UUID, error) {
	var repeat *Repeat
	if errors.As(err, &repeat) {
		return repeat.Subject.ID, nil
	}
	return id, err
}

// claimKey inserts the key first of all. A second request with it waits here until the first has ended.
func (tx *Tx) claimKey(ctx context.Context) error {
	idem, _ := ctx.Value(idempotencyKey).(*idempotency)
	if idem == nil || idem.used || tx.principal.System() {
		return nil
	}
	idem.used = true
	p := tx.principal
	tag, err := tx.tx.Exec(ctx, `
		insert into idempotency (tenant_id, person_id, key, route, body, created_at) values ($1, $2, $3, $4, $5, $6)
		on conflict do nothing`, p.Tenant.ID, p.Person, idem.Key, idem.Route, idem.Body[:], tx.now)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 1 {
		tx.idem = idem
		return nil
	}
	var route string
	var body []byte
	var subject Subject
	row := tx.tx.QueryRow(ctx, `
		select route, body, subject_kind, coalesce(subject_id, '00000000-0000-0000-0000-000000000000') from idempotency where tenant_id = $1 and person_id = $2 and key = $3`,
		p.Tenant.ID, p.Person, idem.Key)
	if err := row.Scan(&route, &body, &subject.Kind, &subject.ID); err != nil {
		return err
	}
	if route != idem.Route || !bytes.Equal(body, idem.Body[:]) {
		return errs.New(errs.Invalid, "同一个幂等键（Idempotency-Key）用于了不同的内容")
	}
	return &Repeat{Subject: subject}
}
