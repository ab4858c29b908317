package instructions

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// row is an entry as it is kept; CorrectedBy is the entry that corrects it.
type row struct {
	ID          uuid.UUID
	ReportID    uuid.UUID
	Leader      string
	LeaderTitle string
	Level       string
	GivenOn     time.Time
	Body        string
	Released    bool
	Event       uuid.UUID
	Corrects    *uuid.UUID
	Withdrawn   bool
	Reason      string
	Recorder    string
	RecordedAt  time.Time
	CorrectedBy *uuid.UUID
}

// stands tells whether the entry is in force.
func (r row) stands() bool { return r.CorrectedBy == nil && !r.Withdrawn }

const selectEntries = `
	select i.id, i.report_id, i.leader, i.leader_title, i.level, i.given_on, i.body, i.released, i.event, i.corrects, i.withdrawn, i.reason, i.recorder, i.recorded_at,
		c.id as corrected_by
	from instructions i left join instructions c on c.tenant_id = i.tenant_id and c.corrects = i.id
	where i.tenant_id = $1 `

func find(ctx context.Context, q tenancy.Querier, id uuid.UUID) (row, error) {
	r, err := tenancy.Get[row](ctx, q, selectEntries+`and i.id = $2`, q.Tenant(), id)
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return r, err
}

func ofReport(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]row, error) {
	return tenancy.Collect[row](ctx, q, selectEntries+`and i.report_id = $2 order by i.recorded_at, i.id`, q.Tenant(), report)
}

// insert is false where the entry that this one corrects has been corrected already.
func insert(ctx context.Context, tx *tenancy.Tx, r row) (bool, error) {
	p := tx.Principal()
	n, err := tx.Exec(ctx, `
		insert into instructions (tenant_id, id, report_id, leader, leader_title, level, given_on, body, released, event, corrects, withdrawn, reason, recorded_by, recorder, recorded_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		on conflict (tenant_id, corrects) where corrects is not null do nothing`,
		tx.Tenant(), r.ID, r.ReportID, r.Leader, r.LeaderTitle, r.Level, r.GivenOn, r.Body, r.Released, r.Event, r.Corrects, r.Withdrawn, r.Reason,
		p.Membership, p.Name, tx.Now())
	return n == 1, err
}
