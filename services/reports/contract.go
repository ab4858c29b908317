package reports

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/services/attachments"
	"shangda/services/letters"
	"shangda/services/notices"
	"shangda/tenancy"
)

// The kinds of outcome: what a unit decided.
const (
	KindTakenUp   = "taken_up"
	KindAdopted   = "adopted"
	KindCorrected = "adoption_corrected"
	KindKept      = "kept"
	KindDeclined  = "declined"
	KindReturned  = "returned"
	KindForwarded = "forwarded"
)

// The forms of adoption: 单篇, 综合, 转送.
const (
	FormSingle   = "single"
	FormCombined = "combined"
	FormRelayed  = "relayed"
)

// Outcome is one decision of one unit, the same on every hop. No numbers the decisions on the decider's own report: the
// highest is its state, whatever the order of arrival. Reason is why; of a forwarding, to whom.
type Outcome struct {
	Event         uuid.UUID
	Decider       tenancy.Tenant
	DeciderReport uuid.UUID
	No            int
	Kind          string
	Form          string
	Level         string
	OccurredAt    time.Time
	Reason        string
	ReasonCode    string    // of the decider's catalogue; it stays in its unit
	Words         string    // what the decider released to those below
	Corrects      uuid.UUID // the event that this one takes back
	Told          bool      // to a duplicate that went into another report: it counts there and not here
}

// News tells an outcome to every unit this report came from; services/forwardings fulfils it.
type News interface {
	Tell(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, o Outcome) error
}

// Reviews tells for which reports a review waits for the caller; services/reviews fulfils it.
type Reviews interface {
	WaitingFor(ctx context.Context, q tenancy.Querier) ([]uuid.UUID, error)
}

// Gate says what must come before an action on a report, such as a fact check before editing; its error is the refusal.
// It is asked in the transaction, after the right to the action was checked.
type Gate interface {
	Before(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, action string) error
}

// Notifier tells members; *notices.Service fulfils it.
type Notifier interface {
	Tell(ctx context.Context, tx *tenancy.Tx, to []uuid.UUID, n notices.Notice) error
	TellRoles(ctx context.Context, tx *tenancy.Tx, roles []string, n notices.Notice) error
}

// Files keeps the files of a report; *attachments.Service fulfils it.
type Files interface {
	Claim(ctx context.Context, tx *tenancy.Tx, ids []uuid.UUID, subject tenancy.Subject) error
	Settle(ctx context.Context, tx *tenancy.Tx, ids []uuid.UUID, subject tenancy.Subject) error
	Of(ctx context.Context, q tenancy.Querier, subject tenancy.Subject) ([]attachments.Attachment, error)
	Receive(ctx context.Context, tx *tenancy.Tx, files []letters.File, subject tenancy.Subject) error
}

// Outgoing is what a letter carries of a signed report. Original is the text before this unit's editing: its author's, or
// as it was received; nil where it does not differ.
type Outgoing struct {
	ID     uuid.UUID
	Number string
	Text
	Category, Topic, Urgency, Class string
	Flags                           []string
	AuthorName, AuthorTitle         string
	CoAuthors                       []Signatory
	Origin                          tenancy.Tenant
	VersionNo                       int
	Original                        *Text
	SubmittedAt                     time.Time
}

// Signatory is a further author as a letter names him.
type Signatory struct {
	Name  string  `json:"name"`
	Unit  string  `json:"unit,omitempty"`
	Title string  `json:"title,omitempty"`
	Share float64 `json:"share"`
}

// Incoming is a report as it came by letter.
type Incoming struct {
	Sender       tenancy.Tenant
	SenderReport uuid.UUID
	Letter       uuid.UUID
	Outgoing
	Files  []letters.File
	Cover  string
	SentAt time.Time
}

// Origin is a way by which a report came here: who sent it, which report of theirs it is, in which letter it came last.
type Origin struct {
	Sender       int32
	SenderReport uuid.UUID
	Letter       uuid.UUID
}

// NewDraft is a draft that another noun grows, such as a clue.
type NewDraft struct {
	Text
	Category   string
	SourceKind string
	SourceID   uuid.UUID
}
