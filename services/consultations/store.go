package consultations

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// sheetRow is a consultation as it is kept. Starter and Closer are names for the reader.
type sheetRow struct {
	ID          uuid.UUID
	ReportID    uuid.UUID
	ReportTitle string
	Kind        string
	State       string
	Question    string
	DueOn       time.Time
	MeetsAt     *time.Time
	Place       string
	Minutes     string
	Conclusion  string
	Resulting   *int
	StartedBy   uuid.UUID
	StartedAt   time.Time
	ClosedAt    *time.Time
	Digest      []byte
	Version     int
	Starter     string
	Closer      string
}

// opinionRow is a line of a sheet as it is kept.
type opinionRow struct {
	ID             uuid.UUID
	ConsultationID uuid.UUID
	Position       int
	UnitID         *uuid.UUID
	MembershipID   *uuid.UUID
	ExpertID       *uuid.UUID
	Name           string
	Outside        bool
	State          string
	Verdict        string
	Opinion        string
	Dimensions     []Dimension
	GivenBy        *uuid.UUID
	Giver          string
	RecordedBy     *uuid.UUID
	GivenAt        *time.Time
	Late           bool
	Recorder       string
}

const (
	selectSheets = `
	select c.id, c.report_id, c.report_title, c.kind, c.state, c.question, c.due_on, c.meets_at, c.place, c.minutes, c.conclusion, c.resulting, c.started_by,
		c.started_at, c.closed_at, c.digest, c.version, s.name as starter, coalesce(e.name, '') as closer
	from consultations c
	join memberships s on s.tenant_id = c.tenant_id and s.id = c.started_by
	left join memberships e on e.tenant_id = c.tenant_id and e.id = c.closed_by
	where c.tenant_id = $1 `

	selectOpinions = `
	select o.id, o.consultation_id, o.position, o.unit_id, o.membership_id, o.expert_id, o.name, o.outside, o.state, o.verdict, o.opinion, o.dimensions, o.given_by,
		o.giver, o.recorded_by, o.given_at, o.late, coalesce(r.name, '') as recorder
	from consultation_opinions o left join memberships r on r.tenant_id = o.tenant_id and r.id = o.recorded_by
	where o.tenant_id = $1 `
)

func missing[T any](row T, err error) (T, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return row, err
}

func findSheet(ctx context.Context, q tenancy.Querier, id uuid.UUID) (sheetRow, error) {
	return missing(tenancy.Get[sheetRow](ctx, q, selectSheets+`and c.id = $2`, q.Tenant(), id))
}

// lockSheet is findSheet for a change; who comes second waits and then sees the first one's change.
func lockSheet(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (sheetRow, error) {
	return missing(tenancy.Get[sheetRow](ctx, tx, selectSheets+`and c.id = $2 for update of c`, tx.Tenant(), id))
}

func findOpinion(ctx context.Context, q tenancy.Querier, id uuid.UUID) (opinionRow, error) {
	return missing(tenancy.Get[opinionRow](ctx, q, selectOpinions+`and o.id = $2`, q.Tenant(), id))
}

func sheetsOf(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]sheetRow, error) {
	return tenancy.Collect[sheetRow](ctx, q, selectSheets+`and c.report_id = $2 order by c.started_at, c.id`, q.Tenant(), report)
}

func opinionsOf(ctx context.Context, q tenancy.Querier, sheet uuid.UUID) ([]opinionRow, error) {
	return tenancy.Collect[opinionRow](ctx, q, selectOpinions+`and o.consultation_id = $2 order by o.position, o.id`, q.Tenant(), sheet)
}

const tasksShown = 50

// mine are the lines asked of the person ($2) or of his unit ($3).
const mine = `(o.membership_id = $2 or o.unit_id = $3) and o.state <> 'released'`

func unitOf(q tenancy.Querier) *uuid.UUID {
	if unit := q.Principal().Unit; unit != uuid.Nil {
		return &unit
	}
	return nil
}

func tasksOf(ctx context.Context, q tenancy.Querier) ([]sheetRow, error) {
	return tenancy.Collect[sheetRow](ctx, q, selectSheets+`
		and c.id in (select o.consultation_id from consultation_opinions o where o.tenant_id = $1 and `+mine+`)
		order by (c.state = 'open' and exists (
			select from consultation_opinions o where o.tenant_id = $1 and o.consultation_id = c.id and o.state = 'asked' and `+mine+`)) desc,
			case when c.state = 'open' then c.due_on end, c.started_at desc, c.id limit $4`, q.Tenant(), q.Principal().Membership, unitOf(q), tasksShown)
}

func isAsked(ctx context.Context, q tenancy.Querier, sheet uuid.UUID) (bool, error) {
	return tenancy.Scalar[bool](ctx, q, `
		select exists (select from consultation_opinions o where o.tenant_id = $1 and o.consultation_id = $4 and `+mine+`)`,
		q.Tenant(), q.Principal().Membership, unitOf(q), sheet)
}

