package assignments

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// Filter narrows the supervision list (督办). Box is what is waited for.
type Filter struct {
	Box        string
	Department string
	Cursor     string
	Limit      int
}

// Line is one department's part on the supervision list.
type Line struct {
	Part
	AssignmentID uuid.UUID `json:"assignment_id"`
	ReportID     uuid.UUID `json:"report_id"`
	ReportTitle  string    `json:"report_title"`
	Mode         string    `json:"mode" enum:"single,several,joint"`
	Instructed   bool      `json:"instructed" doc:"It comes from a leader's instruction"`
	AssignedAt   time.Time `json:"assigned_at"`
	Result       string    `json:"result,omitempty" enum:"A,B,C"`
}

// Counts are how many parts are with departments, how many of them are late, how many answers wait for the unit itself, and how
// many have been answered.
type Counts struct {
	Waiting int `json:"waiting"`
	Overdue int `json:"overdue"`
	Review  int `json:"review"`
	Done    int `json:"done"`
}

type lineRow struct {
	part
	ReportID    uuid.UUID
	ReportTitle string
	Mode        string
	Instructed  bool
	AssignedAt  time.Time
	Result      string
	Whole       string
}

// boxes are the states that each box shows; overdue also asks for the date.
var boxes = map[string][]string{
	"waiting": {Assigned, Refused, Accepted, Extension},
	"overdue": {Assigned, Refused, Accepted, Extension},
	"review":  {Refused, Extension, Replied},
	"done":    {Passed},
	"all":     {Assigned, Refused, Accepted, Extension, Replied, Passed, Reassigned, Cancelled},
}

// Supervise lists the departments' parts by their date, the earliest first, as far as the caller may read the reports.
func (s *Service) Supervise(ctx context.Context, f Filter) ([]Line, string, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, "", err
	}
	if err := authz.Holds(q.Principal(), authz.AssignmentRead); err != nil {
		return nil, "", err
	}
	states, known := boxes[f.Box]
	if !known {
		return nil, "", errs.InvalidField("box", "没有这个列表")
	}
	due, id, err := place(f.Cursor)
	if err != nil {
		return nil, "", err
	}
	rows, err := tenancy.Collect[lineRow](ctx, q, `
		select p.id, p.assignment_id, p.position, p.role, p.department, p.state, p.due_on, p.asked_due, p.answer, p.replied_on, p.extended,
			a.report_id, a.report_title, a.mode, a.instruction_id is not null as instructed, a.assigned_at, a.result, a.state as whole
		from assignment_parts p join assignments a on a.tenant_id = p.tenant_id and a.id = p.assignment_id
		where p.tenant_id = $1 and p.state = any($2) and (not $3 or p.due_on < $4) and ($5 = '' or strpos(p.department, $5) > 0)
		  and ($6::date is null or (p.due_on, p.id) > ($6, $7))
		order by p.due_on, p.id limit $8`,
		q.Tenant(), states, f.Box == "overdue", today(q.Now()), documents.Line(f.Department), due, id, f.Limit+1)
	if err != nil {
		return nil, "", err
	}
	cursor := ""
	if len(rows) > f.Limit {
		rows = rows[:f.Limit]
		last := rows[len(rows)-1]
		cursor = last.DueOn.Format(time.DateOnly) + last.ID.String()
	}
	list, err := s.lines(ctx, q, rows)
	return list, cursor, err
}

// place reads where a page begins: a date and the id behind it.
func place(cursor string) (*time.Time, uuid.UUID, error) {
	if cursor == "" {
		return nil, uuid.Nil, nil
	}
	refused := errs.InvalidField("cursor", "不是有效的翻页位置")
	if len(cursor) < len(time.DateOnly) {
		return nil, uuid.Nil, refused
	}
	due, err := time.Parse(time.DateOnly, cursor[:len(time.DateOnly)])
	if err != nil {
		return nil, uuid.Nil, refused
	}
	id, err := uuid.Parse(cursor[len(time.DateOnly):])
	if err != nil {
		return nil, uuid.Nil, refused
	}
	return &due, id, nil
}

func (s *Service) lines(ctx context.Context, q tenancy.Querier, rows []lineRow) ([]Line, error) {
	ids := make([]uuid.UUID, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.ReportID)
	}
	readable, err := s.reports.Readable(ctx, q, ids)
	list := make([]Line, 0, len(rows))
	for _, r := range rows {
		if !readable[r.ReportID] {
			continue
		}
		open := r.Whole == Open && authz.May(q.Principal(), authz.AssignmentWrite)
		list = append(list, Line{Part: r.view(q.Now(), open), AssignmentID: r.AssignmentID, ReportID: r.ReportID, ReportTitle: r.ReportTitle, Mode: r.Mode,
			Instructed: r.Instructed, AssignedAt: r.AssignedAt, Result: r.Result})
	}
	return list, err
}

// Count is how the supervision stands.
func (s *Service) Count(ctx context.Context) (Counts, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Counts{}, err
	}
	if err := authz.Holds(q.Principal(), authz.AssignmentRead); err != nil {
		return Counts{}, err
	}
	return tenancy.Get[Counts](ctx, q, `
		select count(*) filter (where state = any($2))::int as waiting, count(*) filter (where state = any($2) and due_on < $5)::int as overdue,
			count(*) filter (where state = any($3))::int as review, count(*) filter (where state = any($4))::int as done
		from assignment_parts where tenant_id = $1`, q.Tenant(), boxes["waiting"], boxes["review"], boxes["done"], today(q.Now()))
}
