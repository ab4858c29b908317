package reviews

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/services/reviews/flow"
	"shangda/tenancy"
)

// row is a review as it stands in the database.
type row struct {
	ID           uuid.UUID
	SubjectID    uuid.UUID
	SubjectTitle string
	State        string
	ChainID      uuid.UUID
	ChainName    string
	StartedBy    uuid.UUID
	StartedAt    time.Time
	EndedAt      *time.Time
	Seq          int
	Green        []string
	Follow       []string
	Addressees   []string
}

type stageRow struct {
	ID         uuid.UUID
	ReviewID   uuid.UUID
	No         int
	State      string
	AddedBy    uuid.UUID
	Definition flow.Step
}

type taskRow struct {
	ID       uuid.UUID
	ReviewID uuid.UUID
	StepID   uuid.UUID
	Member   uuid.UUID
	State    string
	ActedBy  uuid.UUID
	Seq      int
	GivenBy  uuid.UUID
	DueAt    *time.Time
}

const (
	nobody     = `'00000000-0000-0000-0000-000000000000'::uuid`
	rowColumns = `id, subject_id, subject_title, state, chain_id, chain_name, coalesce(started_by, ` + nobody + `) as started_by, started_at, ended_at, seq, green, follow, addressees`
)

func lockReview(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (row, error) {
	return oneRow(tenancy.Get[row](ctx, tx, `select `+rowColumns+` from reviews where tenant_id = $1 and id = $2 for update`, tx.Tenant(), id))
}

func findReview(ctx context.Context, q tenancy.Querier, id uuid.UUID) (row, error) {
	return oneRow(tenancy.Get[row](ctx, q, `select `+rowColumns+` from reviews where tenant_id = $1 and id = $2`, q.Tenant(), id))
}

func oneRow[T any](r T, err error) (T, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return r, err
}

func reviewsOf(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]row, error) {
	return tenancy.Collect[row](ctx, q, `
		select `+rowColumns+` from reviews where tenant_id = $1 and subject_kind = 'report' and subject_id = $2 order by started_at, id`,
		q.Tenant(), report)
}

func stagesOf(ctx context.Context, q tenancy.Querier, reviews []uuid.UUID) ([]stageRow, error) {
	return tenancy.Collect[stageRow](ctx, q, `
		select id, review_id, no, state, coalesce(added_by, `+nobody+`) as added_by, definition
		from review_steps where tenant_id = $1 and review_id = any($2) order by review_id, no`, q.Tenant(), reviews)
}

func tasksOf(ctx context.Context, q tenancy.Querier, reviews []uuid.UUID) ([]taskRow, error) {
	return tenancy.Collect[taskRow](ctx, q, `
		select id, review_id, step_id, member, state, coalesce(acted_by, `+nobody+`) as acted_by, seq, coalesce(given_by, `+nobody+`) as given_by, due_at
		from review_tasks where tenant_id = $1 and review_id = any($2) and state <> 'void' order by review_id, step_id, place, id`, q.Tenant(), reviews)
}

// runOf puts the rows of a review together as the machine knows it.
func (r row) runOf(stages []stageRow, tasks []taskRow) *flow.Run {
	run := &flow.Run{State: r.State, Green: r.Green, Starter: r.StartedBy, Seq: r.Seq}
	at := map[uuid.UUID]*flow.Stage{}
	for _, s := range stages {
		if s.ReviewID != r.ID {
			continue
		}
		stage := &flow.Stage{ID: s.ID, Step: s.Definition, State: s.State, AddedBy: s.AddedBy}
		stage.No = s.No
		at[s.ID] = stage
		run.Stages = append(run.Stages, stage)
	}
	for _, t := range tasks {
		if stage := at[t.StepID]; stage != nil {
			stage.Tasks = append(stage.Tasks, &flow.Task{ID: t.ID, Member: t.Member, State: t.State, By: t.ActedBy, Seq: t.Seq, From: t.GivenBy})
		}
	}
	return run
}

