package reviews

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// row is a review as it stands in the database.
type row struct {
	ID           uuid.UUID
	SubjectID    uuid.UUID
	SubjectTitle string
	State        string
	ChainName    string
	CurrentNo    int
	StartedBy    uuid.UUID
	StartedAt    time.Time
	EndedAt      *time.Time
}

// stepRow is a step with who acted on it.
type stepRow struct {
	ReviewID uuid.UUID
	No       int
	Title    string
	Post     string
	Role     string
	State    string
	ActedBy  uuid.UUID
	Name     string
	Opinion  string
	ActedAt  *time.Time
}

const (
	nobody     = `'00000000-0000-0000-0000-000000000000'`
	rowColumns = `id, subject_id, subject_title, state, chain_name, current_no, coalesce(started_by, ` + nobody + `) as started_by, started_at, ended_at`
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

func stepsOf(ctx context.Context, q tenancy.Querier, reviews []uuid.UUID) ([]stepRow, error) {
	return tenancy.Collect[stepRow](ctx, q, `
		select s.review_id, s.no, s.title, s.post, s.role, s.state, coalesce(s.acted_by, `+nobody+`) as acted_by, coalesce(m.name, '') as name, s.opinion, s.acted_at
		from review_steps s left join memberships m on m.tenant_id = s.tenant_id and m.id = s.acted_by
		where s.tenant_id = $1 and s.review_id = any($2) order by s.review_id, s.no`, q.Tenant(), reviews)
}

func insertReview(ctx context.Context, tx *tenancy.Tx, r row, c Chain) error {
	if _, err := tx.Exec(ctx, `
		insert into reviews (tenant_id, id, subject_kind, subject_id, subject_title, chain_id, chain_name, state, current_no, started_by, started_at)
		values ($1, $2, 'report', $3, $4, $5, $6, 'running', 1, $7, $8)`,
		tx.Tenant(), r.ID, r.SubjectID, r.SubjectTitle, c.ID, c.Name, r.StartedBy, tx.Now()); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		insert into review_steps (tenant_id, review_id, no, title, post, role, state)
		select tenant_id, $2, no, title, post, role, case when no = 1 then 'current' else 'waiting' end
		from chain_steps where tenant_id = $1 and chain_id = $3`, tx.Tenant(), r.ID, c.ID)
	return err
}

func updateReview(ctx context.Context, tx *tenancy.Tx, r row) error {
	_, err := tx.Exec(ctx, `
		update reviews set state = $3, current_no = $4, subject_title = $5, ended_at = $6 where tenant_id = $1 and id = $2`,
		tx.Tenant(), r.ID, r.State, r.CurrentNo, r.SubjectTitle, r.EndedAt)
	return err
}

// actStep notes what the caller did with a step.
func actStep(ctx context.Context, tx *tenancy.Tx, review uuid.UUID, no int, state, opinion string) error {
	_, err := tx.Exec(ctx, `
		update review_steps set state = $4, acted_by = $5, opinion = $6, acted_at = $7 where tenant_id = $1 and review_id = $2 and no = $3`,
		tx.Tenant(), review, no, state, tx.Principal().Membership, opinion, tx.Now())
	return err
}

// reopenSteps makes step no the current one; of the others from it on only the step that returned keeps what was said.
func reopenSteps(ctx context.Context, tx *tenancy.Tx, review uuid.UUID, no int) error {
	_, err := tx.Exec(ctx, `
		update review_steps set
		    state = case when no = $3 then 'current' when state = 'returned' then state else 'waiting' end,
		    acted_by = case when no > $3 and state = 'returned' then acted_by end,
		    opinion = case when no > $3 and state = 'returned' then opinion else '' end,
		    acted_at = case when no > $3 and state = 'returned' then acted_at end
		where tenant_id = $1 and review_id = $2 and no >= $3`, tx.Tenant(), review, no)
	return err
}

// postOf is the caller's post as it is now.
func postOf(ctx context.Context, tx *tenancy.Tx) (string, error) {
	return tenancy.Scalar[string](ctx, tx, `select post from memberships where tenant_id = $1 and id = $2`, tx.Tenant(), tx.Principal().Membership)
}

// rolesAt are the roles of each active member whom a step waits for.
func rolesAt(ctx context.Context, tx *tenancy.Tx, post, role string) ([][]string, error) {
	return tenancy.Scalars[[]string](ctx, tx, `
		select array_agg(h.role) from memberships m join role_holders h on h.tenant_id = m.tenant_id and h.membership_id = m.id
		where m.tenant_id = $1 and m.state = 'active' and ($2 = '' or m.post = $2)
		group by m.id having $3 = '' or $3 = any(array_agg(h.role))`, tx.Tenant(), post, role)
}

func waitingFor(ctx context.Context, q tenancy.Querier, post string, roles []string) ([]uuid.UUID, error) {
	return tenancy.Scalars[uuid.UUID](ctx, q, `
		select r.subject_id from review_steps s join reviews r on r.tenant_id = s.tenant_id and r.id = s.review_id
		where s.tenant_id = $1 and s.state = 'current' and r.state = 'running' and r.subject_kind = 'report'
		  and (s.post = '' or s.post = $2) and (s.role = '' or s.role = any($3))
		order by r.started_at, r.id limit 1000`, q.Tenant(), post, roles)
}
