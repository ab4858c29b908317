package forwardings

import (
	"context"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// lineOpen tells whether a line to the upper unit is open now.
func lineOpen(ctx context.Context, q tenancy.Querier, upper int32) (bool, error) {
	return tenancy.Scalar[bool](ctx, q, `
		select exists (
			select 1 from platform.lines l join platform.tenants u on u.id = l.upper
			where l.lower = $1 and l.upper = $2 and u.state = 'active' and l.stopped_at is null
			  and ($3::timestamptz at time zone 'Asia/Shanghai')::date >= l.valid_from and ($3::timestamptz at time zone 'Asia/Shanghai')::date < l.valid_to)`,
		q.Tenant(), upper, q.Now())
}

func targets(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]Target, error) {
	return tenancy.Collect[Target](ctx, q, `
		with year as (select date_trunc('year', $3::timestamptz at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai' as start)
		select l.upper as tenant, l.figures,
		       (select count(*) from forwardings f where f.tenant_id = $1 and f.recipient = l.upper and f.sent_at >= y.start and f.state <> 'recalled')::int as sent_this_year,
		       (select count(distinct o.report_id) from report_outcomes o where o.tenant_id = $1 and o.outcome = 'adopted' and o.decider = l.upper and o.occurred_at >= y.start)::int as adopted_this_year,
		       exists (select 1 from forwardings f where f.tenant_id = $1 and f.report_id = $2 and f.recipient = l.upper and f.state in ('queued', 'delivered')) as already_sent
		from platform.lines l join platform.tenants u on u.id = l.upper, year y
		where l.lower = $1 and u.state = 'active' and l.stopped_at is null
		  and ($3::timestamptz at time zone 'Asia/Shanghai')::date >= l.valid_from and ($3::timestamptz at time zone 'Asia/Shanghai')::date < l.valid_to
		order by l.figures desc, l.upper`, q.Tenant(), report, q.Now())
}

// insert adds a forwarding; false where the same upper unit has the report already.
func insert(ctx context.Context, tx *tenancy.Tx, f Forwarding) (bool, error) {
	n, err := tx.Exec(ctx, `
		insert into forwardings (tenant_id, id, report_id, recipient, letter_id, state, cover, enclose_original, hide_author, sent_by, sent_at, urgency, reply_by, sheet)
		values ($1, $2, $3, $4, $5, 'queued', $6, $7, $8, $9, $10, $11, nullif($12::text, '')::date, $13)
		on conflict (tenant_id, report_id, recipient) where state in ('queued', 'delivered') do nothing`,
		tx.Tenant(), f.ID, f.ReportID, f.Recipient, f.LetterID, f.Cover, f.EncloseOriginal, f.HideAuthor, tx.Principal().Membership, tx.Now(), f.Urgency, f.ReplyBy, f.Sheet)
	return n == 1, err
}

const columns = `id, report_id, recipient, letter_id, state, cover, enclose_original, hide_author, sent_at, delivered_at,
	urgency, coalesce(reply_by::text, '') as reply_by, sheet`

func load(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (Forwarding, error) {
	f, err := tenancy.Get[Forwarding](ctx, tx, `select `+columns+` from forwardings where tenant_id = $1 and id = $2 for update`, tx.Tenant(), id)
	return f, notFound(err)
}

func byLetter(ctx context.Context, tx *tenancy.Tx, letter uuid.UUID) (Forwarding, error) {
	f, err := tenancy.Get[Forwarding](ctx, tx, `select `+columns+` from forwardings where tenant_id = $1 and letter_id = $2 for update`, tx.Tenant(), letter)
	return f, notFound(err)
}

func ofReport(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]Forwarding, error) {
	return tenancy.Collect[Forwarding](ctx, q, `
		select `+columns+` from forwardings where tenant_id = $1 and report_id = $2 order by sent_at, id`, q.Tenant(), report)
}

func upward(ctx context.Context, q tenancy.Querier, reports []uuid.UUID) ([]Way, error) {
	return tenancy.Collect[Way](ctx, q, `
		select distinct recipient, report_id from forwardings
		where tenant_id = $1 and report_id = any($2) and state in ('delivered', 'returned') order by recipient, report_id`, q.Tenant(), reports)
}

func setState(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, state string) error {
	_, err := tx.Exec(ctx, `
		update forwardings set state = $3, delivered_at = case when $3 = 'delivered' then $4 else delivered_at end
		where tenant_id = $1 and id = $2`, tx.Tenant(), id, state, tx.Now())
	return err
}

// takenUp tells whether the upper unit has said that it took the report up since this forwarding.
func takenUp(ctx context.Context, q tenancy.Querier, f Forwarding) (bool, error) {
	return tenancy.Scalar[bool](ctx, q, `
		select exists (select 1 from report_outcomes where tenant_id = $1 and report_id = $2 and decider = $3 and occurred_at >= $4)`,
		q.Tenant(), f.ReportID, f.Recipient, f.SentAt)
}

// sentWith is the forwarding of a letter, read only.
func sentWith(ctx context.Context, q tenancy.Querier, letter uuid.UUID) (Forwarding, error) {
	f, err := tenancy.Get[Forwarding](ctx, q, `select `+columns+` from forwardings where tenant_id = $1 and letter_id = $2`, q.Tenant(), letter)
	return f, notFound(err)
}
