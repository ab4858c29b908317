// Package exchanges is what two units say to each other about a report that one sent the other, beside all decisions: a remark
// from above (批注), a question from above (要求补充材料), and its answer from below (补充材料) with text and files.
//
// Each is a letter, kept on both sides under the report it is about. Who works on the report reads it; its author does not.
package exchanges

import (
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/services/documents"
	"shangda/tenancy"
)

// The kinds, which are also the kinds of letter.
const (
	Remark     = "remark"
	Request    = "request"
	Supplement = "supplement"
)

const (
	maxRemark     = 1000
	maxSupplement = 3000
	maxFiles      = 20
)

// Exchange is one of them as this unit keeps it. Sent is true for this unit's own; DueOn is a request's day (2026-12-03);
// Answers is the request that a supplement answers.
type Exchange struct {
	ID         uuid.UUID
	ReportID   uuid.UUID
	Kind       string
	Sent       bool
	Other      int32
	LetterID   uuid.UUID
	Answers    *uuid.UUID
	Body       string
	DueOn      string
	Writer     string
	WrittenAt  time.Time
	AnsweredAt *time.Time
	Overdue    bool
	State      string // of the letter, where it was sent from here
	Files      []attachments.Attachment
	Unit       tenancy.Tenant
}

func subject(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "exchange", ID: id} }

func aboutReport(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "report", ID: id} }

// written cleans a text and names its faults.
func written(name string, text *string, most int) error {
	var faults errs.Fields
	documents.CheckWritten(&faults, documents.Written{Field: "text", Name: name, Text: text, Least: 1, Most: most, Lines: true})
	return faults.Err()
}

// checkDay refuses what is no day, or one that is over.
func checkDay(due, today string) error {
	if _, err := time.Parse(time.DateOnly, due); err != nil {
		return errs.InvalidField("due_on", "请填写日期，如 2026-12-03")
	}
	if due < today {
		return errs.InvalidField("due_on", "期限不能早于今天")
	}
	return nil
}
