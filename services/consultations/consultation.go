// Package consultations asks several people what they think of a report, and keeps what they say on one sheet: a joint
// review (联审会审) by committees, departments and experts in parallel, an expert's opinion on one item, and a workshop
// (专题研讨) of invited officers.
//
// Its rules: who is asked may read the text until the sheet is closed, and nothing else of the report. An opinion is given
// once and never changed; who should speak again is asked again. What comes after the date is marked, not refused.
package consultations

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/internal/workdays"
	"shangda/services/attachments"
	"shangda/services/documents"
	"shangda/services/notices"
	"shangda/tenancy"
)

// The kinds.
const (
	Joint    = "joint"
	Expert   = "expert"
	Workshop = "workshop"
)

// The states of a sheet and of an opinion on it.
const (
	Open      = "open"
	Closed    = "closed"
	Cancelled = "cancelled"

	Asked    = "asked"
	Given    = "given"
	Released = "released"
)

const (
	maxText   = 2000
	maxShort  = 500
	maxName   = 60
	mostAsked = 30
	usualDays = 5 // working days
)

var (
	kindText    = map[string]string{Joint: "联审会审", Expert: "专家征询", Workshop: "专题研讨"}
	verdictText = map[string]string{"agree": "同意", "change": "建议修改", "against": "不同意"}
	dimensions  = []string{"politics", "policy", "content"}
)

// Participant is whom to ask: exactly one of an inner unit, a member, an expert of the directory, and a department outside.
type Participant struct {
	UnitID       *uuid.UUID `json:"unit_id,omitempty"`
	MembershipID *uuid.UUID `json:"membership_id,omitempty"`
	ExpertID     *uuid.UUID `json:"expert_id,omitempty"`
	Department   string     `json:"department,omitempty" maxLength:"60" doc:"A department outside, whose opinion is written down by hand"`
}

// Opening is a consultation to be started. DueOn is a date, or empty for five working days. A workshop has a time and a place.
type Opening struct {
	Kind         string        `json:"kind" enum:"joint,expert,workshop"`
	Question     string        `json:"question" maxLength:"500"`
	DueOn        string        `json:"due_on,omitempty" maxLength:"10"`
	MeetsAt      *time.Time    `json:"meets_at,omitempty"`
	Place        string        `json:"place,omitempty" maxLength:"60"`
	Participants []Participant `json:"participants" maxItems:"30"`
}

// Dimension is one of the three a reviewer keeps the gate of: 政治关, 政策关, 内容关.
type Dimension struct {
	Name   string `json:"name" enum:"politics,policy,content"`
	Passed bool   `json:"passed"`
	Remark string `json:"remark,omitempty" maxLength:"200"`
}

// NewOpinion is what somebody says.
type NewOpinion struct {
	Verdict     string      `json:"verdict" enum:"agree,change,against"`
	Opinion     string      `json:"opinion,omitempty" maxLength:"2000"`
	Dimensions  []Dimension `json:"dimensions,omitempty" maxItems:"3"`
	Giver       string      `json:"giver,omitempty" maxLength:"60" doc:"Of a department outside: who spoke for it"`
	Attachments []uuid.UUID `json:"attachments,omitempty" maxItems:"20"`
}

// Closing is how a sheet ends. Resulting is the version of the text that came of it.
type Closing struct {
	Conclusion string `json:"conclusion" maxLength:"2000"`
	Minutes    string `json:"minutes,omitempty" maxLength:"2000"`
	Resulting  *int   `json:"resulting,omitempty" doc:"The number of a version of the report"`
}

// Report is what a consultation needs to know of the report.
type Report struct {
	ID                            uuid.UUID
	State, Category               string
	Title, Problem, Cause, Advice string
}

// Reports shows reports to whom may read them, NotFound to others; services/reports fulfils it.
type Reports interface {
	Load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Report, error)
}

// Person is an expert of the directory: a member, or somebody without an account.
type Person struct {
	Name         string
	MembershipID *uuid.UUID
	Active       bool
}

// Experts finds experts; services/experts fulfils it.
type Experts interface {
	Find(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Person, error)
}

// Files keeps what proves an opinion; *attachments.Service fulfils it.
type Files interface {
	Claim(ctx context.Context, tx *tenancy.Tx, ids []uuid.UUID, subject tenancy.Subject) error
	Of(ctx context.Context, q tenancy.Querier, subject tenancy.Subject) ([]attachments.Attachment, error)
}

// Notifier tells members; *notices.Service fulfils it.
type Notifier interface {
	Tell(ctx context.Context, tx *tenancy.Tx, to []uuid.UUID, n notices.Notice) error
}

