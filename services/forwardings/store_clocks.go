package forwardings

import (
	"context"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// startClock begins the clock of a report. One that runs goes on: by a second way the same matter is not due later. One that
// was answered begins anew only where the report waits again, after a return.
func startClock(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, due, replyBy string) error {
	_, err := tx.Exec(ctx, `
		insert into answer_clocks as c (tenant_id, report_id, started_at, due_on, reply_by) values ($1, $2, $3, $4::text::date, nullif($5::text, '')::date)
		on conflict (tenant_id, report_id) do update set
		    started_at = case when c.answered_at is null then c.started_at else excluded.started_at end,
		    due_on = case when c.answered_at is null then c.due_on else excluded.due_on end,
		    reply_by = case when c.answered_at is null then least(c.reply_by, excluded.reply_by) else excluded.reply_by end,
		    reminded_at = case when c.answered_at is null then c.reminded_at end,
		    overdue_at = case when c.answered_at is null then c.overdue_at end,
		    answered_at = null
		where c.answered_at is null or exists (select from reports r where r.tenant_id = $1 and r.id = $2 and r.state = 'submitted')`, tx.Tenant(), report, tx.Now(), due, replyBy)
	return err
}

func stopClock(ctx context.Context, tx *tenancy.Tx, report uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		update answer_clocks set answered_at = $3 where tenant_id = $1 and report_id = $2 and answered_at is null`, tx.Tenant(), report, tx.Now())
	return err
}

// A clock is overdue when it was answered after its day, or runs on after it.
const clockColumns = `
	report_id, started_at, due_on::text, coalesce(reply_by::text, '') as reply_by, answered_at,
	due_on < (coalesce(answered_at, $2::timestamptz) at time zone 'Asia/Shanghai')::date as overdue`

func findClock(ctx context.Context, q tenancy.Querier, report uuid.UUID) (Clock, error) {
	return tenancy.Get[Clock](ctx, q, `select `+clockColumns+` from answer_clocks where tenant_id = $1 and report_id = $3`, q.Tenant(), q.Now(), report)
}

// runningClocks leaves out what its sender took back.
func runningClocks(ctx context.Context, q tenancy.Querier) ([]Clock, error) {
	return tenancy.Collect[Clock](ctx, q, `
		select `+clockColumns+` from answer_clocks where tenant_id = $1 and answered_at is null
		  and exists (select from reports r where r.tenant_id = $1 and r.id = answer_clocks.report_id and r.state <> 'recalled')
		order by due_on, report_id limit 1000`, q.Tenant(), q.Now())
}

type dueRow struct {
	ReportID uuid.UUID
	Title    string
	DueOn    string
	Late     bool
}

const dueClocks = `
	from answer_clocks c join reports r on r.tenant_id = $1 and r.id = c.report_id
	where c.tenant_id = $1 and c.answered_at is null and r.state <> 'recalled'
	  and (c.due_on < $2::text::date and c.overdue_at is null or c.due_on >= $2::text::date and c.due_on <= $3::text::date and c.reminded_at is null)`

func anyDue(ctx context.Context, q tenancy.Querier, from, to string) (bool, error) {
	return tenancy.Scalar[bool](ctx, q, `select exists (select `+dueClocks+`)`, q.Tenant(), from, to)
}

func lockDue(ctx context.Context, tx *tenancy.Tx, from, to string) ([]dueRow, error) {
	return tenancy.Collect[dueRow](ctx, tx, `
		select c.report_id, r.title, c.due_on::text, c.due_on < $2::text::date as late `+dueClocks+`
		order by c.due_on, c.report_id limit 200 for update of c skip locked`, tx.Tenant(), from, to)
}

func noteReminder(ctx context.Context, tx *tenancy.Tx, r dueRow) error {
	_, err := tx.Exec(ctx, `
		update answer_clocks set reminded_at = coalesce(reminded_at, $3), overdue_at = case when $4 then $3 end
		where tenant_id = $1 and report_id = $2`, tx.Tenant(), r.ReportID, tx.Now(), r.Late)
	return err
}

// returns is how often this unit has returned the report, and whether it came from another unit.
func returns(ctx context.Context, q tenancy.Querier, report uuid.UUID) (n int, received bool, err error) {
	type row struct {
		N        int
		Received bool
	}
	r, err := tenancy.Get[row](ctx, q, `
		select (select count(*) from report_outcomes o where o.tenant_id = $1 and o.report_id = $2 and o.decider = $1 and o.outcome = 'returned')::int as n,
		       exists (select from reports where tenant_id = $1 and id = $2 and sender is not null) as received`, q.Tenant(), report)
	return r.N, r.Received, err
}
