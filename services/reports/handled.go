package reports

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// The kinds of outcome that tell what became of a report after it was decided on: a leader's instruction and the handling.
// None of them counts as an adoption or takes one away.
const (
	KindInstructed          = "instructed"
	KindInstructionWithdraw = "instruction_corrected"
	KindAssigned            = "handling"
	KindAnswered            = "answered"
	KindHandled             = "handled"
)

// The actions of the follow-up and of the end of a report's life.
const (
	ActInstruct Action = "instruct"
	ActAssign   Action = "assign"
	ActArchive  Action = "archive"
)

// FollowUp is what is told of a report's follow-up. Level is the leader's, of an instruction; Form the class of result,
// of a handling; Words are what the unit releases to those below; Corrects is the event that this one takes back.
type FollowUp struct {
	Kind     string
	Form     string
	Level    string
	At       time.Time
	Words    string
	Corrects uuid.UUID
}

// became tells the kinds of outcome that say what became of a report.
func became(kind string) bool {
	switch kind {
	case KindInstructed, KindInstructionWithdraw, KindAssigned, KindAnswered, KindHandled:
		return true
	}
	return false
}

// follows tells the kinds of outcome that change neither adoption nor figures.
func follows(kind string) bool { return kind == KindTakenUp || kind == KindForwarded || became(kind) }

// Begin is the right to begin a follow-up: the report locked, in a state that allows it. An archived report on which a leader
// wrote afterwards is open again: it has to come to a result anew.
func (s *Service) Begin(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, f FollowUp) (event uuid.UUID, err error) {
	action := ActAssign
	if f.Kind == KindInstructed {
		action = ActInstruct
	}
	r, _, err := s.take(ctx, tx, id, action)
	if err != nil {
		return uuid.Nil, err
	}
	if r.State == Archived {
		r.State = TakenUp
		if r.SignedAt != nil {
			r.State = Signed
		}
		record(tx, r, "reopened", nil, nil)
		if err := save(ctx, tx, r); err != nil {
			return uuid.Nil, err
		}
	}
	return s.follow(ctx, tx, r, f)
}

// GoOn tells the next step of a follow-up that was begun, whatever became of the report since.
func (s *Service) GoOn(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, f FollowUp) (event uuid.UUID, err error) {
	r, err := lock(ctx, tx, id)
	if err != nil {
		return uuid.Nil, err
	}
	permission := authz.AssignmentWrite
	if f.Kind == KindInstructed || f.Kind == KindInstructionWithdraw {
		permission = authz.InstructionRecord
	}
	if err := authz.Check(tx.Principal(), permission, r.object()); err != nil {
		return uuid.Nil, err
	}
	return s.follow(ctx, tx, r, f)
}

// follow numbers the outcome and lets it take effect. The text's version stays: nobody's edit becomes stale by it.
func (s *Service) follow(ctx context.Context, tx *tenancy.Tx, r *Report, f FollowUp) (uuid.UUID, error) {
	r.OutcomeNo++
	if err := saveOutcomeNo(ctx, tx, r); err != nil {
		return uuid.Nil, err
	}
	p := tx.Principal()
	o := Outcome{Event: tenancy.NewID(), Decider: p.Tenant, DeciderReport: r.ID, No: r.OutcomeNo, Kind: f.Kind, Form: f.Form, Level: f.Level,
		OccurredAt: f.At, Words: f.Words, Corrects: f.Corrects}
	if o.Level == "" {
		o.Level = p.Tenant.Level
	}
	if o.OccurredAt.IsZero() {
		o.OccurredAt = tx.Now()
	}
	_, err := s.apply(ctx, tx, r, o)
	return o.Event, err
}

