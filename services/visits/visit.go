// Package visits keeps where people go to listen: plans with their targets, the monthly rota of who goes where, and the log
// of what was heard. What was heard becomes clues with one click.
package visits

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/clock"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Kinds are the kinds of target (三进一走访): universities, firms, grass-roots, departments.
var Kinds = []string{"university", "firm", "grassroots", "department"}

const (
	maxTitle   = 60
	maxName    = 60
	maxNote    = 500
	maxHeard   = 10_000
	maxTargets = 200
	maxMembers = 20
	maxMonths  = 24
)

// Target is a place to go to.
type Target struct {
	ID   uuid.UUID `json:"id,omitzero" required:"false" doc:"已有目标的编号；新目标不填"`
	Kind string    `json:"kind" enum:"university,firm,grassroots,department"`
	Name string    `json:"name"`
}

// NewPlan is a plan as it is entered: from the first month to the last, such as 2026-01.
type NewPlan struct {
	Title      string   `json:"title"`
	Note       string   `json:"note,omitempty"`
	FirstMonth string   `json:"first_month" doc:"如 2026-01"`
	LastMonth  string   `json:"last_month" doc:"如 2026-12"`
	Targets    []Target `json:"targets" minItems:"1"`
	State      string   `json:"state,omitempty" enum:"open,closed"`
}

// Plan is a plan with how far it is carried out.
type Plan struct {
	ID         uuid.UUID `json:"id"`
	Title      string    `json:"title"`
	Note       string    `json:"note,omitempty"`
	FirstMonth string    `json:"first_month"`
	LastMonth  string    `json:"last_month"`
	State      string    `json:"state" enum:"open,closed"`
	Version    int       `json:"version"`
	Targets    []Target  `json:"targets,omitempty"`
	Planned    int       `json:"planned" doc:"排班数"`
	Done       int       `json:"done" doc:"已走访的排班数"`
	Due        int       `json:"due" doc:"到本月为止应完成的排班数"`
	Visited    int       `json:"visited" doc:"走访过的目标数"`
	Places     int       `json:"places" doc:"目标数"`
}

// Duty is one line of the rota: who goes to which target in which month.
type Duty struct {
	TargetID uuid.UUID   `json:"target_id"`
	Team     string      `json:"team,omitempty" doc:"组名"`
	Members  []uuid.UUID `json:"members" minItems:"1" maxItems:"20"`
}

// DutyView is a line of the rota with names and what was done.
type DutyView struct {
	ID      uuid.UUID   `json:"id"`
	PlanID  uuid.UUID   `json:"plan_id"`
	Plan    string      `json:"plan"`
	Target  uuid.UUID   `json:"target_id"`
	Name    string      `json:"target"`
	Kind    string      `json:"kind" enum:"university,firm,grassroots,department"`
	Month   string      `json:"month"`
	Team    string      `json:"team,omitempty"`
	Members []uuid.UUID `json:"members"`
	Names   []string    `json:"names"`
	Visits  int         `json:"visits"`
}

// NewVisit is what is noted of a visit: when, who, where, what was heard.
type NewVisit struct {
	DutyID  *uuid.UUID  `json:"duty_id,omitempty" doc:"完成的是哪一项排班"`
	Kind    string      `json:"kind" enum:"university,firm,grassroots,department"`
	Place   string      `json:"place"`
	HeldOn  string      `json:"held_on" format:"date"`
	People  string      `json:"people,omitempty" doc:"见到的人"`
	Members []uuid.UUID `json:"members,omitempty" maxItems:"20" doc:"同行的成员；登记人总在其中"`
	Heard   string      `json:"heard" doc:"听到的情况"`
}

// Visit is an entry of the log. In lists Heard is an excerpt.
type Visit struct {
	ID        uuid.UUID   `json:"id"`
	DutyID    *uuid.UUID  `json:"duty_id,omitempty"`
	Kind      string      `json:"kind" enum:"university,firm,grassroots,department"`
	Place     string      `json:"place"`
	HeldOn    string      `json:"held_on"`
	People    string      `json:"people,omitempty"`
	Members   []uuid.UUID `json:"members"`
	Names     []string    `json:"names"`
	Heard     string      `json:"heard"`
	CreatedBy uuid.UUID   `json:"created_by"`
	Version   int         `json:"version"`
	Clues     int         `json:"clues" db:"-"`
	Reports   int         `json:"reports" db:"-"`
}

