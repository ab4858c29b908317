package checks

import (
	"context"

	"github.com/google/uuid"

	"shangda/internal/workdays"
	"shangda/services/notices"
	"shangda/tenancy"
)

// dueRow is a request that nobody has answered.
type dueRow struct {
	ID           uuid.UUID
	ReportID     uuid.UUID
	ReportTitle  string
	UnitID       *uuid.UUID
	MembershipID *uuid.UUID
	AskedBy      uuid.UUID
	Late         bool
}

const dueChecks = `
	tenant_id = $1 and state = 'asked' and (due_on < $2 and overdue_at is null or due_on >= $2 and due_on <= $3 and reminded_at is null)`

// Tidy reminds of requests: once when the next working day is the last one, and once when the date has passed, then with the
// person who asked (upkeep.Chore). Nobody is disturbed on a free day.
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
	due, err := tenancy.Scalar[bool](ctx, q, `select exists (select from checks where `+dueChecks+`)`, q.Tenant(), from, to)
	if err != nil || !due {
		return err
	}
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		rows, err := tenancy.Collect[dueRow](ctx, tx, `
			select id, report_id, report_title, unit_id, membership_id, asked_by, due_on < $2 as late from checks where `+dueChecks+`
			order by due_on, id limit 200 for update skip locked`, tx.Tenant(), from, to)
		if err != nil {
			return err
		}
		for _, c := range rows {
			if err := s.remind(ctx, tx, c); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) remind(ctx context.Context, tx *tenancy.Tx, c dueRow) error {
	if _, err := tx.Exec(ctx, `
		update checks set reminded_at = coalesce(reminded_at, $3), overdue_at = case when $4 then $3 end where tenant_id = $1 and id = $2`,
		tx.Tenant(), c.ID, tx.Now(), c.Late); err != nil {
		return err
	}
	tx.Record(tenancy.Event{Kind: "check.reminded", Subject: subject(c.ID)})
	people, err := peopleOf(ctx, tx, c.UnitID, c.MembershipID)
	if err != nil {
		return err
	}
	asker := []uuid.UUID{c.AskedBy}
	if !c.Late {
		if len(people) == 0 { // a department outside: who asked calls it
			return s.notices.Tell(ctx, tx, asker, notices.Notice{Kind: "check.due", Subject: ofReport(c.ReportID), Text: "请职能部门核实《" + c.ReportTitle + "》的事项即将到期"})
		}
		return s.notices.Tell(ctx, tx, people, notices.Notice{Kind: "check.due", Subject: subject(c.ID), Text: "请您核实《" + c.ReportTitle + "》的事项即将到期"})
	}
	if err := s.notices.Tell(ctx, tx, people, notices.Notice{Kind: "check.overdue", Subject: subject(c.ID), Text: "请您核实《" + c.ReportTitle + "》的事项已超过期限，请尽快答复"}); err != nil {
		return err
	}
	return s.notices.Tell(ctx, tx, asker, notices.Notice{Kind: "check.overdue", Subject: ofReport(c.ReportID), Text: "《" + c.ReportTitle + "》请人核实的事项已超过期限"})
}
