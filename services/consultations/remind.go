package consultations

import (
	"context"

	"github.com/google/uuid"

	"shangda/internal/workdays"
	"shangda/services/notices"
	"shangda/tenancy"
)

// dueRow is a sheet on which somebody is still waited for.
type dueRow struct {
	ID          uuid.UUID
	ReportID    uuid.UUID
	ReportTitle string
	Kind        string
	StartedBy   uuid.UUID
	Late        bool
}

const dueSheets = `
	c.tenant_id = $1 and c.state = 'open' and (c.due_on < $2 and c.overdue_at is null or c.due_on >= $2 and c.due_on <= $3 and c.reminded_at is null)
	and exists (select from consultation_opinions o where o.tenant_id = $1 and o.consultation_id = c.id and o.state = 'asked')`

// Tidy reminds whoever has not spoken: once when the next working day is the last one, and once when the date has passed, then
// with the person who started it (upkeep.Chore). Nobody is disturbed on a free day.
func (s *Service) Tidy(ctx context.Context) error {
	q, err := s.db.Read(ctx)
	if err != nil {
		return err
	}
	now := q.Now()
	days := workdays.Calendar{}
	if !days.Works(now) {
		return nil
	}
	from, to := today(now), today(days.Add(now, 1, 0))
	due, err := tenancy.Scalar[bool](ctx, q, `select exists (select from consultations c where `+dueSheets+`)`, q.Tenant(), from, to)
	if err != nil || !due {
		return err
	}
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		rows, err := tenancy.Collect[dueRow](ctx, tx, `
			select c.id, c.report_id, c.report_title, c.kind, c.started_by, c.due_on < $2 as late from consultations c where `+dueSheets+`
			order by c.due_on, c.id limit 200 for update of c skip locked`, tx.Tenant(), from, to)
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
		update consultations set reminded_at = coalesce(reminded_at, $3), overdue_at = case when $4 then $3 end where tenant_id = $1 and id = $2`,
		tx.Tenant(), c.ID, tx.Now(), c.Late); err != nil {
		return err
	}
	tx.Record(tenancy.Event{Kind: "consultation.reminded", Subject: subject(c.ID)})
	people, err := participants(ctx, tx, c.ID, true)
	if err != nil {
		return err
	}
	what := kindText[c.Kind] + "：《" + c.ReportTitle + "》"
	if !c.Late {
		return s.notices.Tell(ctx, tx, people, notices.Notice{Kind: "consultation.due", Subject: subject(c.ID), Text: what + "的意见即将到期，请及时提出"})
	}
	if err := s.notices.Tell(ctx, tx, people, notices.Notice{Kind: "consultation.overdue", Subject: subject(c.ID), Text: what + "的意见已超过期限，请尽快提出"}); err != nil {
		return err
	}
	return s.notices.Tell(ctx, tx, []uuid.UUID{c.StartedBy}, notices.Notice{Kind: "consultation.overdue", Subject: ofReport(c.ReportID), Text: what + "还有意见没有收齐，已催办"})
}
