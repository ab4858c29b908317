package exchanges

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// row is an exchange as it is kept.
type row struct {
	ID         uuid.UUID
	ReportID   uuid.UUID
	Kind       string
	Sent       bool
	Other      int32
	LetterID   uuid.UUID
	Answers    *uuid.UUID
	Body       string
	DueOn      string
	Writer     string
	WrittenAt  time.Time
	AnsweredAt *time.Time
	Overdue    bool
}

func (r row) exchange() Exchange {
	return Exchange{
		ID: r.ID, ReportID: r.ReportID, Kind: r.Kind, Sent: r.Sent, Other: r.Other, LetterID: r.LetterID, Answers: r.Answers, Body: r.Body, DueOn: r.DueOn,
		Writer: r.Writer, WrittenAt: r.WrittenAt, AnsweredAt: r.AnsweredAt, Overdue: r.Overdue,
	}
}

const columns = `
	id, report_id, kind, sent, other, letter_id, answers, body, coalesce(due_on::text, '') as due_on, writer, written_at, answered_at,
	due_on is not null and due_on < (coalesce(answered_at, $2::timestamptz) at time zone 'Asia/Shanghai')::date as overdue`

func one(r row, err error) (row, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		return r, errs.Missing()
	}
	return r, err
}

func insert(ctx context.Context, tx *tenancy.Tx, e Exchange) error {
	var by *uuid.UUID
	if m := tx.Principal().Membership; e.Sent && m != uuid.Nil {
		by = &m
	}
	_, err := tx.Exec(ctx, `
		insert into exchanges (tenant_id, id, report_id, kind, sent, other, letter_id, answers, body, due_on, written_by, writer, written_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, nullif($10::text, '')::date, $11, $12, $13)`,
		tx.Tenant(), e.ID, e.ReportID, e.Kind, e.Sent, e.Other, e.LetterID, e.Answers, e.Body, e.DueOn, by, e.Writer, e.WrittenAt)
	return err
}

func find(ctx context.Context, q tenancy.Querier, id uuid.UUID) (row, error) {
	return one(tenancy.Get[row](ctx, q, `select `+columns+` from exchanges where tenant_id = $1 and id = $3`, q.Tenant(), q.Now(), id))
}

func lock(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (row, error) {
	return one(tenancy.Get[row](ctx, tx, `select `+columns+` from exchanges where tenant_id = $1 and id = $3 for update`, tx.Tenant(), tx.Now(), id))
}

// askedWith is the request that this unit sent to that one with a letter.
func askedWith(ctx context.Context, tx *tenancy.Tx, other int32, letter uuid.UUID) (row, error) {
	return one(tenancy.Get[row](ctx, tx, `
		select `+columns+` from exchanges where tenant_id = $1 and other = $3 and letter_id = $4 and kind = 'request' and sent for update`,
		tx.Tenant(), tx.Now(), other, letter))
}

func ofReport(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]row, error) {
	return tenancy.Collect[row](ctx, q, `
		select `+columns+` from exchanges where tenant_id = $1 and report_id = $3 order by written_at, id`, q.Tenant(), q.Now(), report)
}

// answered notes the first answer.
func answered(ctx context.Context, tx *tenancy.Tx, request uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		update exchanges set answered_at = coalesce(answered_at, $3) where tenant_id = $1 and id = $2`, tx.Tenant(), request, tx.Now())
	return err
}

func named(what, title string) string { return strings.Replace(what, "%", title, 1) }
