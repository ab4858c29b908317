package certificates

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// row is a certificate as it is kept.
type row struct {
	ID          uuid.UUID
	ReportID    uuid.UUID
	OriginEvent uuid.UUID
	Person      string
	Year        int
	No          int
	Code        string
	ReportTitle string
	Decider     string
	Level       string
	Form        string
	AdoptedOn   time.Time
	Issuer      string
	IssuedAt    time.Time
	WithdrawnAt *time.Time
	Reason      string
}

func (c row) view(t tenancy.Tenant) Certificate {
	return Certificate{ID: c.ID, ReportID: c.ReportID, Title: c.ReportTitle, Event: c.OriginEvent, Number: numberOf(t.Code, c.Year, c.No), Code: c.Code, Person: c.Person,
		Decider: c.Decider, Level: c.Level, Form: c.Form, AdoptedOn: c.AdoptedOn.Format(time.DateOnly), Issuer: c.Issuer, IssuedAt: c.IssuedAt,
		Withdrawn: c.WithdrawnAt, Reason: c.Reason}
}

const selectCertificates = `
	select c.id, c.report_id, c.origin_event, c.person, c.year, c.no, c.code, c.report_title, c.decider, c.level, c.form, c.adopted_on,
		m.name as issuer, c.issued_at, c.withdrawn_at, c.reason
	from certificates c join memberships m on m.tenant_id = c.tenant_id and m.id = c.issued_by
	where c.tenant_id = $1 `

func single(c row, err error) (row, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return c, err
}

func find(ctx context.Context, q tenancy.Querier, id uuid.UUID) (row, error) {
	return single(tenancy.Get[row](ctx, q, selectCertificates+`and c.id = $2`, q.Tenant(), id))
}

func lock(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (row, error) {
	return single(tenancy.Get[row](ctx, tx, selectCertificates+`and c.id = $2 for update of c`, tx.Tenant(), id))
}

func byNumber(ctx context.Context, q tenancy.Querier, year, no int) (row, error) {
	return single(tenancy.Get[row](ctx, q, selectCertificates+`and c.year = $2 and c.no = $3`, q.Tenant(), year, no))
}

func ofReport(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]row, error) {
	return tenancy.Collect[row](ctx, q, selectCertificates+`and c.report_id = $2 order by c.issued_at desc, c.id desc`, q.Tenant(), report)
}

// nextNumber takes the next number of the year; a transaction that ends without a commit gives it back.
func nextNumber(ctx context.Context, tx *tenancy.Tx, year int) (int, error) {
	return tenancy.Scalar[int](ctx, tx, `
		insert into numbers as n (tenant_id, series, year, last) values ($1, 'certificate', $2, 1)
		on conflict (tenant_id, series, year) do update set last = n.last + 1 returning last`, tx.Tenant(), year)
}

func insert(ctx context.Context, tx *tenancy.Tx, c row) (bool, error) {
	n, err := tx.Exec(ctx, `
		insert into certificates (tenant_id, id, report_id, origin_event, person, year, no, code, report_title, decider, level, form, adopted_on, issued_by, issued_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict do nothing`,
		tx.Tenant(), c.ID, c.ReportID, c.OriginEvent, c.Person, c.Year, c.No, c.Code, c.ReportTitle, c.Decider, c.Level, c.Form, c.AdoptedOn,
		tx.Principal().Membership, tx.Now())
	return n == 1, err
}

func withdraw(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, reason string) error {
	_, err := tx.Exec(ctx, `
		update certificates set withdrawn_by = $3, withdrawn_at = $4, reason = $5 where tenant_id = $1 and id = $2`,
		tx.Tenant(), id, tx.Principal().Membership, tx.Now(), reason)
	return err
}
