package exchanges

import (
	"context"

	"github.com/google/uuid"

	"shangda/services/attachments"
	"shangda/services/letters"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Letters is what this package needs of services/letters.
type Letters interface {
	Send(ctx context.Context, tx *tenancy.Tx, d letters.Draft) (uuid.UUID, error)
	Sent(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]letters.State, error)
	Register(kind string, h letters.Handler)
}

// Way is a unit that a report came from, with the letter it came in last.
type Way struct {
	Sender int32
	Letter uuid.UUID
}

// Reports tells of the reports and the ways they go; cmd wires it.
type Reports interface {
	// MayRead is nil where the caller may see the report.
	MayRead(ctx context.Context, q tenancy.Querier, id uuid.UUID) error
	// Title is what the report is called.
	Title(ctx context.Context, q tenancy.Querier, id uuid.UUID) (string, error)
	// Ways are the ways by which the report came here; none where it began here.
	Ways(ctx context.Context, q tenancy.Querier, id uuid.UUID) ([]Way, error)
	// SentWith finds the report that was sent with a letter, and to whom; not found where there is none.
	SentWith(ctx context.Context, q tenancy.Querier, letter uuid.UUID) (report uuid.UUID, recipient int32, err error)
}

// Files keeps what comes with a supplement; *attachments.Service fulfils it.
type Files interface {
	Claim(ctx context.Context, tx *tenancy.Tx, ids []uuid.UUID, subject tenancy.Subject) error
	Files(ctx context.Context, q tenancy.Querier, subject tenancy.Subject) ([]letters.File, error)
	Receive(ctx context.Context, tx *tenancy.Tx, files []letters.File, subject tenancy.Subject) error
	Of(ctx context.Context, q tenancy.Querier, subject tenancy.Subject) ([]attachments.Attachment, error)
}

// Notifier tells members; *notices.Service fulfils it.
type Notifier interface {
	TellRoles(ctx context.Context, tx *tenancy.Tx, roles []string, n notices.Notice) error
}