// Archive ends a report's life in this unit (办结归档): refused while it has no result, or its handling is open.
func (s *Service) Archive(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return s.act(ctx, id, ActArchive, func(tx *tenancy.Tx, r *Report, t transition) error {
		if r.State != Kept && r.State != Declined && len(r.Adoptions) == 0 {
			all, err := outcomes(ctx, tx, id)
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(all, func(o outcomeRow) bool { return o.Outcome == KindHandled }) {
				return errs.New(errs.Conflict, "信息还没有结果（采用、留存、不采用或办理结果），不能归档")
			}
		}
		t.move(r)
		record(tx, r, "archived", nil, nil)
		return save(ctx, tx, r)
	})
}

// Known tells whether this tenant's report heard of the event, and who decided it: for what answers it. Only the courier asks
// without the right to read the report.
func (s *Service) Known(ctx context.Context, q tenancy.Querier, id, event uuid.UUID) (decider int32, kind string, err error) {
	if !authz.May(q.Principal(), authz.LetterCarry) {
		if err := s.MayRead(ctx, q, id); err != nil {
			return 0, "", err
		}
	}
	all, err := outcomes(ctx, q, id)
	for _, o := range all {
		if o.OriginEvent == event {
			return o.Decider, o.Outcome, nil
		}
	}
	if err == nil {
		err = errs.Missing()
	}
	return 0, "", err
}

// From is this tenant's report that the sender's report became; only the courier asks.
func (s *Service) From(ctx context.Context, tx *tenancy.Tx, sender int32, senderReport uuid.UUID) (uuid.UUID, error) {
	if err := carried(tx); err != nil {
		return uuid.Nil, err
	}
	r, err := lockReceived(ctx, tx, sender, senderReport)
	if err != nil {
		return uuid.Nil, err
	}
	return r.ID, nil
}

// Into are the reports of this tenant that carry this one's matter on: itself, what it was combined into or went into, and the
// parts it was split into.
func (s *Service) Into(ctx context.Context, q tenancy.Querier, id uuid.UUID) ([]uuid.UUID, error) {
	r, err := load(ctx, q, id)
	if err != nil {
		return nil, err
	}
	if p := q.Principal(); !authz.May(p, authz.LetterCarry) {
		if err := authz.Check(p, authz.ReportRead, r.object()); err != nil {
			return nil, err
		}
	}
	return carriers(ctx, q, id)
}

// Owned is nil where the report is the caller's own, as author or as who recorded it for somebody.
func (s *Service) Owned(ctx context.Context, q tenancy.Querier, id uuid.UUID) error {
	r, err := load(ctx, q, id)
	if err != nil {
		return err
	}
	if err := authz.Check(q.Principal(), authz.ReportRead, r.object()); err != nil {
		return err
	}
	if !r.ownedBy(q.Principal().Membership) {
		return errs.New(errs.Forbidden, "满意度由反映人本人或代录人评价")
	}
	return nil
}

// LevelText names a leader's level.
var LevelText = map[string]string{"county": "县级", "city": "市级", "province": "省级", "national": "国家级"}

// resultText are the classes of a handling's result.
var resultText = map[string]string{"A": "A类，已经解决或采纳", "B": "B类，列入计划逐步解决", "C": "C类，因条件所限暂不能解决"}

// followWords says what became of the report; empty for other outcomes.
func followWords(kind, form, level, unit string) string {
	switch kind {
	case KindInstructed:
		return "获" + LevelText[level] + "领导批示" + bracket(unit)
	case KindInstructionWithdraw:
		return "更正一条领导批示的登记" + bracket(unit)
	case KindAssigned:
		return "已交有关部门办理" + bracket(unit)
	case KindAnswered:
		return "部门的办理答复已通过审核" + bracket(unit)
	case KindHandled:
		return "办理完毕：" + resultText[form] + bracket(unit)
	}
	return ""
}

// corrected are the events that a later one took back, in whatever order they arrived.
func corrected(all []outcomeRow) map[uuid.UUID]bool {
	gone := map[uuid.UUID]bool{}
	for _, o := range all {
		if o.Corrects != nil {
			gone[*o.Corrects] = true
		}
	}
	return gone
}
