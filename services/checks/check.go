// Package checks keeps what people verified of a report before it goes on: the facts, the figures and sources by a second
// person, and the proof of the text.
//
// Its rules: what was checked is remembered by its digest, so a later change of it shows. Who wrote a text does not verify
// its figures, nor does who checked its facts. What a tenant asks for before a step (rules.go) is a gate of that step.
package checks

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/services/documents"
	"shangda/services/notices"
	"shangda/tenancy"
)

// What is checked.
const (
	MatterFacts   = "facts"
	MatterFigures = "figures"
)

// The states of a check: asked of somebody, done, or taken back before it was.
const (
	Asked     = "asked"
	Done      = "done"
	Cancelled = "cancelled"
)

const (
	maxNote = 500
	maxName = 60
)

var (
	methods = []string{"site", "phone", "department", "documents"}
	results = []string{"true", "partly", "untrue", "unclear"}

	matterText = map[string]string{MatterFacts: "情况核实", MatterFigures: "数据和来源二次核实"}
	methodText = map[string]string{"site": "现场", "phone": "电话", "department": "部门核对", "documents": "查阅资料"}
	resultText = map[string]string{"true": "属实", "partly": "部分属实", "untrue": "不属实", "unclear": "无法判断"}
)

// Report is what a check needs to know of the report.
type Report struct {
	ID                            uuid.UUID
	State, Class, Category        string
	Urgent                        bool
	Version                       int
	AuthorID                      uuid.UUID // nil where it came from another unit
	Title, Problem, Cause, Advice string
}

// Reports shows reports to whom may read them, NotFound to others; LoadText also to whom was invited to read the text.
// services/reports fulfils it.
type Reports interface {
	Load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Report, error)
	LoadText(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Report, error)
}

// Files keeps what proves a check; *attachments.Service fulfils it.
type Files interface {
	Claim(ctx context.Context, tx *tenancy.Tx, ids []uuid.UUID, subject tenancy.Subject) error
	Of(ctx context.Context, q tenancy.Querier, subject tenancy.Subject) ([]attachments.Attachment, error)
}

// Notifier tells members; *notices.Service fulfils it.
type Notifier interface {
	Tell(ctx context.Context, tx *tenancy.Tx, to []uuid.UUID, n notices.Notice) error
	TellRoles(ctx context.Context, tx *tenancy.Tx, roles []string, n notices.Notice) error
}

// Finding is what a check found: how, the result, and what speaks for it.
type Finding struct {
	Method      string      `json:"method" enum:"site,phone,department,documents"`
	Result      string      `json:"result" enum:"true,partly,untrue,unclear"`
	Note        string      `json:"note,omitempty" maxLength:"500"`
	Attachments []uuid.UUID `json:"attachments,omitempty" maxItems:"20"`
}

// NewCheck is a check that was made. Department is set where a department outside made it and the caller writes it down.
type NewCheck struct {
	Matter     string `json:"matter" enum:"facts,figures"`
	Department string `json:"department,omitempty" maxLength:"60"`
	Finding
}

// NewRequest asks an inner unit, a person or a department outside to check: exactly one of them. DueOn is a date, or empty
// for the tenant's usual number of working days.
type NewRequest struct {
	Matter       string     `json:"matter" enum:"facts,figures"`
	UnitID       *uuid.UUID `json:"unit_id,omitempty"`
	MembershipID *uuid.UUID `json:"membership_id,omitempty"`
	Department   string     `json:"department,omitempty" maxLength:"60" doc:"A department outside, whose answer is written down by hand"`
	Question     string     `json:"question" maxLength:"500"`
	DueOn        string     `json:"due_on,omitempty" maxLength:"10" doc:"A date such as 2026-11-30; empty for the usual number of working days"`
}

func (f Finding) check(faults *errs.Fields) Finding {
	f.Note = documents.Clean(f.Note, true)
	if !slices.Contains(methods, f.Method) {
		faults.Add("method", "请选择核实方式：现场、电话、部门核对或查阅资料")
	}
	if !slices.Contains(results, f.Result) {
		faults.Add("result", "请选择核实结果：属实、部分属实、不属实或无法判断")
	}
	if f.Result != "true" && f.Note == "" {
		faults.Add("note", "结果不是“属实”时，请写明核实到的情况")
	}
	documents.CheckText(faults, "note", f.Note, maxNote)
	return f
}

func (n NewCheck) check() (NewCheck, error) {
	var faults errs.Fields
	n.Department = documents.Line(n.Department)
	checkMatter(&faults, n.Matter)
	documents.CheckText(&faults, "department", n.Department, maxName)
	n.Finding = n.Finding.check(&faults)
	return n, faults.Err()
}

func (n NewRequest) check(now time.Time, usual int) (NewRequest, time.Time, error) {
	var faults errs.Fields
	n.Department, n.Question = documents.Line(n.Department), documents.Clean(n.Question, true)
	checkMatter(&faults, n.Matter)
	asked := 0
	for _, given := range []bool{n.UnitID != nil, n.MembershipID != nil, n.Department != ""} {
		if given {
			asked++
		}
	}
	if asked != 1 {
		faults.Add("to", "请选择一个核实对象：内设机构、人员或职能部门")
	}
	if n.Question == "" {
		faults.Add("question", "请写明需要核实什么")
	}
	documents.CheckText(&faults, "question", n.Question, maxNote)
	documents.CheckText(&faults, "department", n.Department, maxName)
	due := dueOn(&faults, n.DueOn, now, usual)
	return n, due, faults.Err()
}

func checkMatter(faults *errs.Fields, matter string) {
	if matterText[matter] == "" {
		faults.Add("matter", "请选择核实事项：情况核实或数据和来源二次核实")
	}
}

func subject(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "check", ID: id} }

func ofReport(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "report", ID: id} }
