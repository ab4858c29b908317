package feedback

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// row is a record as it is kept.
type row struct {
	ID           uuid.UUID
	ReportID     uuid.UUID
	Way          string
	Reached      string
	Words        string
	ReachedAt    time.Time
	MembershipID *uuid.UUID
	RecordedBy   *uuid.UUID
}

func insert(ctx context.Context, tx *tenancy.Tx, r row) error {
	_, err := tx.Exec(ctx, `
		insert into feedback_records (tenant_id, id, report_id, way, reached, words, reached_at, membership_id, recorded_by, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		tx.Tenant(), r.ID, r.ReportID, r.Way, r.Reached, r.Words, r.ReachedAt, r.MembershipID, r.RecordedBy, tx.Now())
	return err
}

func recordsOf(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]Record, error) {
	return tenancy.Collect[Record](ctx, q, `
		select f.id, f.way, f.reached, f.words, f.reached_at, coalesce(m.name, '') as recorder, f.created_at
		from feedback_records f left join memberships m on m.tenant_id = f.tenant_id and m.id = f.recorded_by
		where f.tenant_id = $1 and f.report_id = $2 order by f.reached_at desc, f.id desc`, q.Tenant(), report)
}

// toldAt is when the author of an outcome's report first heard of something afterwards.
const toldAt = `(select min(f.reached_at) from feedback_records f where f.tenant_id = $1 and f.report_id = o.report_id and f.reached_at >= o.received_at)`

type outcomeRow struct {
	OriginEvent uuid.UUID
	Outcome     string
	Form        string
	Decider     int32
	Level       string
	OccurredAt  time.Time
	ReceivedAt  time.Time
	ToldAt      *time.Time
}

// outcomesOf leaves out the adoptions that their decider took back later.
func outcomesOf(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]outcomeRow, error) {
	return tenancy.Collect[outcomeRow](ctx, q, `
		select o.origin_event, o.outcome, o.form, o.decider, o.level, o.occurred_at, o.received_at, `+toldAt+` as told_at
		from report_outcomes o where o.tenant_id = $1 and o.report_id = $2 and o.outcome in `+toldKinds+`
			and not (o.outcome = 'adopted' and exists (select from report_outcomes c where c.tenant_id = $1 and c.report_id = o.report_id
				and c.decider = o.decider and c.decider_report = o.decider_report and c.outcome = 'adoption_corrected' and c.no > o.no))
		order by o.occurred_at, o.origin_event`, q.Tenant(), report)
}

// untold is true where the author has not heard of an outcome.
func untold(ctx context.Context, q tenancy.Querier, report uuid.UUID) (bool, error) {
	return tenancy.Scalar[bool](ctx, q, `
		select exists (select from report_outcomes o where o.tenant_id = $1 and o.report_id = $2 and o.outcome in `+toldKinds+`
			and not exists (select from feedback_records f where f.tenant_id = $1 and f.report_id = $2 and f.reached_at >= o.received_at))`, q.Tenant(), report)
}

type waitingRow struct {
	ID         uuid.UUID
	Number     string
	Title      string
	AuthorName string
	Online     bool
	Outcomes   int
	Since      time.Time
	Decider    int32
	Outcome    string
	Form       string
	Total      int
}

func waiting(ctx context.Context, q tenancy.Querier, limit int) ([]waitingRow, error) {
	return tenancy.Collect[waitingRow](ctx, q, `
		with open as (
			select o.report_id, count(*)::int as outcomes, min(o.received_at) as since,
				(array_agg(o.decider order by o.received_at desc))[1] as decider, (array_agg(o.outcome order by o.received_at desc))[1] as outcome,
				(array_agg(o.form order by o.received_at desc))[1] as form
			from report_outcomes o
			where o.tenant_id = $1 and o.outcome in `+toldKinds+`
				and not exists (select from feedback_records f where f.tenant_id = $1 and f.report_id = o.report_id and f.reached_at >= o.received_at)
			group by o.report_id)
		select r.id, r.number, r.title, r.author_name, r.author_id is not null as online, w.outcomes, w.since, w.decider, w.outcome, w.form,
			count(*) over ()::int as total
		from open w join reports r on r.tenant_id = $1 and r.id = w.report_id
		where r.sender is null and not r.combined order by w.since, r.id limit $2`, q.Tenant(), limit)
}

type figuresRow struct {
	Outcomes int
	Untold   int
	Median   float64
	Longest  int
}

func figures(ctx context.Context, q tenancy.Querier, since time.Time) (figuresRow, error) {
	return tenancy.Get[figuresRow](ctx, q, `
		with told as (
			select o.received_at, `+toldAt+` as told_at
			from report_outcomes o join reports r on r.tenant_id = o.tenant_id and r.id = o.report_id
			where o.tenant_id = $1 and o.outcome in `+toldKinds+` and o.received_at >= $2 and r.sender is null and not r.combined),
		lasting as (
			select told_at, greatest((coalesce(told_at, $3) at time zone 'Asia/Shanghai')::date - (received_at at time zone 'Asia/Shanghai')::date, 0) as days from told)
		select count(*)::int as outcomes, (count(*) filter (where told_at is null))::int as untold,
			coalesce(percentile_cont(0.5) within group (order by days), 0)::float8 as median, coalesce(max(days), 0)::int as longest
		from lasting`, q.Tenant(), since, q.Now())
}

type changeRow struct {
	ID         uuid.UUID
	Number     string
	Title      string
	AuthorName string
	Outcome    string
	Form       string
	Decider    int32
	ReceivedAt time.Time
	Told       bool
	Own        bool
}

// changesShown bounds what a meeting hears of.
const changesShown = 500

// between takes in what was returned and what leaders and departments made of it: a meeting speaks of these too, though an author
// is told of them where they happen.
func between(ctx context.Context, q tenancy.Querier, since, until time.Time) ([]changeRow, error) {
	return tenancy.Collect[changeRow](ctx, q, `
		select r.id, r.number, r.title, r.author_name, o.outcome, o.form, o.decider, o.received_at, `+toldAt+` is not null as told, r.sender is null as own
		from report_outcomes o join reports r on r.tenant_id = o.tenant_id and r.id = o.report_id
		where o.tenant_id = $1 and o.outcome in ('adopted', 'adoption_corrected', 'kept', 'declined', 'returned', 'instructed', 'instruction_corrected', 'answered', 'handled') and o.received_at > $2 and o.received_at <= $3
		order by o.received_at, o.origin_event limit $4`, q.Tenant(), since, until, changesShown)
}
