package reviews

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/services/reviews/flow"
	"shangda/tenancy"
)

// act is one thing done, as it is kept. By is the caller.
type act struct {
	Verb     string
	Step     uuid.UUID
	Task     uuid.UUID
	OnBehalf uuid.UUID
	People   []uuid.UUID
	Opinion  string
	Ticks    []Tick
	Before   *Text
	After    *Text
}

// at is an act at a stage on a task; where the caller stood in, for whom.
func at(verb string, stage *flow.Stage, task *flow.Task) act {
	a := act{Verb: verb}
	if stage != nil {
		a.Step = stage.ID
	}
	if task != nil {
		a.Task = task.ID
		if task.By != uuid.Nil && task.By != task.Member {
			a.OnBehalf = task.Member
		}
	}
	return a
}

func insertAct(ctx context.Context, tx *tenancy.Tx, review uuid.UUID, a act) error {
	_, err := tx.Exec(ctx, `
		insert into review_acts (tenant_id, id, review_id, step_id, task_id, verb, by, on_behalf, people, opinion, ticks, before, after, at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		tx.Tenant(), tenancy.NewID(), review, null(a.Step), null(a.Task), a.Verb, null(tx.Principal().Membership), null(a.OnBehalf), list(a.People),
		a.Opinion, list(a.Ticks), a.Before, a.After, tx.Now())
	return err
}

type actRow struct {
	ID       uuid.UUID
	ReviewID uuid.UUID
	StepID   uuid.UUID
	TaskID   uuid.UUID
	Verb     string
	By       uuid.UUID
	OnBehalf uuid.UUID
	People   []uuid.UUID
	Opinion  string
	Ticks    []Tick
	Before   *Text
	After    *Text
	At       time.Time
}

func actsOf(ctx context.Context, q tenancy.Querier, reviews []uuid.UUID) ([]actRow, error) {
	return tenancy.Collect[actRow](ctx, q, `
		select id, review_id, coalesce(step_id, `+nobody+`) as step_id, coalesce(task_id, `+nobody+`) as task_id, verb, coalesce(by, `+nobody+`) as by,
		       coalesce(on_behalf, `+nobody+`) as on_behalf, people, opinion, ticks, before, after, at
		from review_acts where tenant_id = $1 and review_id = any($2) order by review_id, at, id`, q.Tenant(), reviews)
}

// urgedSince tells how often the step was urged since it opened, and when last.
func urgedSince(ctx context.Context, q tenancy.Querier, review, step uuid.UUID) (n int, last time.Time, err error) {
	times, err := tenancy.Scalars[time.Time](ctx, q, `
		select at from review_acts where tenant_id = $1 and review_id = $2 and step_id = $3 and verb = 'urge' order by at desc`, q.Tenant(), review, step)
	if len(times) > 0 {
		last = times[0]
	}
	return len(times), last, err
}

type copyRow struct {
	ReviewID uuid.UUID
	Member   uuid.UUID
	GivenBy  uuid.UUID
	At       time.Time
	ReadAt   *time.Time
	Remark   string
}

func copiesOf(ctx context.Context, q tenancy.Querier, reviews []uuid.UUID) ([]copyRow, error) {
	return tenancy.Collect[copyRow](ctx, q, `
		select review_id, member, coalesce(given_by, `+nobody+`) as given_by, at, read_at, remark
		from review_copies where tenant_id = $1 and review_id = any($2) order by at, member`, q.Tenant(), reviews)
}

// giveCopies sends copies and tells who did not have one yet.
func giveCopies(ctx context.Context, tx *tenancy.Tx, review uuid.UUID, to []uuid.UUID) ([]uuid.UUID, error) {
	return tenancy.Scalars[uuid.UUID](ctx, tx, `
		insert into review_copies (tenant_id, review_id, member, given_by, at) select $1, $2, m, $4, $5 from unnest($3::uuid[]) m
		on conflict do nothing returning member`, tx.Tenant(), review, to, tx.Principal().Membership, tx.Now())
}

func readCopy(ctx context.Context, tx *tenancy.Tx, review uuid.UUID, remark string) (bool, error) {
	n, err := tx.Exec(ctx, `
		update review_copies set read_at = $4, remark = $5 where tenant_id = $1 and review_id = $2 and member = $3 and read_at is null`,
		tx.Tenant(), review, tx.Principal().Membership, tx.Now(), remark)
	return n == 1, err
}
