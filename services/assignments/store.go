package assignments

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// row is an assignment as it is kept.
type row struct {
	ID            uuid.UUID
	ReportID      uuid.UUID
	ReportTitle   string
	InstructionID *uuid.UUID
	Mode          string
	Request       string
	State         string
	Result        string
	Feedback      string
	Note          string
	AnsweredEvent *uuid.UUID
	AssignedBy    uuid.UUID
	Assigner      string
	AssignedAt    time.Time
	EndedAt       *time.Time
}

// part is one department's.
type part struct {
	ID           uuid.UUID
	AssignmentID uuid.UUID
	Position     int
	Role         string
	Department   string
	State        string
	DueOn        time.Time
	AskedDue     *time.Time
	Answer       string
	RepliedOn    *time.Time
	Extended     int
}

// step is one line of the history.
type step struct {
	ID         uuid.UUID
	PartID     *uuid.UUID
	Step       string
	Department string
	Note       string
	HappenedOn time.Time
	DueOn      *time.Time
	ByHand     bool
	Recorder   string
	RecordedAt time.Time
}

const columns = `id, report_id, report_title, instruction_id, mode, request, state, result, feedback, note, answered_event, assigned_by, assigner, assigned_at, ended_at`

const partColumns = `id, assignment_id, position, role, department, state, due_on, asked_due, answer, replied_on, extended`

func single[T any](found T, err error) (T, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return found, err
}

func find(ctx context.Context, q tenancy.Querier, id uuid.UUID) (row, error) {
	return single(tenancy.Get[row](ctx, q, `select `+columns+` from assignments where tenant_id = $1 and id = $2`, q.Tenant(), id))
}

// lock is the assignment with its parts for a change; who comes second waits and then sees the first one's change.
func lock(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (row, []part, error) {
	a, err := single(tenancy.Get[row](ctx, tx, `select `+columns+` from assignments where tenant_id = $1 and id = $2 for update`, tx.Tenant(), id))
	if err != nil {
		return a, nil, err
	}
	parts, err := partsOf(ctx, tx, id)
	return a, parts, err
}

// ofPart is the assignment that a part belongs to.
func ofPart(ctx context.Context, q tenancy.Querier, id uuid.UUID) (uuid.UUID, error) {
	return single(tenancy.Scalar[uuid.UUID](ctx, q, `select assignment_id from assignment_parts where tenant_id = $1 and id = $2`, q.Tenant(), id))
}

// ofStepID is the assignment that a step belongs to.
func ofStepID(ctx context.Context, q tenancy.Querier, id uuid.UUID) (uuid.UUID, error) {
	return single(tenancy.Scalar[uuid.UUID](ctx, q, `select assignment_id from assignment_steps where tenant_id = $1 and id = $2`, q.Tenant(), id))
}

func ofReportRows(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]row, error) {
	return tenancy.Collect[row](ctx, q, `
		select `+columns+` from assignments where tenant_id = $1 and report_id = $2 order by assigned_at, id`, q.Tenant(), report)
}

func partsOf(ctx context.Context, q tenancy.Querier, assignment uuid.UUID) ([]part, error) {
	return tenancy.Collect[part](ctx, q, `
		select `+partColumns+` from assignment_parts where tenant_id = $1 and assignment_id = $2 order by position`, q.Tenant(), assignment)
}

func stepsOf(ctx context.Context, q tenancy.Querier, assignment uuid.UUID) ([]step, error) {
	return tenancy.Collect[step](ctx, q, `
		select id, part_id, step, department, note, happened_on, due_on, by_hand, recorder, recorded_at
		from assignment_steps where tenant_id = $1 and assignment_id = $2 order by recorded_at, id`, q.Tenant(), assignment)
}

