package checks

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// row is a check as it is kept. To, Asker and Recorder are names for the reader.
type row struct {
	ID           uuid.UUID
	ReportID     uuid.UUID
	ReportTitle  string
	Matter       string
	State        string
	UnitID       *uuid.UUID
	MembershipID *uuid.UUID
	Department   string
	Question     string
	AskedBy      *uuid.UUID
	AskedAt      *time.Time
	DueOn        *time.Time
	Method       string
	Result       string
	Note         string
	CheckedBy    *uuid.UUID
	Checker      string
	RecordedBy   *uuid.UUID
	CheckedAt    *time.Time
	Digest       []byte
	Figures      []byte
	Reason       string
	EndedAt      *time.Time
	To           string
	Asker        string
	Recorder     string
}

const selectChecks = `
	select c.id, c.report_id, c.report_title, c.matter, c.state, c.unit_id, c.membership_id, c.department, c.question, c.asked_by, c.asked_at, c.due_on,
		c.method, c.result, c.note, c.checked_by, c.checker, c.recorded_by, c.checked_at, c.digest, c.figures, c.reason, c.ended_at,
		coalesce(u.name, m.name, c.department) as to, coalesce(a.name, '') as asker, coalesce(r.name, '') as recorder
	from checks c
	left join units u on u.tenant_id = c.tenant_id and u.id = c.unit_id
	left join memberships m on m.tenant_id = c.tenant_id and m.id = c.membership_id
	left join memberships a on a.tenant_id = c.tenant_id and a.id = c.asked_by
	left join memberships r on r.tenant_id = c.tenant_id and r.id = c.recorded_by
	where c.tenant_id = $1 `

func single(c row, err error) (row, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return c, err
}

func find(ctx context.Context, q tenancy.Querier, id uuid.UUID) (row, error) {
	return single(tenancy.Get[row](ctx, q, selectChecks+`and c.id = $2`, q.Tenant(), id))
}

// lock is find for a change; who comes second waits and then sees the first one's change.
func lock(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (row, error) {
	return single(tenancy.Get[row](ctx, tx, selectChecks+`and c.id = $2 for update of c`, tx.Tenant(), id))
}

func ofReportRows(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]row, error) {
	return tenancy.Collect[row](ctx, q, selectChecks+`and c.report_id = $2 order by c.created_at, c.id`, q.Tenant(), report)
}

// knownOf is what was checked of a report, in the order it was done.
func knownOf(ctx context.Context, q tenancy.Querier, report uuid.UUID) (known, error) {
	checks, err := tenancy.Collect[row](ctx, q, selectChecks+`and c.report_id = $2 and c.state = 'done' order by c.checked_at, c.id`, q.Tenant(), report)
	if err != nil {
		return known{}, err
	}
	proof, err := lastProof(ctx, q, report)
	return known{checks: checks, proof: proof}, err
}

const tasksShown = 100

func tasksOf(ctx context.Context, q tenancy.Querier) ([]row, error) {
	p := q.Principal()
	var unit *uuid.UUID
	if p.Unit != uuid.Nil {
		unit = &p.Unit
	}
	return tenancy.Collect[row](ctx, q, selectChecks+`
		and (c.membership_id = $2 or c.unit_id = $3)
		order by (c.state = 'asked') desc, case when c.state = 'asked' then c.due_on end, c.created_at desc, c.id limit $4`,
		q.Tenant(), p.Membership, unit, tasksShown)
}

func readers(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]uuid.UUID, error) {
	return tenancy.Scalars[uuid.UUID](ctx, q, `
		select m.id from memberships m join checks c on c.tenant_id = m.tenant_id and (c.membership_id = m.id or c.unit_id = m.unit_id)
		where c.tenant_id = $1 and c.report_id = $2 and c.state = 'asked' and m.state = 'active'`, q.Tenant(), report)
}

// addressee is whom a request goes to: the name it is shown by, and the people who are told.
type addressee struct {
	Name   string
	People []uuid.UUID
}

// asked finds the addressee of a request; Invalid where it is none of this tenant's, or nobody there could answer.
func asked(ctx context.Context, q tenancy.Querier, n NewRequest) (addressee, error) {
	if n.Department != "" {
		return addressee{Name: n.Department}, nil
	}
	people, err := peopleOf(ctx, q, n.UnitID, n.MembershipID)
	if err != nil {
		return addressee{}, err
	}
	if len(people) == 0 && n.UnitID != nil {
		return addressee{}, errs.InvalidField("to", "该机构目前没有可以答复的人员")
	}
	if len(people) == 0 {
		return addressee{}, errs.InvalidField("to", "没有这个人员，或已停用")
	}
	name, err := tenancy.Scalar[string](ctx, q, `
		select coalesce((select name from units where tenant_id = $1 and id = $2), (select name from memberships where tenant_id = $1 and id = $3), '')`,
		q.Tenant(), n.UnitID, n.MembershipID)
	return addressee{Name: name, People: people}, err
}

// peopleOf are the active members for the business who are meant by a unit or a person.
func peopleOf(ctx context.Context, q tenancy.Querier, unit, member *uuid.UUID) ([]uuid.UUID, error) {
	return tenancy.Scalars[uuid.UUID](ctx, q, `
		select id from memberships where tenant_id = $1 and state = 'active' and class = 'business' and (unit_id = $2 or id = $3)`, q.Tenant(), unit, member)
}

func insert(ctx context.Context, tx *tenancy.Tx, c row) error {
	_, err := tx.Exec(ctx, `
		insert into checks (tenant_id, id, report_id, report_title, matter, state, unit_id, membership_id, department, question, asked_by, asked_at, due_on,
			method, result, note, checked_by, checker, recorded_by, checked_at, digest, figures, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`,
		tx.Tenant(), c.ID, c.ReportID, c.ReportTitle, c.Matter, c.State, c.UnitID, c.MembershipID, c.Department, c.Question, c.AskedBy, c.AskedAt, c.DueOn,
		c.Method, c.Result, c.Note, c.CheckedBy, c.Checker, c.RecordedBy, c.CheckedAt, c.Digest, c.Figures, tx.Now())
	return err
}

// update writes how a request ended.
func update(ctx context.Context, tx *tenancy.Tx, c row) error {
	_, err := tx.Exec(ctx, `
		update checks set state = $3, method = $4, result = $5, note = $6, checked_by = $7, checker = $8, recorded_by = $9, checked_at = $10,
			digest = $11, figures = $12, reason = $13, ended_at = $14
		where tenant_id = $1 and id = $2`,
		tx.Tenant(), c.ID, c.State, c.Method, c.Result, c.Note, c.CheckedBy, c.Checker, c.RecordedBy, c.CheckedAt, c.Digest, c.Figures, c.Reason, c.EndedAt)
	return err
}
