package forwardings

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/workdays"
	"shangda/services/notices"
	"shangda/services/reports"
	"shangda/tenancy"
)

// Clock is how long a received report waits for this unit's own answer. It starts at the delivery and stops at a decision; DueOn
// follows from what this unit promised in its requirements, ReplyBy is what the sender hopes for.
type Clock struct {
	ReportID   uuid.UUID
	StartedAt  time.Time
	DueOn      string
	ReplyBy    string
	AnsweredAt *time.Time
	Overdue    bool
}

// answers are the decisions that a sender waits for. To take a report up is none.
var answers = []string{reports.KindAdopted, reports.KindKept, reports.KindDeclined, reports.KindReturned, reports.KindForwarded}

// start begins the clock, or begins it anew for a report that was answered and came again.
func (s *Service) start(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, replyBy string) error {
	own, err := s.Requirements.Own(ctx, tx)
	if err != nil {
		return err
	}
	due := workdays.Calendar{}.Add(tx.Now(), own.AnswerDays, 0)
	return startClock(ctx, tx, report, day(due), replyBy)
}

// stop ends the clock where this unit has answered.
func (s *Service) stop(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, o reports.Outcome) error {
	if o.Decider.ID != tx.Tenant() || !slices.Contains(answers, o.Kind) {
		return nil
	}
	return stopClock(ctx, tx, report)
}

// Waiting lists the clocks that run in this unit, the first due at the head: for whoever works on all that comes in.
func (s *Service) Waiting(ctx context.Context) ([]Clock, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Check(q.Principal(), authz.ReportScreen, authz.Object{Read: authz.ReportRead}); err != nil {
		return nil, err
	}
	return runningClocks(ctx, q)
}

func clockOf(ctx context.Context, q tenancy.Querier, report uuid.UUID) (*Clock, error) {
	c, err := findClock(ctx, q, report)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return &c, err
}

func day(at time.Time) string { return at.In(workdays.Zone).Format(time.DateOnly) }

// Before bounds how often this unit returns one report that came from another (reports.Gate): then it must decide.
func (s *Service) Before(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, action string) error {
	if action != string(reports.ActReturn) && action != string(reports.ActReviewAuthor) {
		return nil
	}
	returned, received, err := returns(ctx, tx, report)
	if err != nil || !received {
		return err
	}
	own, err := s.Requirements.Own(ctx, tx)
	if err != nil || returned < own.MostReturns {
		return err
	}
	return errs.New(errs.Conflict, "这篇来文已退回 %d 次，按本单位的报送要求最多退回 %d 次，请作出采用、留存或不采用的决定", returned, own.MostReturns)
}

// Tidy reminds the desk of what waits for an answer: once on the working day before it is due, and once when that day has passed
// (upkeep.Chore). Nobody is disturbed on a free day.
func (s *Service) Tidy(ctx context.Context) error {
	q, err := s.db.Read(ctx)
	if err != nil {
		return err
	}
	now, days := q.Now(), workdays.Calendar{}
	if !days.Works(now) {
		return nil
	}
	from, to := day(now), day(days.Add(now, 1, 0))
	if due, err := anyDue(ctx, q, from, to); err != nil || !due {
		return err
	}
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		rows, err := lockDue(ctx, tx, from, to)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := s.remind(ctx, tx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) remind(ctx context.Context, tx *tenancy.Tx, r dueRow) error {
	if err := noteReminder(ctx, tx, r); err != nil {
		return err
	}
	tx.Record(tenancy.Event{Kind: "answer_clock.reminded", Subject: subjectOf(r.ReportID)})
	n := notices.Notice{Kind: "report.answer_due", Subject: subjectOf(r.ReportID), Text: "来文《" + r.Title + "》的答复即将到期（" + r.DueOn + "），请及时处理"}
	roles := []string{"editor"}
	if r.Late {
		n.Kind, n.Text = "report.answer_overdue", "来文《"+r.Title+"》已超过答复期限（"+r.DueOn+"），请尽快作出决定"
		roles = append(roles, "reviewer")
	}
	return s.notices.TellRoles(ctx, tx, roles, n)
}
