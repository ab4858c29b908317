// Package instructions keeps what leaders wrote on reports (批示).
//
// Its rules: the fact, the leader's level and the date are for everybody who may read the report, and go down to every unit
// and author whose text is in it. Who wrote it, what he wrote and the scan are for holders of instruction:read; the text goes
// further only where the unit released it. An entry is never changed or deleted: a correcting entry names it, with the reason.
package instructions

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/internal/workdays"
	"shangda/services/attachments"
	"shangda/services/documents"
	"shangda/tenancy"
)

const (
	maxName   = 30
	maxTitle  = 60
	maxBody   = 2000
	maxReason = 300
	// oldest is how many years back an instruction can be entered.
	oldest = 10
)

var levels = []string{"county", "city", "province", "national"}

// Reports shows a report to whom may read it, NotFound to others, and tells its people and the units below what became of
// it. services/reports fulfils it.
type Reports interface {
	MayRead(ctx context.Context, q tenancy.Querier, id uuid.UUID) error
	Instructed(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n News) (event uuid.UUID, err error)
	Corrected(ctx context.Context, tx *tenancy.Tx, id, event uuid.UUID) error
}

// News is what those below hear: Words only where they are released. Again is set for an entry in place of a corrected one.
type News struct {
	Level string
	At    time.Time
	Words string
	Again bool
}

// Files keeps the scan; *attachments.Service fulfils it.
type Files interface {
	Claim(ctx context.Context, tx *tenancy.Tx, ids []uuid.UUID, subject tenancy.Subject) error
	Of(ctx context.Context, q tenancy.Querier, subject tenancy.Subject) ([]attachments.Attachment, error)
}

// Entry is an instruction as it is written down.
type Entry struct {
	Leader      string      `json:"leader" maxLength:"60"`
	LeaderTitle string      `json:"leader_title,omitempty" maxLength:"120"`
	Level       string      `json:"level" enum:"county,city,province,national"`
	GivenOn     string      `json:"given_on" maxLength:"10" doc:"A date such as 2026-11-30"`
	Body        string      `json:"body,omitempty" maxLength:"4000"`
	Released    bool        `json:"released,omitempty" doc:"The text may be shown to the author and goes to the units below"`
	Attachments []uuid.UUID `json:"attachments,omitempty" maxItems:"10" doc:"A scan"`
}

// Correction says why an entry is wrong. Entry takes its place; without one it is withdrawn.
type Correction struct {
	Reason string `json:"reason" maxLength:"600"`
	Entry  *Entry `json:"entry,omitempty"`
}

// check cleans the entry; the date is the second result.
func (e Entry) check(now time.Time) (Entry, time.Time, error) {
	var faults errs.Fields
	e.Leader, e.LeaderTitle, e.Body = documents.Line(e.Leader), documents.Line(e.LeaderTitle), documents.Clean(e.Body, true)
	if e.Leader == "" {
		faults.Add("leader", "请填写作出批示的领导")
	}
	documents.CheckText(&faults, "leader", e.Leader, maxName)
	documents.CheckText(&faults, "leader_title", e.LeaderTitle, maxTitle)
	documents.CheckText(&faults, "body", e.Body, maxBody)
	if !slices.Contains(levels, e.Level) {
		faults.Add("level", "请选择领导的层级")
	}
	if e.Released && e.Body == "" {
		faults.Add("released", "没有批示内容，无从公开")
	}
	on, err := time.Parse(time.DateOnly, e.GivenOn)
	switch {
	case err != nil:
		faults.Add("given_on", "请按“2026-11-30”的形式填写批示日期")
	case on.After(today(now)):
		faults.Add("given_on", "批示日期不能晚于今天")
	case on.Before(today(now).AddDate(-oldest, 0, 0)):
		faults.Add("given_on", "批示日期过早，请核对")
	}
	return e, on, faults.Err()
}

// words are what goes down.
func (e Entry) words() string {
	if e.Released {
		return e.Body
	}
	return ""
}

func (c Correction) check() (Correction, error) {
	var faults errs.Fields
	c.Reason = documents.Clean(c.Reason, true)
	if c.Reason == "" {
		faults.Add("reason", "请写明更正的理由")
	}
	documents.CheckText(&faults, "reason", c.Reason, maxReason)
	return c, faults.Err()
}

// today is the date in China.
func today(now time.Time) time.Time {
	y, m, d := now.In(workdays.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// closing is the hour to which an instruction of an earlier day is booked: after what the office did that day.
const closing = 18

// moment is when an instruction of that date counts as given.
func moment(on, now time.Time) time.Time {
	if on.Equal(today(now)) {
		return now
	}
	y, m, d := on.Date()
	return time.Date(y, m, d, closing, 0, 0, 0, workdays.Zone)
}

func subject(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "instruction", ID: id} }
