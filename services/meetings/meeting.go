// Package meetings keeps the working meetings (工作例会) of a unit: agenda, minutes, and the list of what became of its reports
// since the meeting before.
//
// Its rule: the list is made by the program from what happened, and is shown fresh until the meeting is closed; then it stays as
// it stood there, whatever changes later. A closed meeting is changed no more, and the next list begins where its own ended.
package meetings

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// Changes tells what became of the unit's reports in a time; cmd wires it.
type Changes interface {
	Between(ctx context.Context, q tenancy.Querier, since, until time.Time) ([]Change, error)
}

// Change is one line of the list.
type Change struct {
	ReportID uuid.UUID `json:"report_id"`
	Number   string    `json:"number"`
	Title    string    `json:"title"`
	Author   string    `json:"author"`
	What     string    `json:"what"`
	At       time.Time `json:"at"`
	Told     bool      `json:"told" doc:"已告知作者"`
	Own      bool      `json:"own" doc:"本单位的信息；来文由来文单位告知作者"`
}

// The states of a meeting.
const (
	Planned = "planned"
	Closed  = "closed"
)

// Plan is what is written about a meeting.
type Plan struct {
	Title     string    `json:"title" maxLength:"100"`
	HeldAt    time.Time `json:"held_at"`
	Place     string    `json:"place" maxLength:"100"`
	Host      string    `json:"host" maxLength:"60"`
	Attendees string    `json:"attendees" maxLength:"1000"`
	Agenda    []string  `json:"agenda" maxItems:"30" doc:"议题，逐条"`
	Minutes   string    `json:"minutes" maxLength:"20000"`
}

// Meeting is one as its readers see it. Changes are what happened since, up to its end or to now.
type Meeting struct {
	Plan
	ID       uuid.UUID  `json:"id"`
	State    string     `json:"state" enum:"planned,closed"`
	Since    *time.Time `json:"since,omitempty" doc:"反馈清单从上次例会办结时算起"`
	Changes  []Change   `json:"changes"`
	Closer   string     `json:"closer,omitempty"`
	ClosedAt *time.Time `json:"closed_at,omitempty"`
	Can      []string   `json:"can" enum:"edit,close"`
	Version  int        `json:"version"`
}

// Line is a meeting in a list.
type Line struct {
	ID     uuid.UUID `json:"id"`
	Title  string    `json:"title"`
	HeldAt time.Time `json:"held_at"`
	Place  string    `json:"place"`
	State  string    `json:"state" enum:"planned,closed"`
	Topics int       `json:"topics"`
}

// check cleans the plan and names every fault.
func (p *Plan) check() error {
	var faults errs.Fields
	documents.CheckWritten(&faults, documents.Written{Field: "title", Name: "名称", Text: &p.Title, Least: 2, Most: 100},
		documents.Written{Field: "place", Name: "地点", Text: &p.Place, Most: 100},
		documents.Written{Field: "host", Name: "主持人", Text: &p.Host, Most: 60},
		documents.Written{Field: "attendees", Name: "参加人员", Text: &p.Attendees, Most: 1000, Lines: true},
		documents.Written{Field: "minutes", Name: "纪要", Text: &p.Minutes, Most: 20_000, Lines: true})
	agenda := []string{}
	for _, item := range p.Agenda {
		documents.CheckWritten(&faults, documents.Written{Field: "agenda", Name: "议题", Text: &item, Most: 200})
		if item != "" {
			agenda = append(agenda, item)
		}
	}
	p.Agenda = agenda
	if p.HeldAt.IsZero() || p.HeldAt.Year() < 2000 || p.HeldAt.Year() > 2100 {
		faults.Add("held_at", "请填写开会时间")
	}
	return faults.Err()
}
