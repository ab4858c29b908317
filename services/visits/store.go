package visits

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/clock"
	"shangda/internal/errs"
	"shangda/tenancy"
)

func missing(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return errs.Missing()
	}
	return err
}

// planRow is a plan without its targets.
type planRow struct {
	ID                                  uuid.UUID
	Title, Note, FirstMonth, LastMonth  string
	State                               string
	Version                             int
	Planned, Done, Due, Visited, Places int
}

func (r planRow) plan() Plan {
	return Plan{ID: r.ID, Title: r.Title, Note: r.Note, FirstMonth: r.FirstMonth, LastMonth: r.LastMonth, State: r.State, Version: r.Version,
		Planned: r.Planned, Done: r.Done, Due: r.Due, Visited: r.Visited, Places: r.Places}
}

// What was planned counts by lines of the rota, what was visited by targets: a target may be visited in several months.
const planColumns = `
	select p.id, p.title, p.note, to_char(p.first_month, 'YYYY-MM') as first_month, to_char(p.last_month, 'YYYY-MM') as last_month, p.state, p.version,
	       d.planned, d.done, d.due, d.visited, t.places
	from visit_plans p
	cross join lateral (
		select count(*)::int as planned, count(*) filter (where v.there)::int as done, count(*) filter (where d.month <= $2)::int as due,
		       count(distinct d.target_id) filter (where v.there)::int as visited
		from visit_duties d
		cross join lateral (select exists (select from visits v where v.tenant_id = d.tenant_id and v.duty_id = d.id) as there) v
		where d.tenant_id = p.tenant_id and d.plan_id = p.id and not d.removed) d
	cross join lateral (select count(*)::int as places from visit_targets t where t.tenant_id = p.tenant_id and t.plan_id = p.id and not t.removed) t
	where p.tenant_id = $1 `

func listPlans(ctx context.Context, q tenancy.Querier) ([]Plan, error) {
	rows, err := tenancy.Collect[planRow](ctx, q, planColumns+`order by p.state desc, p.first_month desc, p.id desc limit 100`, q.Tenant(), clock.Today(q.Now()))
	plans := make([]Plan, 0, len(rows))
	for _, r := range rows {
		plans = append(plans, r.plan())
	}
	return plans, err
}

func findPlan(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Plan, error) {
	r, err := tenancy.Get[planRow](ctx, q, planColumns+`and p.id = $3`, q.Tenant(), clock.Today(q.Now()), id)
	if err != nil {
		return Plan{}, missing(err)
	}
	p := r.plan()
	p.Targets, err = tenancy.Collect[Target](ctx, q, `
		select id, kind, name from visit_targets where tenant_id = $1 and plan_id = $2 and not removed order by position, id`, q.Tenant(), id)
	return p, err
}

// lockPlan holds a plan against others who change it or its rota.
func lockPlan(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	_, err := tenancy.Scalar[int](ctx, tx, `select version from visit_plans where tenant_id = $1 and id = $2 for update`, tx.Tenant(), id)
	return missing(err)
}

func insertPlan(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n NewPlan) error {
	_, err := tx.Exec(ctx, `
		insert into visit_plans (tenant_id, id, title, note, first_month, last_month, state, created_by, created_at)
		values ($1, $2, $3, $4, to_date($5, 'YYYY-MM'), to_date($6, 'YYYY-MM'), $7, $8, $9)`,
		tx.Tenant(), id, n.Title, n.Note, n.FirstMonth, n.LastMonth, n.State, tx.Principal().Membership, tx.Now())
	return err
}

func savePlan(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n NewPlan) error {
	_, err := tx.Exec(ctx, `
		update visit_plans set title = $3, note = $4, first_month = to_date($5, 'YYYY-MM'), last_month = to_date($6, 'YYYY-MM'), state = $7, version = version + 1
		where tenant_id = $1 and id = $2`, tx.Tenant(), id, n.Title, n.Note, n.FirstMonth, n.LastMonth, n.State)
	return err
}

// saveTargets makes the targets those given, in their order. One that is left out is removed and stays in the records.
func saveTargets(ctx context.Context, tx *tenancy.Tx, plan uuid.UUID, targets []Target) error {
	kept := make([]uuid.UUID, 0, len(targets))
	for i, t := range targets {
		if t.ID == uuid.Nil {
			t.ID = tenancy.NewID()
		}
		n, err := tx.Exec(ctx, `
			insert into visit_targets (tenant_id, id, plan_id, position, kind, name) values ($1, $2, $3, $4, $5, $6)
			on conflict (tenant_id, id) do update set position = excluded.position, kind = excluded.kind, name = excluded.name, removed = false
			where visit_targets.plan_id = excluded.plan_id`, tx.Tenant(), t.ID, plan, i, t.Kind, t.Name)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.InvalidField("targets", "目标“%s”不属于这个计划", t.Name)
		}
		kept = append(kept, t.ID)
	}
	_, err := tx.Exec(ctx, `update visit_targets set removed = true where tenant_id = $1 and plan_id = $2 and not id = any($3)`, tx.Tenant(), plan, kept)
	return err
}

const dutyColumns = `
	select d.id, d.plan_id, p.title as plan, d.target_id as target, t.name, t.kind, to_char(d.month, 'YYYY-MM') as month, d.team, d.members,
	       array(select m.name from memberships m where m.tenant_id = d.tenant_id and m.id = any(d.members) order by array_position(d.members, m.id)) as names,
	       (select count(*) from visits v where v.tenant_id = d.tenant_id and v.duty_id = d.id)::int as visits
	from visit_duties d
	join visit_plans p on p.tenant_id = d.tenant_id and p.id = d.plan_id
	join visit_targets t on t.tenant_id = d.tenant_id and t.id = d.target_id
	where d.tenant_id = $1 and not d.removed `

