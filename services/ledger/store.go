package ledger

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/services/documents"
	"shangda/tenancy"
)

// record is a row as the database has it.
type record struct {
	ID          uuid.UUID
	Number      string
	Title       string
	State       string
	Category    string
	Urgency     string
	Class       string
	AuthorName  string
	Sender      *int32
	Adopted     string
	Times       int
	SubmittedAt *time.Time
	SignedAt    *time.Time
	ListedAt    time.Time
	SentAt      *time.Time
	LeadID      *uuid.UUID
	LeadName    string
	UnitID      *uuid.UUID
	UnitName    string
	FollowID    *uuid.UUID
	FollowName  string
	DueOn       *time.Time
	Note        string
	Version     int
	Outcome     string
	Form        string
	Decider     *int32
	DecidedAt   *time.Time
}

// The parts of a list. Where somebody is asked for, it begins with the assignments, else with the reports.
const (
	fromReports = ` from reports r left join ledger_entries e on e.tenant_id = $1 and e.report_id = r.id `
	fromEntries = ` from ledger_entries e join reports r on r.tenant_id = $1 and r.id = e.report_id `
	listHead    = `
		select r.id, r.number, r.title, r.state, r.category, r.urgency, r.class, r.author_name, r.sender, r.adopted, jsonb_array_length(r.adoptions) as times,
			r.submitted_at, r.signed_at, r.listed_at, e.lead_id, e.unit_id, e.follow_id, e.due_on, coalesce(e.note, '') as note, coalesce(e.version, 0) as version`
	listWhere = `
		where r.tenant_id = $1 and r.state <> 'draft' and (r.listed_at, r.id) < ($2, $3)
			and ($5 = '' or r.category = $5)
			and ($6 = '' or strpos(lower(r.title || ' ' || r.number || ' ' || r.author_name), lower($6)) > 0)
			and r.listed_at >= $7 and r.listed_at < $8`
	whereState = ` and r.state = $9`
	noState    = ` and $9 = ''`
	whereOpen  = ` and (r.state in ('submitted', 'taken_up', 'editing', 'reviewing') or r.state = 'signed' and r.adopted = '')
			and (r.state <> 'signed' or not exists (select from forwardings f where f.tenant_id = $1 and f.report_id = r.id and f.state in ('queued', 'delivered', 'returned')))`
	whereOverdue = whereOpen + ` and case when e.due_on is not null then e.due_on < $12
			when r.state = 'submitted' then r.submitted_at < $13 when r.state = 'signed' then r.signed_at < $14 else r.submitted_at < $15 end`
	anyTime  = ` and $12::date is not null and $13::timestamptz is not null and $14::timestamptz is not null and $15::timestamptz is not null`
	listTail = ` order by r.listed_at desc, r.id desc limit $4`
	// The page is found first; what it shows besides is looked up for its rows only.
	pageHead = `with page as materialized (`
	pageTail = `)
		select p.*, coalesce(lead.name, '') as lead_name, coalesce(u.name, '') as unit_name, coalesce(follow.name, '') as follow_name,
			(select min(f.sent_at) from forwardings f where f.tenant_id = $1 and f.report_id = p.id and f.state in ('queued', 'delivered', 'returned')) as sent_at,
			coalesce(o.outcome, '') as outcome, coalesce(o.form, '') as form, o.decider, o.occurred_at as decided_at
		from page p
		left join memberships lead on lead.tenant_id = $1 and lead.id = p.lead_id
		left join memberships follow on follow.tenant_id = $1 and follow.id = p.follow_id
		left join units u on u.tenant_id = $1 and u.id = p.unit_id
		left join lateral (select outcome, form, decider, occurred_at from report_outcomes x where x.tenant_id = $1 and x.report_id = p.id
			order by occurred_at desc, origin_event desc limit 1) o on true
		order by p.listed_at desc, p.id desc`
)

// others narrows a list by everybody who is asked for: $10 leads, $11 is the office, $16 follows, $17 does either.
const others = ` and ($10::uuid is null or e.lead_id = $10) and ($11::uuid is null or e.unit_id = $11)
			and ($16::uuid is null or e.follow_id = $16) and ($17::uuid is null or e.follow_id = $17 or e.lead_id = $17)`

// whose is where a list begins: with the one person or office that has an index.
var whose = map[string]string{
	"":       fromReports + listWhere + others,
	"lead":   fromEntries + listWhere + others + ` and e.tenant_id = $1 and e.lead_id = $10`,
	"office": fromEntries + listWhere + others + ` and e.tenant_id = $1 and e.unit_id = $11`,
	"follow": fromEntries + listWhere + others + ` and e.tenant_id = $1 and e.follow_id = $16`,
	"mine":   fromEntries + listWhere + others + ` and e.tenant_id = $1 and (e.follow_id = $17 or e.lead_id = $17)`,
}