func readers(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]uuid.UUID, error) {
	return tenancy.Scalars[uuid.UUID](ctx, q, `
		select m.id from consultations c
		join consultation_opinions o on o.tenant_id = c.tenant_id and o.consultation_id = c.id and o.state <> 'released'
		join memberships m on m.tenant_id = c.tenant_id and (m.id = o.membership_id or m.unit_id = o.unit_id)
		where c.tenant_id = $1 and c.report_id = $2 and c.state = 'open' and m.state = 'active'`, q.Tenant(), report)
}

// participants are the members on a sheet; waiting only those who have not spoken.
func participants(ctx context.Context, q tenancy.Querier, sheet uuid.UUID, waiting bool) ([]uuid.UUID, error) {
	return tenancy.Scalars[uuid.UUID](ctx, q, `
		select distinct m.id from consultation_opinions o
		join memberships m on m.tenant_id = o.tenant_id and (m.id = o.membership_id or m.unit_id = o.unit_id)
		where o.tenant_id = $1 and o.consultation_id = $2 and o.state <> 'released' and ($3 = false or o.state = 'asked') and m.class = 'business'`,
		q.Tenant(), sheet, waiting)
}

// peopleOf is the name of a unit or a member, and the active people who are meant by it.
func peopleOf(ctx context.Context, q tenancy.Querier, unit, member *uuid.UUID) (string, []uuid.UUID, error) {
	name, err := tenancy.Scalar[string](ctx, q, `
		select coalesce((select name from units where tenant_id = $1 and id = $2), (select name from memberships where tenant_id = $1 and id = $3), '对方')`,
		q.Tenant(), unit, member)
	if err != nil {
		return "", nil, err
	}
	people, err := tenancy.Scalars[uuid.UUID](ctx, q, `
		select id from memberships where tenant_id = $1 and state = 'active' and class = 'business' and (unit_id = $2 or id = $3)`, q.Tenant(), unit, member)
	return name, people, err
}

// hasVersion tells whether the report has a version of the number; none is fine.
func hasVersion(ctx context.Context, q tenancy.Querier, report uuid.UUID, no *int) (bool, error) {
	return tenancy.Scalar[bool](ctx, q, `
		select $3::int is null or exists (select from report_versions where tenant_id = $1 and report_id = $2 and no = $3)`, q.Tenant(), report, no)
}

func insertSheet(ctx context.Context, tx *tenancy.Tx, c sheetRow) error {
	_, err := tx.Exec(ctx, `
		insert into consultations (tenant_id, id, report_id, report_title, kind, state, question, due_on, meets_at, place, digest, started_by, started_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		tx.Tenant(), c.ID, c.ReportID, c.ReportTitle, c.Kind, c.State, c.Question, c.DueOn, c.MeetsAt, c.Place, c.Digest, c.StartedBy, tx.Now())
	return err
}

func saveSheet(ctx context.Context, tx *tenancy.Tx, c sheetRow) error {
	_, err := tx.Exec(ctx, `
		update consultations set state = $3, minutes = $4, conclusion = $5, resulting = $6, closed_by = $7, closed_at = $8, version = version + 1
		where tenant_id = $1 and id = $2`, tx.Tenant(), c.ID, c.State, c.Minutes, c.Conclusion, c.Resulting, tx.Principal().Membership, tx.Now())
	return err
}

// touchSheet marks that what stands on the sheet has changed.
func touchSheet(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	_, err := tx.Exec(ctx, `update consultations set version = version + 1 where tenant_id = $1 and id = $2`, tx.Tenant(), id)
	return err
}

// insertOpinion is false where the participant is waited for already.
func insertOpinion(ctx context.Context, tx *tenancy.Tx, o opinionRow) (bool, error) {
	n, err := tx.Exec(ctx, `
		insert into consultation_opinions (tenant_id, consultation_id, id, position, unit_id, membership_id, expert_id, name, outside, state, asked_at)
		select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 where not exists (
			select from consultation_opinions where tenant_id = $1 and consultation_id = $2 and state = 'asked' and unit_id is not distinct from $5
				and membership_id is not distinct from $6 and ($9 = false or name = $8))`,
		tx.Tenant(), o.ConsultationID, o.ID, o.Position, o.UnitID, o.MembershipID, o.ExpertID, o.Name, o.Outside, o.State, tx.Now())
	return n == 1, err
}

func saveOpinion(ctx context.Context, tx *tenancy.Tx, o opinionRow) error {
	_, err := tx.Exec(ctx, `
		update consultation_opinions set state = $3, verdict = $4, opinion = $5, dimensions = $6, given_by = $7, giver = $8, recorded_by = $9, given_at = $10, late = $11
		where tenant_id = $1 and id = $2`,
		tx.Tenant(), o.ID, o.State, o.Verdict, o.Opinion, o.Dimensions, o.GivenBy, o.Giver, o.RecordedBy, o.GivenAt, o.Late)
	return err
}
