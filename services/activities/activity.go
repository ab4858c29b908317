// Package activities keeps what a unit does beside the desk: surveys, consultations, supervision, service, visits. An
// activity is on the calendar of its unit and, sent down as a letter, on those of the units that report to it: there it can
// be read, linked and given tasks, but not changed. Tasks ask members to collect clues.
package activities

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/clock"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/services/letters"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Kinds are the kinds of activity.
var Kinds = []string{"survey", "consultation", "supervision", "service", "visit"}

// The states of an activity.
const (
	Planned   = "planned"
	Cancelled = "cancelled"
)

// LetterKind is the kind of the letter that carries an activity down.
const LetterKind = "activity"

const (
	maxTitle   = 100
	maxBody    = 3_000
	maxPlace   = 100
	maxReason  = 200
	maxTask    = 200
	maxMembers = 50
	// longest is how long an activity may last.
	longest = 366 * 24 * time.Hour
)

// NewActivity is an activity as it is arranged. Below names the units that get it at once.
type NewActivity struct {
	Kind     string    `json:"kind" enum:"survey,consultation,supervision,service,visit"`
	Title    string    `json:"title"`
	Body     string    `json:"body,omitempty" doc:"内容、安排、要求"`
	Place    string    `json:"place,omitempty"`
	StartsAt time.Time `json:"starts_at"`
	EndsAt   time.Time `json:"ends_at"`
	Below    []string  `json:"below,omitempty" maxItems:"200" doc:"下发给哪些单位（代码）"`
}

// Unit names a tenant.
type Unit struct {
	Tenant string `json:"tenant"`
	Name   string `json:"name"`
	Level  string `json:"level" enum:"county,city,province,national"`
}

// Sending is how far an activity has come to one unit below.
type Sending struct {
	Unit
	State   string    `json:"state" enum:"queued,delivered,failed"`
	Problem string    `json:"problem,omitempty"`
	SentAt  time.Time `json:"sent_at"`
}

// Task asks members to collect clues.
type Task struct {
	ID      uuid.UUID   `json:"id"`
	Text    string      `json:"text"`
	DueOn   string      `json:"due_on"`
	Members []uuid.UUID `json:"members"`
	Names   []string    `json:"names"`
	State   string      `json:"state" enum:"open,done"`
	DoneBy  string      `json:"done_by,omitempty"`
	Overdue bool        `json:"overdue"`
	Mine    bool        `json:"mine"`
}

// NewTask is a task as it is given.
type NewTask struct {
	Text    string      `json:"text"`
	DueOn   string      `json:"due_on" format:"date"`
	Members []uuid.UUID `json:"members" minItems:"1" maxItems:"50"`
}

// Activity is one on this unit's calendar. Lists leave out the body, the tasks and the sendings.
type Activity struct {
	ID       uuid.UUID `json:"id"`
	Kind     string    `json:"kind" enum:"survey,consultation,supervision,service,visit"`
	Title    string    `json:"title"`
	Body     string    `json:"body,omitempty"`
	Place    string    `json:"place,omitempty"`
	StartsAt time.Time `json:"starts_at"`
	EndsAt   time.Time `json:"ends_at"`
	State    string    `json:"state" enum:"planned,cancelled"`
	Reason   string    `json:"reason,omitempty" doc:"取消的原因"`
	From     *Unit     `json:"from,omitempty" doc:"上级单位安排的活动"`
	Version  int       `json:"version"`
	Open     int       `json:"open_tasks" doc:"未完成的任务数"`
	Mine     bool      `json:"mine" doc:"有交给自己的未完成任务"`
	Clues    int       `json:"clues"`
	Reports  int       `json:"reports"`
	Tasks    []Task    `json:"tasks,omitempty"`
	Sendings []Sending `json:"sendings,omitempty"`
	Can      []string  `json:"can" enum:"edit,cancel,send,task"`
}

// Yield is how much came of an activity.
type Yield struct{ Clues, Reports int }

// Clues counts what came of activities; services/clues fulfils it.
type Clues interface {
	Yields(ctx context.Context, q tenancy.Querier, activities []uuid.UUID) (map[uuid.UUID]Yield, error)
}

// Letters is what this package needs of services/letters.
type Letters interface {
	Send(ctx context.Context, tx *tenancy.Tx, d letters.Draft) (uuid.UUID, error)
	Sent(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]letters.State, error)
	Register(kind string, h letters.Handler)
}

// Notifier tells members; *notices.Service fulfils it.
type Notifier interface {
	Tell(ctx context.Context, tx *tenancy.Tx, to []uuid.UUID, n notices.Notice) error
	TellRoles(ctx context.Context, tx *tenancy.Tx, roles []string, n notices.Notice) error
}

// office is who is told of what came from above.
var office = []string{"editor", "reviewer"}

// ofUnit is an activity to authz: the unit's, nobody's own.
var ofUnit = authz.Object{Read: authz.ActivityRead}

func (n *NewActivity) check() error {
	var faults errs.Fields
	documents.CheckWritten(&faults,
		documents.Written{Field: "title", Name: "活动名称", Text: &n.Title, Least: 1, Most: maxTitle},
		documents.Written{Field: "body", Name: "内容", Text: &n.Body, Most: maxBody, Lines: true},
		documents.Written{Field: "place", Name: "地点", Text: &n.Place, Most: maxPlace})
	if !slices.Contains(Kinds, n.Kind) {
		faults.Add("kind", "请选择活动的种类")
	}
	switch {
	case n.StartsAt.Year() < 2000 || n.StartsAt.Year() > 2200:
		faults.Add("starts_at", "请填写开始时间")
	case n.EndsAt.Before(n.StartsAt):
		faults.Add("ends_at", "结束时间不能早于开始时间")
	case n.EndsAt.Sub(n.StartsAt) > longest:
		faults.Add("ends_at", "一项活动最长一年")
	}
	return faults.Err()
}

func (n *NewTask) check(now time.Time) error {
	var faults errs.Fields
	documents.CheckWritten(&faults, documents.Written{Field: "text", Name: "任务", Text: &n.Text, Least: 1, Most: maxTask})
	if due, err := time.Parse(time.DateOnly, n.DueOn); err != nil || due.Before(clock.Today(now)) || due.After(now.AddDate(5, 0, 0)) {
		faults.Add("due_on", "请填写今天或以后的日期")
	}
	if len(n.Members) == 0 || len(n.Members) > maxMembers {
		faults.Add("members", "请选择 1 至 %d 人", maxMembers)
	}
	return faults.Err()
}