// NewClue is what of a visit becomes a clue; empty parts are taken from the visit.
type NewClue struct {
	Title string `json:"title,omitempty"`
	Body  string `json:"body,omitempty"`
}

// Yield is how much came of a visit.
type Yield struct{ Clues, Reports int }

// Clues makes clues of what was heard and counts them; services/clues fulfils it.
type Clues interface {
	FromVisit(ctx context.Context, tx *tenancy.Tx, visit Visit, n NewClue) (uuid.UUID, error)
	Yields(ctx context.Context, q tenancy.Querier, visits []uuid.UUID) (map[uuid.UUID]Yield, error)
}

// Notifier tells members; *notices.Service fulfils it.
type Notifier interface {
	Tell(ctx context.Context, tx *tenancy.Tx, to []uuid.UUID, n notices.Notice) error
}

// object is a visit to authz: the unit's, and the own of whoever was there.
func (v *Visit) object(p *tenancy.Principal) authz.Object {
	o := authz.Object{Read: authz.VisitRead, Owner: v.CreatedBy}
	if slices.Contains(v.Members, p.Membership) {
		o.Owner = p.Membership
	}
	return o
}

func (n *NewPlan) check() error {
	var faults errs.Fields
	documents.CheckWritten(&faults,
		documents.Written{Field: "title", Name: "计划名称", Text: &n.Title, Least: 1, Most: maxTitle},
		documents.Written{Field: "note", Name: "说明", Text: &n.Note, Most: maxNote, Lines: true})
	first, okFirst := month(n.FirstMonth)
	last, okLast := month(n.LastMonth)
	switch {
	case !okFirst:
		faults.Add("first_month", "请填写月份，如 2026-01")
	case !okLast:
		faults.Add("last_month", "请填写月份，如 2026-12")
	case last.Before(first):
		faults.Add("last_month", "结束月份不能早于开始月份")
	case !last.Before(first.AddDate(0, maxMonths, 0)):
		faults.Add("last_month", "一个计划最多 %d 个月", maxMonths)
	}
	if n.State == "" {
		n.State = "open"
	}
	if n.State != "open" && n.State != "closed" {
		faults.Add("state", "只能是进行中或已结束")
	}
	if len(n.Targets) == 0 || len(n.Targets) > maxTargets {
		faults.Add("targets", "请填写 1 至 %d 个走访目标", maxTargets)
	}
	seen := map[string]bool{}
	for i := range n.Targets {
		t := &n.Targets[i]
		documents.CheckWritten(&faults, documents.Written{Field: "targets", Name: "目标名称", Text: &t.Name, Least: 1, Most: maxName})
		if !slices.Contains(Kinds, t.Kind) {
			faults.Add("targets", "目标“%s”没有选类别", t.Name)
		}
		if seen[t.Name] {
			faults.Add("targets", "目标“%s”有重复", t.Name)
		}
		seen[t.Name] = true
	}
	return faults.Err()
}

// month is the first day of a month such as 2026-11.
func month(text string) (time.Time, bool) {
	at, err := time.Parse("2006-01", text)
	return at, err == nil && at.Year() >= 2000 && at.Year() < 2200
}

func (n *NewVisit) check(now time.Time) error {
	var faults errs.Fields
	documents.CheckWritten(&faults,
		documents.Written{Field: "place", Name: "走访地点", Text: &n.Place, Least: 1, Most: maxName},
		documents.Written{Field: "people", Name: "走访对象", Text: &n.People, Most: maxNote},
		documents.Written{Field: "heard", Name: "听到的情况", Text: &n.Heard, Least: 1, Most: maxHeard, Lines: true})
	if !slices.Contains(Kinds, n.Kind) {
		faults.Add("kind", "请选择走访对象的类别")
	}
	if on, err := time.Parse(time.DateOnly, n.HeldOn); err != nil || on.After(clock.Today(now)) || on.Year() < 2000 {
		faults.Add("held_on", "请填写今天或以前的日期")
	}
	if len(n.Members) > maxMembers {
		faults.Add("members", "同行成员最多 %d 人", maxMembers)
	}
	return faults.Err()
}