// digest is of the text as it stood when people were asked: sha256 over the parts, each with its length.
func (r Report) digest() []byte {
	sum := sha256.New()
	for _, part := range []string{r.Title, r.Problem, r.Cause, r.Advice} {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		sum.Write(length[:])
		sum.Write([]byte(part))
	}
	return sum.Sum(nil)
}

func (n Opening) check(now time.Time) (Opening, time.Time, error) {
	var faults errs.Fields
	n.Question, n.Place = documents.Clean(n.Question, true), documents.Line(n.Place)
	if kindText[n.Kind] == "" {
		faults.Add("kind", "请选择联审会审、专家征询或专题研讨")
	}
	if n.Question == "" {
		faults.Add("question", "请写明征求意见的内容")
	}
	documents.CheckText(&faults, "question", n.Question, maxShort)
	documents.CheckText(&faults, "place", n.Place, maxName)
	if n.MeetsAt != nil && n.Kind != Workshop {
		faults.Add("meets_at", "只有专题研讨有会议时间")
	}
	due := dueOn(&faults, n.DueOn, now)
	n.Participants = checkParticipants(&faults, n.Participants)
	switch asked := len(n.Participants); {
	case n.Kind == Joint && asked < 2:
		faults.Add("participants", "联审会审至少要请两方")
	case n.Kind == Expert && asked != 1:
		faults.Add("participants", "专家征询请选择一位专家；要请多人请用联审会审")
	case n.Kind == Workshop && asked < 2:
		faults.Add("participants", "专题研讨至少要请两人")
	}
	return n, due, faults.Err()
}

func checkParticipants(faults *errs.Fields, list []Participant) []Participant {
	if len(list) > mostAsked {
		faults.Add("participants", "一次最多请 %d 方", mostAsked)
	}
	list = slices.Clone(list)
	for i, p := range list {
		p.Department = documents.Line(p.Department)
		list[i] = p
		asked := 0
		for _, given := range []bool{p.UnitID != nil, p.MembershipID != nil, p.ExpertID != nil, p.Department != ""} {
			if given {
				asked++
			}
		}
		if asked != 1 {
			faults.Add("participants", "第 %d 行：请选择一个机构、人员、专家或部门", i+1)
		}
		documents.CheckText(faults, "participants", p.Department, maxName)
	}
	return list
}

func (n NewOpinion) check() (NewOpinion, error) {
	var faults errs.Fields
	n.Opinion, n.Giver = documents.Clean(n.Opinion, true), documents.Line(n.Giver)
	if verdictText[n.Verdict] == "" {
		faults.Add("verdict", "请选择同意、建议修改或不同意")
	}
	if n.Verdict != "agree" && n.Opinion == "" {
		faults.Add("opinion", "建议修改或不同意的，请写明意见")
	}
	documents.CheckText(&faults, "opinion", n.Opinion, maxText)
	documents.CheckText(&faults, "giver", n.Giver, maxName)
	seen := map[string]bool{}
	for i, d := range n.Dimensions {
		d.Remark = documents.Line(d.Remark)
		n.Dimensions[i] = d
		if !slices.Contains(dimensions, d.Name) || seen[d.Name] {
			faults.Add("dimensions", "政治关、政策关、内容关各填一次")
		}
		seen[d.Name] = true
		if !d.Passed && d.Remark == "" {
			faults.Add("dimensions", "没有通过的一关，请写明问题")
		}
		documents.CheckText(&faults, "dimensions", d.Remark, 200)
	}
	if n.Dimensions == nil {
		n.Dimensions = []Dimension{}
	}
	return n, faults.Err()
}

func (c Closing) check() (Closing, error) {
	var faults errs.Fields
	c.Conclusion, c.Minutes = documents.Clean(c.Conclusion, true), documents.Clean(c.Minutes, true)
	if c.Conclusion == "" {
		faults.Add("conclusion", "请写明结论")
	}
	documents.CheckText(&faults, "conclusion", c.Conclusion, maxText)
	documents.CheckText(&faults, "minutes", c.Minutes, maxText)
	return c, faults.Err()
}

// today is the date in China.
func today(now time.Time) time.Time {
	y, m, d := now.In(workdays.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// dueOn is the date given, which has not passed, or five working days from now.
func dueOn(faults *errs.Fields, text string, now time.Time) time.Time {
	if text == "" {
		return today(workdays.Calendar{}.Add(now, usualDays, 0))
	}
	due, err := time.Parse(time.DateOnly, text)
	switch {
	case err != nil:
		faults.Add("due_on", "请按“2026-11-30”的形式填写期限")
	case due.Before(today(now)):
		faults.Add("due_on", "期限不能早于今天")
	case due.After(today(now).AddDate(1, 0, 0)):
		faults.Add("due_on", "期限不能超过一年")
	}
	return due
}

func subject(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "consultation", ID: id} }

func ofOpinion(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "opinion", ID: id} }

func ofReport(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "report", ID: id} }
