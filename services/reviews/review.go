package reviews

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/services/notices"
	"shangda/tenancy"
)

// The states of a review and of its steps.
const (
	Running  = "running"
	Signed   = "signed"
	Returned = "returned"

	Waiting  = "waiting"
	Current  = "current"
	Approved = "approved"
)

// Text is the text of a report as a step may change it.
type Text struct{ Title, Problem, Cause, Advice string }

// Subject is what a review needs of the thing it reviews; services/reports fulfils it.
type Subject interface {
	// BeginReview puts the subject under review and tells its route and its title.
	BeginReview(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (route, title string, err error)
	// ReviewText keeps the text as a step changed it.
	ReviewText(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, t Text) error
	// Sign makes the text the issued one.
	Sign(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error
	// ReviewReturned gives the subject back to its editor.
	ReviewReturned(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, opinion string) error
	// MayRead is nil where the caller may see the subject.
	MayRead(ctx context.Context, q tenancy.Querier, id uuid.UUID) error
}

// Notices tells people; services/notices fulfils it.
type Notices interface {
	Tell(ctx context.Context, tx *tenancy.Tx, to []uuid.UUID, n notices.Notice) error
	TellPost(ctx context.Context, tx *tenancy.Tx, post, role string, n notices.Notice) error
}

// Review is one run of a report through a chain.
type Review struct {
	ID        uuid.UUID    `json:"id"`
	ReportID  uuid.UUID    `json:"report_id"`
	State     string       `json:"state" enum:"running,signed,returned"`
	ChainName string       `json:"chain_name"`
	StartedAt time.Time    `json:"started_at"`
	EndedAt   *time.Time   `json:"ended_at,omitempty"`
	Steps     []ReviewStep `json:"steps"`
	Can       []string     `json:"can" doc:"What the caller may do now: approve, return"`
}

// ReviewStep is a step of a running or ended review. By, Opinion and At are of who acted on it last.
type ReviewStep struct {
	No      int        `json:"no"`
	Title   string     `json:"title"`
	Post    string     `json:"post,omitempty"`
	Role    string     `json:"role,omitempty"`
	State   string     `json:"state" enum:"waiting,current,approved,returned"`
	By      string     `json:"by,omitempty"`
	Opinion string     `json:"opinion,omitempty"`
	At      *time.Time `json:"at,omitempty"`
}

const maxOpinion = 500

func checkOpinion(opinion string, needed bool) error {
	switch {
	case needed && opinion == "":
		return errs.InvalidField("opinion", "退回时请写明意见")
	case utf8.RuneCountInString(opinion) > maxOpinion:
		return errs.InvalidField("opinion", "意见不能超过 %d 个字", maxOpinion)
	case documents.Marked(opinion):
		return documents.PaperOnly("opinion")
	}
	return nil
}
