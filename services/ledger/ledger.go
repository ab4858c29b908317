// Package ledger is the 台账: a row a report, with the leading deputy secretary-general, the linked office, who follows it up,
// where it stands, its dates and what is overdue.
//
// It belongs to the unit's own desk: drafts and other units' reports are not in it. It reads the reports of its tenant in
// SQL, and changes nothing of them: it only keeps who answers for them.
package ledger

import (
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// Row is a report as the ledger shows it. Version is that of the assignment, 0 where nobody was assigned yet.
type Row struct {
	ID          uuid.UUID  `json:"id"`
	Number      string     `json:"number"`
	Title       string     `json:"title"`
	State       string     `json:"state" enum:"submitted,taken_up,editing,returned,kept,declined,merged,reviewing,signed,recalled,split,archived"`
	Category    string     `json:"category"`
	Urgency     string     `json:"urgency" enum:"normal,urgent,critical"`
	Class       string     `json:"class" enum:"ordinary,important"`
	Author      string     `json:"author"`
	Sender      string     `json:"sender,omitempty" doc:"The unit it was received from"`
	Lead        *Person    `json:"lead,omitempty" doc:"Leading deputy secretary-general"`
	Office      *Office    `json:"office,omitempty" doc:"Linked office"`
	Follow      *Person    `json:"follow,omitempty" doc:"Who follows it up"`
	Note        string     `json:"note,omitempty"`
	Version     int        `json:"version"`
	SubmittedAt *time.Time `json:"submitted_at,omitempty"`
	SignedAt    *time.Time `json:"signed_at,omitempty"`
	SentAt      *time.Time `json:"sent_at,omitempty" doc:"First forwarding that was not taken back"`
	DueOn       string     `json:"due_on,omitempty" doc:"Such as 2026-11-20"`
	DueSet      bool       `json:"due_set,omitempty" doc:"The day was set by hand"`
	Overdue     bool       `json:"overdue"`
	Outcome     *Outcome   `json:"outcome,omitempty" doc:"The last decision of any unit"`
	Times       int        `json:"times" doc:"篇次"`
	ListedAt    time.Time  `json:"-"`
}

// Person is a member of the tenant.
type Person struct {
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name"`
}

// Office is an inner unit.
type Office struct {
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name"`
}

// Outcome is what a unit decided last.
type Outcome struct {
	Unit string    `json:"unit"`
	Kind string    `json:"kind" enum:"adopted,adoption_corrected,kept,declined,returned,forwarded,taken_up,instructed,instruction_corrected,handling,answered,handled"`
	Form string    `json:"form,omitempty" enum:"single,combined,relayed" doc:"Of an adoption"`
	At   time.Time `json:"at"`
}

// Filter narrows the ledger; empty parts do not matter. Mine is what the caller leads or follows up.
type Filter struct {
	State    string     `json:"state,omitempty" maxLength:"20"`
	Category string     `json:"category,omitempty" maxLength:"40"`
	Query    string     `json:"q,omitempty" maxLength:"100"`
	Lead     *uuid.UUID `json:"lead,omitempty"`
	Office   *uuid.UUID `json:"office,omitempty"`
	Follow   *uuid.UUID `json:"follow,omitempty"`
	Mine     bool       `json:"mine,omitempty"`
	Overdue  bool       `json:"overdue,omitempty"`
	Open     bool       `json:"open,omitempty" doc:"Only what is not yet decided or sent"`
	From     string     `json:"from,omitempty" maxLength:"10" doc:"First day, such as 2026-11-01"`
	To       string     `json:"to,omitempty" maxLength:"10" doc:"Last day"`
}

var states = []string{"submitted", "taken_up", "editing", "returned", "kept", "declined", "merged", "reviewing", "signed", "recalled", "split", "archived"}

// Assignment says who answers for a report; what is nil stays, a zero id takes somebody away, an empty day the day set.
type Assignment struct {
	Lead   *uuid.UUID
	Office *uuid.UUID
	Follow *uuid.UUID
	DueOn  *string
	Note   *string
}

const maxNote = 200

func (a Assignment) empty() bool {
	return a.Lead == nil && a.Office == nil && a.Follow == nil && a.DueOn == nil && a.Note == nil
}

// check cleans the assignment and names its faults.
func (a Assignment) check() (Assignment, errs.Fields) {
	var faults errs.Fields
	if a.Note != nil {
		note := documents.Line(*a.Note)
		a.Note = &note
		if utf8.RuneCountInString(note) > maxNote {
			faults.Add("note", "备注最多 %d 个字", maxNote)
		}
		if documents.Marked(note) {
			faults.Add("note", "%s", documents.PaperOnlyText)
		}
	}
	if a.DueOn != nil && *a.DueOn != "" {
		if _, err := time.ParseInLocation(time.DateOnly, *a.DueOn, shanghai); err != nil {
			faults.Add("due_on", "日期应写作 2026-11-20")
		}
	}
	if a.empty() {
		faults.Add("assignment", "请至少指定一项")
	}
	return a, faults
}

// object is the ledger to authz: it is the unit's, nobody's own.
var object = authz.Object{Read: authz.LedgerRead}

func subject(report uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "report", ID: report} }