func listDuties(ctx context.Context, q tenancy.Querier, plan *uuid.UUID, month string, member *uuid.UUID) ([]DutyView, error) {
	return tenancy.Collect[DutyView](ctx, q, dutyColumns+`
		and ($2::uuid is null or d.plan_id = $2) and ($3 = '' or d.month = to_date($3, 'YYYY-MM')) and ($4::uuid is null or $4 = any(d.members))
		order by d.month, d.team, t.position, d.id limit 1000`, q.Tenant(), plan, month, member)
}

func findDuty(ctx context.Context, q tenancy.Querier, id uuid.UUID) (DutyView, error) {
	d, err := tenancy.Get[DutyView](ctx, q, dutyColumns+`and d.id = $2`, q.Tenant(), id)
	return d, missing(err)
}

// saveRota makes the rota of a month those lines. A line that is left out is removed, unless it was carried out.
func saveRota(ctx context.Context, tx *tenancy.Tx, plan uuid.UUID, month string, duties []Duty) error {
	targets := make([]uuid.UUID, 0, len(duties))
	for _, d := range duties {
		targets = append(targets, d.TargetID)
	}
	if _, err := tx.Exec(ctx, `
		update visit_duties d set removed = true where d.tenant_id = $1 and d.plan_id = $2 and d.month = to_date($3, 'YYYY-MM') and not d.removed
		and not d.target_id = any($4) and not exists (select from visits v where v.tenant_id = d.tenant_id and v.duty_id = d.id)`,
		tx.Tenant(), plan, month, targets); err != nil {
		return err
	}
	for _, d := range duties {
		n, err := tx.Exec(ctx, `
			insert into visit_duties (tenant_id, id, plan_id, target_id, month, team, members)
			select $1, $2, $3, t.id, to_date($5, 'YYYY-MM'), $6, $7 from visit_targets t
			where t.tenant_id = $1 and t.id = $4 and t.plan_id = $3 and not t.removed
			on conflict (tenant_id, target_id, month) where not removed do update set team = excluded.team, members = excluded.members`,
			tx.Tenant(), tenancy.NewID(), plan, d.TargetID, month, d.Team, d.Members)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.InvalidField("duties", "走访目标不属于这个计划")
		}
	}
	return nil
}

const visitColumns = `
	v.id, v.duty_id, v.kind, v.place, to_char(v.held_on, 'YYYY-MM-DD') as held_on, v.people, v.members,
	array(select m.name from memberships m where m.tenant_id = v.tenant_id and m.id = any(v.members) order by array_position(v.members, m.id)) as names,
	v.created_by, v.version from visits v where v.tenant_id = $1 `

func findVisit(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Visit, error) {
	v, err := tenancy.Get[Visit](ctx, q, `select v.heard, `+visitColumns+`and v.id = $2`, q.Tenant(), id)
	return v, missing(err)
}

func lockVisit(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (Visit, error) {
	v, err := tenancy.Get[Visit](ctx, tx, `select v.heard, `+visitColumns+`and v.id = $2 for update of v`, tx.Tenant(), id)
	return v, missing(err)
}

func listVisits(ctx context.Context, q tenancy.Querier, f Filter, member *uuid.UUID, limit int) ([]Visit, error) {
	return tenancy.Collect[Visit](ctx, q, `select case when length(v.heard) > 120 then left(v.heard, 120) || '……' else v.heard end as heard, `+visitColumns+`
		and ($2 = '' or v.kind = $2) and ($3 = '' or position(lower($3) in lower(v.place || ' ' || v.people || ' ' || v.heard)) > 0)
		and ($4::uuid is null or v.duty_id in (select d.id from visit_duties d where d.tenant_id = $1 and d.plan_id = $4))
		and ($5::uuid is null or v.created_by = $5 or $5 = any(v.members))
		and ($6 = '' or (v.held_on, v.id) < ((select b.held_on from visits b where b.tenant_id = $1 and b.id = nullif($6, '')::uuid), nullif($6, '')::uuid))
		order by v.held_on desc, v.id desc limit $7`, q.Tenant(), f.Kind, f.Text, f.PlanID, member, f.After, limit)
}

func insertVisit(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n NewVisit) error {
	_, err := tx.Exec(ctx, `
		insert into visits (tenant_id, id, duty_id, kind, place, held_on, people, members, heard, created_by, created_at)
		values ($1, $2, $3, $4, $5, $6::text::date, $7, $8, $9, $10, $11)`,
		tx.Tenant(), id, n.DutyID, n.Kind, n.Place, n.HeldOn, n.People, n.Members, n.Heard, tx.Principal().Membership, tx.Now())
	return err
}

func saveVisit(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n NewVisit) error {
	_, err := tx.Exec(ctx, `
		update visits set duty_id = $3, kind = $4, place = $5, held_on = $6::text::date, people = $7, members = $8, heard = $9, version = version + 1
		where tenant_id = $1 and id = $2`, tx.Tenant(), id, n.DutyID, n.Kind, n.Place, n.HeldOn, n.People, n.Members, n.Heard)
	return err
}

// strangers tells whether any of these is no active member of the unit.
func strangers(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (bool, error) {
	return tenancy.Scalar[bool](ctx, q, `
		select exists (select from unnest($2::uuid[]) as i(id) where not exists (
			select from memberships m where m.tenant_id = $1 and m.id = i.id and m.state = 'active' and m.class = 'business'))`, q.Tenant(), ids)
}
