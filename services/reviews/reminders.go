package reviews

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/services/notices"
	"shangda/tenancy"
)

const (
	remindEvery = 5 * time.Minute // how often it is looked for
	remindAgain = 20 * time.Hour  // until the next reminder of the same task: one each working day
	remindMost  = 5               // reminders of a task; a signature that is missing after the green channel is chased on
	remindBatch = 200
)

// Run reminds whoever let a time limit pass, now and then again until the context ends. Errors are logged.
func (s *Service) Run(ctx context.Context) {
	tick := time.NewTicker(remindEvery)
	defer tick.Stop()
	for {
		if err := s.Remind(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "review reminders", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Remind goes once through all tenants, one transaction each where something is due. Several processes may do so at once.
func (s *Service) Remind(ctx context.Context) error {
	tenants, err := s.dir.All(ctx)
	if err != nil {
		return err
	}
	for _, t := range tenants {
		if err := s.remind(tenancy.System(ctx, t, "clock", "reviews", authz.Actors())); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) remind(ctx context.Context) error {
	q, err := s.db.Read(ctx)
	if err != nil {
		return err
	}
	if due, err := anyDue(ctx, q); err != nil || !due {
		return err
	}
	days, err := calendar(ctx, q)
	if err != nil || !days.Works(q.Now()) {
		return err
	}
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		all, err := takeDue(ctx, tx)
		if err != nil {
			return err
		}
		for _, d := range all {
			what := "审签"
			if d.Late {
				what = "补签"
			}
			subject := tenancy.Subject{Kind: "report", ID: d.SubjectID}
			tx.Record(tenancy.Event{Kind: "report.review_overdue", Subject: subject, Detail: map[string]any{"step": d.Step, "people": d.Name}})
			people := []uuid.UUID{d.Member}
			if d.Deputy != uuid.Nil {
				people = append(people, d.Deputy)
			}
			if err := s.notices.Tell(ctx, tx, people, notices.Notice{Kind: "review.overdue", Subject: subject,
				Text: "《" + d.SubjectTitle + "》的" + what + "（" + d.Step + "）已超过时限，请尽快办理"}); err != nil {
				return err
			}
		}
		return nil
	})
}

type dueRow struct {
	ID           uuid.UUID
	SubjectID    uuid.UUID
	SubjectTitle string
	Step         string
	Late         bool
	Member       uuid.UUID
	Name         string
	Deputy       uuid.UUID
}

const dueTasks = `t.tenant_id = $1 and t.state = 'open' and t.due_at < $2
	and (t.reminded = 0 or t.reminded_at < $3 and (t.reminded < $4 or s.state = 'late'))`

func anyDue(ctx context.Context, q tenancy.Querier) (bool, error) {
	return tenancy.Scalar[bool](ctx, q, `
		select exists (select from review_tasks t join review_steps s on s.tenant_id = t.tenant_id and s.id = t.step_id where `+dueTasks+`)`,
		q.Tenant(), q.Now(), q.Now().Add(-remindAgain), remindMost)
}

// takeDue counts a reminder for each task that is due and gives them. What another process has in hand is left to it.
func takeDue(ctx context.Context, tx *tenancy.Tx) ([]dueRow, error) {
	found, err := tenancy.Collect[dueRow](ctx, tx, `
		select t.id, r.subject_id, r.subject_title, s.definition->>'title' as step, s.state = 'late' as late, t.member, m.name,
		       coalesce((select d.deputy from delegations d where d.tenant_id = $1 and d.principal = t.member and d.ended_at is null
		           and d.starts_at <= $2 and d.ends_at > $2 limit 1), `+nobody+`) as deputy
		from review_tasks t
		join review_steps s on s.tenant_id = t.tenant_id and s.id = t.step_id
		join reviews r on r.tenant_id = t.tenant_id and r.id = t.review_id
		join memberships m on m.tenant_id = t.tenant_id and m.id = t.member
		where `+dueTasks+` order by t.due_at limit $5 for update of t skip locked`, tx.Tenant(), tx.Now(), tx.Now().Add(-remindAgain), remindMost, remindBatch)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	ids := make([]uuid.UUID, len(found))
	for i, d := range found {
		ids[i] = d.ID
	}
	_, err = tx.Exec(ctx, `
		update review_tasks set reminded = reminded + 1, reminded_at = $3 where tenant_id = $1 and id = any($2)`, tx.Tenant(), ids, tx.Now())
	return found, err
}
