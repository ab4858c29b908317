// Package feedback keeps what reached the author of a report of what became of it, and how: seen in the page or read as a
// notice, which the program notes itself, or told by phone, in person or by letter, which a clerk records.
//
// Its rule: an outcome counts as told from the first record at or after the moment this unit heard of it. How long that took,
// and what is still untold, is reckoned from the outcomes and the records; nothing is kept beside them. The reports of this
// tenant are read here and never written. A received report's author is its sender's to tell, and the receipts do that; a
// combined report is told at its sources.
package feedback

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// Report is what feedback needs to know of one.
type Report struct {
	ID          uuid.UUID
	Number      string
	Title       string
	State       string
	Category    string
	Authors     []uuid.UUID // members of this tenant
	AuthorName  string
	AuthorTitle string
	Sender      string // the unit it came from, empty for one of this tenant's own
	Combined    bool
	SubmittedAt *time.Time
}

// Reports shows the reports the caller may read; cmd wires it.
type Reports interface {
	Load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Report, error)
}

// The ways by which something reaches an author. The first two the program sees itself.
const (
	Page   = "page"
	Notice = "notice"
	Phone  = "phone"
	Person = "person"
	Letter = "letter"
)

var wayText = map[string]string{Page: "在页面上看到", Notice: "阅读了消息", Phone: "电话", Person: "当面", Letter: "书面"}

// Record is one time that something reached an author.
type Record struct {
	ID        uuid.UUID `json:"id"`
	Way       string    `json:"way" enum:"page,notice,phone,person,letter"`
	Reached   string    `json:"reached" doc:"告知了谁"`
	Words     string    `json:"words,omitempty"`
	ReachedAt time.Time `json:"reached_at"`
	Recorder  string    `json:"recorder,omitempty" doc:"登记人；系统自动记录的为空"`
	CreatedAt time.Time `json:"created_at"`
}

// Outcome is what a unit decided, and when the author heard of it.
type Outcome struct {
	Event      uuid.UUID  `json:"event"`
	Kind       string     `json:"kind"`
	Form       string     `json:"form,omitempty"`
	Words      string     `json:"words"`
	Decider    string     `json:"decider"`
	Level      string     `json:"level"`
	OccurredAt time.Time  `json:"occurred_at"`
	ReceivedAt time.Time  `json:"received_at" doc:"本单位得知的时间"`
	ToldAt     *time.Time `json:"told_at,omitempty"`
	Days       int        `json:"days" doc:"从得知到告知作者的天数；未告知的算到今天"`
}

// Sheet is the feedback on one report. Untold is how many days an outcome has waited to be told, nothing where none waits.
type Sheet struct {
	Records  []Record  `json:"records"`
	Outcomes []Outcome `json:"outcomes"`
	Untold   *int      `json:"untold,omitempty"`
	Can      []string  `json:"can" enum:"record,letter,thanks,certificate"`
}

// NewRecord is what a clerk records.
type NewRecord struct {
	Way     string `json:"way" enum:"phone,person,letter"`
	Reached string `json:"reached,omitempty" maxLength:"60" doc:"告知了谁；不填为作者"`
	Words   string `json:"words" maxLength:"1000" doc:"告知的内容和对方的意见"`
	On      string `json:"on" format:"date"`
}

// Waiting is a report whose author has not heard of an outcome.
type Waiting struct {
	ReportID uuid.UUID `json:"report_id"`
	Number   string    `json:"number"`
	Title    string    `json:"title"`
	Author   string    `json:"author"`
	Online   bool      `json:"online" doc:"作者是本单位成员，看到页面即算告知"`
	Outcomes int       `json:"outcomes"`
	Latest   string    `json:"latest"`
	Since    time.Time `json:"since"`
	Days     int       `json:"days"`
}

// Figures are how fast the authors heard of the outcomes of this year. What is untold counts up to today.
type Figures struct {
	Year     int     `json:"year"`
	Outcomes int     `json:"outcomes"`
	Untold   int     `json:"untold"`
	Median   float64 `json:"median_days"`
	Longest  int     `json:"longest_days"`
	Sentence string  `json:"sentence"`
}

// List is what waits to be told, oldest first, with the figures of the year.
type List struct {
	Items   []Waiting `json:"items"`
	Total   int       `json:"total"`
	Figures Figures   `json:"figures"`
}

// Change is an outcome of a time, for a meeting.
type Change struct {
	ReportID uuid.UUID
	Number   string
	Title    string
	Author   string
	Words    string
	At       time.Time
	Told     bool
	Own      bool // of this unit's own author, who hears of it here
}

// told are the kinds of outcome that an author is to hear of.
const toldKinds = `('adopted', 'adoption_corrected', 'kept', 'declined')`

var zone = time.FixedZone("Asia/Shanghai", 8*60*60)

// days is how many midnights lie between two moments.
func days(from, to time.Time) int {
	f, t := from.In(zone), to.In(zone)
	first, last := time.Date(f.Year(), f.Month(), f.Day(), 0, 0, 0, 0, time.UTC), time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return max(int(last.Sub(first)/(24*time.Hour)), 0)
}

// check cleans the record and gives the moment it stands for: of today now, of an earlier day its end.
func (n *NewRecord) check(r Report, now time.Time) (time.Time, error) {
	var faults errs.Fields
	if n.Way != Phone && n.Way != Person && n.Way != Letter {
		faults.Add("way", "请选择反馈方式")
	}
	documents.CheckWritten(&faults, documents.Written{Field: "words", Name: "反馈内容", Text: &n.Words, Least: 2, Most: 1000, Lines: true})
	documents.CheckWritten(&faults, documents.Written{Field: "reached", Name: "告知对象", Text: &n.Reached, Most: 60})
	if n.Reached == "" {
		n.Reached = r.AuthorName
	}
	on, err := time.ParseInLocation(time.DateOnly, n.On, zone)
	today := now.In(zone).Format(time.DateOnly)
	switch {
	case err != nil:
		faults.Add("on", "请填写反馈日期")
	case n.On > today:
		faults.Add("on", "反馈日期不能晚于今天")
	case r.SubmittedAt != nil && n.On < r.SubmittedAt.In(zone).Format(time.DateOnly):
		faults.Add("on", "反馈日期不能早于信息提交的日期")
	}
	at := on.AddDate(0, 0, 1).Add(-time.Second)
	if n.On == today {
		at = now
	}
	return at, faults.Err()
}

var formText = map[string]string{"single": "单篇", "combined": "综合", "relayed": "转送"}

// words say what became of a report.
func words(decider, kind, form string) string {
	switch kind {
	case "adopted":
		if formText[form] != "" {
			return decider + "采用（" + formText[form] + "）"
		}
		return decider + "采用"
	case "adoption_corrected":
		return decider + "更正：撤销采用"
	case "returned":
		return decider + "退回修改"
	case "kept":
		return decider + "留存备用"
	case "declined":
		return decider + "不予采用"
	case "instructed":
		return "获领导批示（" + decider + "）"
	case "instruction_corrected":
		return decider + "更正一条领导批示的登记"
	case "answered":
		return "部门的办理答复已通过审核（" + decider + "）"
	case "handled":
		return "办理完毕（" + decider + "）"
	}
	return decider + "作出处理"
}