func insert(ctx context.Context, tx *tenancy.Tx, a row) error {
	_, err := tx.Exec(ctx, `
		insert into assignments (tenant_id, id, report_id, report_title, instruction_id, mode, request, state, assigned_by, assigner, assigned_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		tx.Tenant(), a.ID, a.ReportID, a.ReportTitle, a.InstructionID, a.Mode, a.Request, a.State, a.AssignedBy, a.Assigner, a.AssignedAt)
	return err
}

func save(ctx context.Context, tx *tenancy.Tx, a row) error {
	_, err := tx.Exec(ctx, `
		update assignments set state = $3, result = $4, feedback = $5, note = $6, answered_event = $7, ended_at = $8, version = version + 1
		where tenant_id = $1 and id = $2`,
		tx.Tenant(), a.ID, a.State, a.Result, a.Feedback, a.Note, a.AnsweredEvent, a.EndedAt)
	return err
}

func insertPart(ctx context.Context, tx *tenancy.Tx, p part) error {
	_, err := tx.Exec(ctx, `
		insert into assignment_parts (tenant_id, id, assignment_id, position, role, department, state, due_on)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.Tenant(), p.ID, p.AssignmentID, p.Position, p.Role, p.Department, p.State, p.DueOn)
	return err
}

// savePart writes a part; where its date changed it is reminded of anew.
func savePart(ctx context.Context, tx *tenancy.Tx, p part) error {
	_, err := tx.Exec(ctx, `
		update assignment_parts set state = $3, asked_due = $5, answer = $6, replied_on = $7, extended = $8, due_on = $4,
			reminded_at = case when due_on = $4 then reminded_at end, overdue_at = case when due_on = $4 then overdue_at end
		where tenant_id = $1 and id = $2`,
		tx.Tenant(), p.ID, p.State, p.DueOn, p.AskedDue, p.Answer, p.RepliedOn, p.Extended)
	return err
}

func insertStep(ctx context.Context, tx *tenancy.Tx, assignment uuid.UUID, s step) error {
	p := tx.Principal()
	_, err := tx.Exec(ctx, `
		insert into assignment_steps (tenant_id, id, assignment_id, part_id, step, department, note, happened_on, due_on, by_hand, recorded_by, recorder, recorded_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		tx.Tenant(), s.ID, assignment, s.PartID, s.Step, s.Department, s.Note, s.HappenedOn, s.DueOn, s.ByHand, p.Membership, p.Name, tx.Now())
	return err
}

// voice is what an author said.
type voice struct {
	Event      uuid.UUID
	Unit       int32
	UnitReport uuid.UUID
	Verdict    string
	Note       string
	SaidAt     time.Time
}

// insertVoice is false where this report's author has spoken about that answer.
func insertVoice(ctx context.Context, tx *tenancy.Tx, v voice, by *uuid.UUID) (bool, error) {
	n, err := tx.Exec(ctx, `
		insert into satisfactions (tenant_id, event, unit, unit_report, verdict, note, said_by, said_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict do nothing`, tx.Tenant(), v.Event, v.Unit, v.UnitReport, v.Verdict, v.Note, by, v.SaidAt)
	return n == 1, err
}

const selectVoices = `select event, unit, unit_report, verdict, note, said_at from satisfactions where tenant_id = $1 `

// voicesOn is what authors said about an answer.
func voicesOn(ctx context.Context, q tenancy.Querier, event uuid.UUID) ([]voice, error) {
	return tenancy.Collect[voice](ctx, q, selectVoices+`and event = $2 order by said_at, unit, unit_report`, q.Tenant(), event)
}

// voicesOf is what was said of a report of this tenant.
func voicesOf(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]voice, error) {
	return tenancy.Collect[voice](ctx, q, selectVoices+`and unit = $1 and unit_report = $2 order by said_at, event`, q.Tenant(), report)
}

func byEvent(ctx context.Context, q tenancy.Querier, event uuid.UUID) ([]row, error) {
	return tenancy.Collect[row](ctx, q, `select `+columns+` from assignments where tenant_id = $1 and answered_event = $2`, q.Tenant(), event)
}