// statements are the texts of the lists, by whose, whether one state is asked for, and how pressing.
var statements = func() map[[3]string]string {
	all := map[[3]string]string{}
	for who, from := range whose {
		for state, condition := range map[string]string{"": noState, "state": whereState} {
			for pressing, more := range map[string]string{"": anyTime, "open": whereOpen + anyTime, "overdue": whereOverdue + anyTime} {
				all[[3]string{who, state, pressing}] = pageHead + listHead + from + condition + more + listTail + pageTail
			}
		}
	}
	return all
}()

func (f Filter) statement() string {
	var key [3]string
	switch {
	case f.Follow != nil:
		key[0] = "follow"
	case f.Mine:
		key[0] = "mine"
	case f.Lead != nil:
		key[0] = "lead"
	case f.Office != nil:
		key[0] = "office"
	}
	if f.State != "" {
		key[1] = "state"
	}
	switch {
	case f.Overdue:
		key[2] = "overdue"
	case f.Open:
		key[2] = "open"
	}
	return statements[key]
}

// page reads one page in one query.
func page(ctx context.Context, q tenancy.Querier, f Filter, d Deadlines, after cursor, limit int) ([]record, error) {
	var me *uuid.UUID
	if f.Mine {
		me = &q.Principal().Membership
	}
	from, to := f.days()
	now := q.Now()
	return tenancy.Collect[record](ctx, q, f.statement(), q.Tenant(), after.At, after.ID, limit, f.Category, documents.Line(f.Query), from, to, f.State, f.Lead, f.Office,
		midnight(now), before(now, d.TakeUp), before(now, d.Send), before(now, d.Decide), f.Follow, me)
}

// listed is a report of the tenant that the ledger can hold, with who answers for it now.
type listed struct {
	ID       uuid.UUID
	Title    string
	State    string
	LeadID   *uuid.UUID
	FollowID *uuid.UUID
	Version  int
}

func reports(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]listed, error) {
	rows, err := tenancy.Collect[listed](ctx, q, `
		select r.id, r.title, r.state, e.lead_id, e.follow_id, coalesce(e.version, 0) as version
		from reports r left join ledger_entries e on e.tenant_id = $1 and e.report_id = r.id
		where r.tenant_id = $1 and r.id = any($2) and r.state <> 'draft'`, q.Tenant(), ids)
	found := make(map[uuid.UUID]listed, len(rows))
	for _, r := range rows {
		found[r.ID] = r
	}
	return found, err
}

// lockEntry keeps others from assigning the report meanwhile, and makes its entry where there is none yet.
func lockEntry(ctx context.Context, tx *tenancy.Tx, report uuid.UUID) (version int, err error) {
	if _, err := tx.Exec(ctx, `
		insert into ledger_entries (tenant_id, report_id, version, assigned_at) values ($1, $2, 0, $3) on conflict do nothing`,
		tx.Tenant(), report, tx.Now()); err != nil {
		return 0, err
	}
	return tenancy.Scalar[int](ctx, tx, `select version from ledger_entries where tenant_id = $1 and report_id = $2 for update`, tx.Tenant(), report)
}

const nobody = "00000000-0000-0000-0000-000000000000"

func put(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, a Assignment) error {
	_, err := tx.Exec(ctx, `
		update ledger_entries set
			lead_id = case when $3::uuid is null then lead_id else nullif($3, $8::uuid) end,
			unit_id = case when $4::uuid is null then unit_id else nullif($4, $8::uuid) end,
			follow_id = case when $5::uuid is null then follow_id else nullif($5, $8::uuid) end,
			due_on = case when $6::text is null then due_on else nullif($6, '')::date end,
			note = coalesce($7, note), version = version + 1, assigned_by = $9, assigned_at = $10
		where tenant_id = $1 and report_id = $2`,
		tx.Tenant(), report, a.Lead, a.Office, a.Follow, a.DueOn, a.Note, nobody, tx.Principal().Membership, tx.Now())
	return err
}

// assignee is a member who may be made answerable, with his roles.
type assignee struct {
	Name  string
	Roles []string
}

func member(ctx context.Context, q tenancy.Querier, id uuid.UUID) (assignee, bool, error) {
	a, err := tenancy.Get[assignee](ctx, q, `
		select m.name, array(select h.role from role_holders h where h.tenant_id = $1 and h.membership_id = m.id) as roles
		from memberships m where m.tenant_id = $1 and m.id = $2 and m.state = 'active' and m.class = 'business'`, q.Tenant(), id)
	if errors.Is(err, pgx.ErrNoRows) {
		return a, false, nil
	}
	return a, err == nil, err
}

func office(ctx context.Context, q tenancy.Querier, id uuid.UUID) (string, bool, error) {
	name, err := tenancy.Scalar[string](ctx, q, `select name from units where tenant_id = $1 and id = $2`, q.Tenant(), id)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", false, nil
	}
	return name, err == nil, err
}
