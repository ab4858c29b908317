package forwardings

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/services/letters"
	"shangda/services/notices"
	"shangda/services/reports"
	"shangda/tenancy"
)

// Letters is what this package needs of services/letters.
type Letters interface {
	Send(ctx context.Context, tx *tenancy.Tx, d letters.Draft) (uuid.UUID, error)
	Sent(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]letters.State, error)
	Received(ctx context.Context, q tenancy.Querier, sender int32, id uuid.UUID) (letters.Letter, error)
	Register(kind string, h letters.Handler)
}

// Reports is what this package needs of services/reports.
type Reports interface {
	MayRead(ctx context.Context, q tenancy.Querier, id uuid.UUID) error
	ForSending(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (reports.Outgoing, error)
	Forwarded(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, to tenancy.Tenant, letter uuid.UUID) error
	Recalled(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, to tenancy.Tenant) error
	Delivered(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, to tenancy.Tenant, letter uuid.UUID) error
	Receive(ctx context.Context, tx *tenancy.Tx, in reports.Incoming) (uuid.UUID, error)
	RecallReceived(ctx context.Context, tx *tenancy.Tx, sender int32, senderReport uuid.UUID) (bool, error)
	Apply(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, o reports.Outcome, direct bool) error
	Origins(ctx context.Context, q tenancy.Querier, id uuid.UUID) ([]reports.Origin, error)
}

// Files is what this package needs of services/attachments.
type Files interface {
	Files(ctx context.Context, q tenancy.Querier, subject tenancy.Subject) ([]letters.File, error)
}

// Notifier tells members; *notices.Service fulfils it.
type Notifier interface {
	TellRoles(ctx context.Context, tx *tenancy.Tx, roles []string, n notices.Notice) error
}

// Asked is the part of a unit's requirements that binds: those above bind who sends, its own bind who decides.
type Asked struct {
	Sheet       bool // the sender's sign-off must come along
	AnswerDays  int  // working days to its own answer
	MostReturns int  // how often it returns one report
}

// Requirements tells what an upper unit asks, and what this unit has promised to those below; services/requirements fulfils it.
type Requirements interface {
	Of(ctx context.Context, q tenancy.Querier, upper int32) (Asked, error)
	Own(ctx context.Context, q tenancy.Querier) (Asked, error)
}

// SignedStep is a line of the sender's sign-off (初核表): the fact that somebody passed the report, not what he wrote about it.
type SignedStep struct {
	Step    string    `json:"step"`
	Name    string    `json:"name"`
	Verdict string    `json:"verdict" enum:"approve,reject,return,release"`
	At      time.Time `json:"at"`
}

// Sheets gives the sign-off of a report; services/reviews fulfils it.
type Sheets interface {
	SignOff(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]SignedStep, error)
}
