package assignments

import (
	"context"

	"github.com/google/uuid"

	"shangda/internal/workdays"
	"shangda/services/notices"
	"shangda/tenancy"
)

// dueRow is a part that somebody is waited for.
type dueRow struct {
	ID           uuid.UUID
	AssignmentID uuid.UUID
	Department   string
	State        string
	ReportID     uuid.UUID
	ReportTitle  string
	AssignedBy   uuid.UUID
	Late         bool
}

const dueParts = `
	p.tenant_id = $1 and p.state in ('assigned', 'refused', 'accepted', 'extension', 'replied')
	and (p.due_on < $2 and p.overdue_at is null or p.due_on >= $2 and p.due_on <= $3 and p.reminded_at is null)`

// heads are the roles that hear of what is late, with who assigned it.
var heads = []string{"reviewer"}

// Tidy reminds of parts: once when the next working day is the last one, and once when the date has passed, then with the head
// of the office (upkeep.Chore). It says what is waited for in the stage the part is in. Nobody is disturbed on a free day.
func (s *Service) Tidy(ctx context.Context) error {
	q, err := s.db.Read(ctx)
	if err != nil {
		return err
	}
	now, days := q.Now(), workdays.Calendar{}
	if !days.Works(now) {
		return nil
	}
	from, to := today(now), today(days.Add(now, 1, 0))
	due, err := tenancy.Scalar[bool](ctx, q, `select exists (select from assignment_parts p where `+dueParts+`)`, q.Tenant(), from, to)
	if err != nil || !due {
		return err
	}
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		rows, err := tenancy.Collect[dueRow](ctx, tx, `
			select p.id, p.assignment_id, p.department, p.state, a.report_id, a.report_title, a.assigned_by, p.due_on < $2 as late
			from assignment_parts p join assignments a on a.tenant_id = p.tenant_id and a.id = p.assignment_id
			where `+dueParts+` order by p.due_on, p.id limit 200 for update of p skip locked`, tx.Tenant(), from, to)
		if err != nil {
			return err
		}
		for _, p := range rows {
			if err := s.remind(ctx, tx, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// stageText is what is waited for in each state.
var stageText = map[string]string{
	Assigned: "还没有签收", Refused: "的申退还没有处理", Accepted: "还没有答复", Extension: "的延期申请还没有处理", Replied: "的答复还没有审核",
}

func (s *Service) remind(ctx context.Context, tx *tenancy.Tx, p dueRow) error {
	if _, err := tx.Exec(ctx, `
		update assignment_parts set reminded_at = coalesce(reminded_at, $3), overdue_at = case when $4 then $3 end where tenant_id = $1 and id = $2`,
		tx.Tenant(), p.ID, tx.Now(), p.Late); err != nil {
		return err
	}
	tx.Record(tenancy.Event{Kind: "assignment.reminded", Subject: subject(p.AssignmentID)})
	n := notices.Notice{Kind: "assignment.due", Subject: ofReport(p.ReportID), Text: "《" + p.ReportTitle + "》即将到期：" + p.Department + stageText[p.State]}
	if p.Late {
		n.Kind, n.Text = "assignment.overdue", "《"+p.ReportTitle+"》已超过办理期限："+p.Department+stageText[p.State]
		if err := s.notices.TellRoles(ctx, tx, heads, n); err != nil {
			return err
		}
	}
	return s.notices.Tell(ctx, tx, []uuid.UUID{p.AssignedBy}, n)
}