func insertReview(ctx context.Context, tx *tenancy.Tx, r row) error {
	_, err := tx.Exec(ctx, `
		insert into reviews (tenant_id, id, subject_kind, subject_id, subject_title, chain_id, chain_name, state, seq, green, follow, addressees, started_by, started_at)
		values ($1, $2, 'report', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		tx.Tenant(), r.ID, r.SubjectID, r.SubjectTitle, r.ChainID, r.ChainName, r.State, r.Seq, list(r.Green), list(r.Follow), list(r.Addressees), r.StartedBy, tx.Now())
	return err
}

func updateReview(ctx context.Context, tx *tenancy.Tx, r row) error {
	_, err := tx.Exec(ctx, `
		update reviews set state = $3, seq = $4, subject_title = $5, ended_at = $6, green = $7 where tenant_id = $1 and id = $2`,
		tx.Tenant(), r.ID, r.State, r.Seq, r.SubjectTitle, r.EndedAt, list(r.Green))
	return err
}

// saveStages writes the stages of a review as they are now; what was there stays, with its new place and state.
func saveStages(ctx context.Context, tx *tenancy.Tx, review uuid.UUID, stages []map[string]any) error {
	_, err := tx.Exec(ctx, `
		insert into review_steps (tenant_id, id, review_id, no, state, added_by, definition)
		select $1, s.id, $2, s.no, s.state, s.added_by, s.definition
		from jsonb_to_recordset($3::jsonb) as s(id uuid, no int, state text, added_by uuid, definition jsonb)
		on conflict (tenant_id, id) do update set no = excluded.no, state = excluded.state
		where (review_steps.no, review_steps.state) is distinct from (excluded.no, excluded.state)`, tx.Tenant(), review, stages)
	return err
}

// saveTasks writes the tasks; one that opens gets its time and its limit.
func saveTasks(ctx context.Context, tx *tenancy.Tx, review uuid.UUID, tasks []map[string]any) error {
	_, err := tx.Exec(ctx, `
		insert into review_tasks (tenant_id, id, review_id, step_id, place, member, state, acted_by, seq, given_by, opened_at, due_at)
		select $1, t.id, $2, t.step_id, t.place, t.member, t.state, t.acted_by, t.seq, t.given_by, case when t.opens then $4::timestamptz end, t.due_at
		from jsonb_to_recordset($3::jsonb) as t(id uuid, step_id uuid, place int, member uuid, state text, acted_by uuid, seq int, given_by uuid, opens bool, due_at timestamptz)
		on conflict (tenant_id, id) do update set place = excluded.place, state = excluded.state, acted_by = excluded.acted_by, seq = excluded.seq,
		    opened_at = coalesce(excluded.opened_at, review_tasks.opened_at),
		    due_at = case when excluded.opened_at is null then review_tasks.due_at else excluded.due_at end,
		    reminded = case when excluded.opened_at is null then review_tasks.reminded else 0 end
		where (review_tasks.place, review_tasks.state, review_tasks.acted_by, review_tasks.seq) is distinct from (excluded.place, excluded.state, excluded.acted_by, excluded.seq)
		   or excluded.opened_at is not null`, tx.Tenant(), review, tasks, tx.Now())
	return err
}

// waitingFor lists the subjects of what waits for the member, or for whom the member stands in now.
func waitingFor(ctx context.Context, q tenancy.Querier, member uuid.UUID) ([]uuid.UUID, error) {
	return tenancy.Scalars[uuid.UUID](ctx, q, `
		select r.subject_id from reviews r join (
			select distinct t.review_id from review_tasks t
			where t.tenant_id = $1 and t.state = 'open' and (t.member = $2 or t.member in (
				select principal from delegations where tenant_id = $1 and deputy = $2 and ended_at is null and starts_at <= $3 and ends_at > $3))
		) t on t.review_id = r.id
		where r.tenant_id = $1 and r.state in ('running', 'released') and r.subject_kind = 'report'
		order by r.started_at, r.id limit 1000`, q.Tenant(), member, q.Now())
}

func namesOf(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]string, error) {
	type named struct {
		ID   uuid.UUID
		Name string
	}
	found, err := tenancy.Collect[named](ctx, q, `select id, name from memberships where tenant_id = $1 and id = any($2)`, q.Tenant(), ids)
	names := make(map[uuid.UUID]string, len(found))
	for _, n := range found {
		names[n.ID] = n.Name
	}
	return names, err
}
