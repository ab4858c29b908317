// Package assignments follows a matter through the departments that handle it: 交办, 签收 or 申退, 延期, 答复, 审核, 满意度, 结果.
//
// Its rules: a department outside does nothing here itself; a clerk writes down each of its steps, and the step says so. One
// table (machine.go) moves each department's part. The matter is closed with a class of result only when every part has an
// answer that passed, and a report whose matter is open is not archived. Its author hears of the assignment, the answer and
// the result wherever he is, and how satisfied he is comes back the way the report went.
package assignments

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/internal/workdays"
	"shangda/services/attachments"
	"shangda/services/documents"
	"shangda/services/letters"
	"shangda/services/notices"
	"shangda/tenancy"
)

// The modes: 单办, 分办, 会办.
const (
	Single  = "single"
	Several = "several"
	Joint   = "joint"
)

// The states of the whole.
const (
	Open   = "open"
	Closed = "closed"
	Ended  = "cancelled"
)

const (
	maxDepartment = 60
	maxNote       = 500
	maxText       = 3000
	maxParts      = 10
	maxDays       = 250
)

var (
	results  = []string{"A", "B", "C"}
	verdicts = []string{"satisfied", "fair", "unsatisfied"}

	verdictText = map[string]string{"satisfied": "满意", "fair": "基本满意", "unsatisfied": "不满意"}
	modeText    = map[string]string{Single: "单办", Several: "分办", Joint: "会办"}
)

// Report is what an assignment needs to know of the report.
type Report struct {
	ID    uuid.UUID
	Title string
}

// The news of an assignment: that departments have the matter, what they answered, and how it ended.
const (
	NewsAssigned = "assigned"
	NewsAnswered = "answered"
	NewsClosed   = "closed"
)

// News is what the report's people and the units below hear. Instead is the news it takes the place of.
type News struct {
	Kind    string
	Result  string
	Words   string
	Instead uuid.UUID
}

// Reports shows a report to whom may read it, NotFound to others, and tells what became of it. services/reports fulfils it.
type Reports interface {
	Load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Report, error)
	// Readable are those of the reports that the caller may read.
	Readable(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]bool, error)
	Tell(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n News) (event uuid.UUID, err error)
	// Owned is nil where the report is the caller's own.
	Owned(ctx context.Context, q tenancy.Querier, id uuid.UUID) error
	// Answer is who told the report of an answer by that event; NotFound where it is no answer that it heard of.
	Answer(ctx context.Context, q tenancy.Querier, id, event uuid.UUID) (decider int32, err error)
	Into(ctx context.Context, q tenancy.Querier, id uuid.UUID) ([]uuid.UUID, error)
	From(ctx context.Context, tx *tenancy.Tx, sender int32, senderReport uuid.UUID) (uuid.UUID, error)
}

// Instructions tells which instructions on a report are in force; services/instructions fulfils it.
type Instructions interface {
	Standing(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]uuid.UUID, error)
}

// Way is one report at one upper unit.
type Way struct {
	Recipient int32
	Report    uuid.UUID
}

// Ways tells where reports of this tenant are now; services/forwardings fulfils it.
type Ways interface {
	Upward(ctx context.Context, q tenancy.Querier, reports []uuid.UUID) ([]Way, error)
}

// Letters carries what an author says to the unit that assigned the matter; *letters.Service fulfils it.
type Letters interface {
	Send(ctx context.Context, tx *tenancy.Tx, d letters.Draft) (uuid.UUID, error)
	Register(kind string, h letters.Handler)
}

// Files keeps what proves a step; *attachments.Service fulfils it.
type Files interface {
	Claim(ctx context.Context, tx *tenancy.Tx, ids []uuid.UUID, subject tenancy.Subject) error
	Of(ctx context.Context, q tenancy.Querier, subject tenancy.Subject) ([]attachments.Attachment, error)
}

// Notifier tells members; *notices.Service fulfils it.
type Notifier interface {
	Tell(ctx context.Context, tx *tenancy.Tx, to []uuid.UUID, n notices.Notice) error
	TellRoles(ctx context.Context, tx *tenancy.Tx, roles []string, n notices.Notice) error
}

// Opening gives a matter to departments. Days are working days from today.
type Opening struct {
	InstructionID *uuid.UUID `json:"instruction_id,omitempty"`
	Mode          string     `json:"mode" enum:"single,several,joint" doc:"单办, 分办, 会办; in a joint one the first department has the lead"`
	Request       string     `json:"request" maxLength:"2000"`
	Days          int        `json:"days" minimum:"1" maximum:"250" doc:"Working days from today"`
	Departments   []string   `json:"departments" minItems:"1" maxItems:"10"`
}

// Act is one step of a department's part. On is the day on which a department outside did it.
type Act struct {
	Step        string      `json:"step" enum:"accept,refuse,insist,reassign,ask_extension,grant,deny,reply,pass,send_back"`
	Note        string      `json:"note,omitempty" maxLength:"6000" doc:"The reason, the answer, the opinion"`
	On          string      `json:"on,omitempty" maxLength:"10" doc:"A date; empty for today"`
	Days        int         `json:"days,omitempty" minimum:"0" maximum:"250" doc:"Further working days: asked for, or given with a new department or a return"`
	Department  string      `json:"department,omitempty" maxLength:"120" doc:"Whom it is given to instead"`
	Attachments []uuid.UUID `json:"attachments,omitempty" maxItems:"20"`
}

// Closing ends the matter with its result.
type Closing struct {
	Result   string `json:"result" enum:"A,B,C" doc:"A solved, B planned, C not possible"`
	Feedback string `json:"feedback" maxLength:"6000" doc:"What the public is told"`
	Note     string `json:"note,omitempty" maxLength:"1000" doc:"For the unit itself"`
}

// Verdict is how satisfied an author is with the answer that the event told of.
type Verdict struct {
	Event   uuid.UUID `json:"event"`
	Verdict string    `json:"verdict" enum:"satisfied,fair,unsatisfied"`
	Note    string    `json:"note,omitempty" maxLength:"1000"`
}

func (o Opening) check() (Opening, error) {
	var faults errs.Fields
	o.Request = documents.Clean(o.Request, true)
	if o.Request == "" {
		faults.Add("request", "请写明办理要求")
	}
	documents.CheckText(&faults, "request", o.Request, maxNote)
	checkDays(&faults, o.Days, 1)
	list := []string{}
	for _, name := range o.Departments {
		name = documents.Line(name)
		documents.CheckText(&faults, "departments", name, maxDepartment)
		switch {
		case name == "":
			faults.Add("departments", "请填写承办单位名称")
		case slices.Contains(list, name):
			faults.Add("departments", "承办单位“%s”重复", name)
		default:
			list = append(list, name)
		}
	}
	o.Departments = list
	switch {
	case modeText[o.Mode] == "":
		faults.Add("mode", "请选择单办、分办或会办")
	case o.Mode == Single && len(list) != 1:
		faults.Add("departments", "单办只能有一个承办单位")
	case o.Mode != Single && (len(list) < 2 || len(list) > maxParts):
		faults.Add("departments", "%s须有 2 至 %d 个承办单位", modeText[o.Mode], maxParts)
	}
	return o, faults.Err()
}

func checkDays(faults *errs.Fields, days, least int) {
	if days < least || days > maxDays {
		faults.Add("days", "期限为 %d 至 %d 个工作日", least, maxDays)
	}
}

// needed are the steps that say nothing without a text.
var needed = map[string]string{
	StepRefuse: "请写明申退的理由", StepInsist: "请写明不同意申退的理由", StepExtend: "请写明申请延期的理由", StepDeny: "请写明不同意延期的理由",
	StepReply: "请填写答复内容", StepSendBack: "请写明退回的意见",
}

func (a Act) check(now time.Time) (Act, time.Time, error) {
	var faults errs.Fields
	a.Note, a.Department = documents.Clean(a.Note, true), documents.Line(a.Department)
	most := maxNote
	if a.Step == StepReply {
		most = maxText
	}
	if missing := needed[a.Step]; missing != "" && a.Note == "" {
		faults.Add("note", "%s", missing)
	}
	documents.CheckText(&faults, "note", a.Note, most)
	documents.CheckText(&faults, "department", a.Department, maxDepartment)
	if a.Step == StepReassign && a.Department == "" {
		faults.Add("department", "请填写改派的承办单位")
	}
	least := 0
	if a.Step == StepExtend {
		least = 1
	}
	checkDays(&faults, a.Days, least)
	on := today(now)
	if a.On != "" {
		given, err := time.Parse(time.DateOnly, a.On)
		switch {
		case err != nil:
			faults.Add("on", "请按“2026-11-30”的形式填写日期")
		case given.After(on):
			faults.Add("on", "日期不能晚于今天")
		default:
			on = given
		}
	}
	return a, on, faults.Err()
}

func (c Closing) check() (Closing, error) {
	var faults errs.Fields
	c.Feedback, c.Note = documents.Clean(c.Feedback, true), documents.Clean(c.Note, true)
	if !slices.Contains(results, c.Result) {
		faults.Add("result", "请选择办理结果：A（已解决）、B（列入计划）或 C（暂不能解决）")
	}
	if c.Feedback == "" {
		faults.Add("feedback", "请填写向反映人和群众反馈的内容")
	}
	documents.CheckText(&faults, "feedback", c.Feedback, maxText)
	documents.CheckText(&faults, "note", c.Note, maxNote)
	return c, faults.Err()
}

func (v Verdict) check() (Verdict, error) {
	var faults errs.Fields
	v.Note = documents.Clean(v.Note, true)
	if !slices.Contains(verdicts, v.Verdict) {
		faults.Add("verdict", "请选择满意、基本满意或不满意")
	}
	if v.Verdict == "unsatisfied" && v.Note == "" {
		faults.Add("note", "请写明不满意的原因")
	}
	documents.CheckText(&faults, "note", v.Note, maxNote)
	return v, faults.Err()
}

// today is the date in China.
func today(now time.Time) time.Time {
	y, m, d := now.In(workdays.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// after is the date that many working days later.
func after(date time.Time, days int) time.Time {
	y, m, d := date.Date()
	noon := time.Date(y, m, d, 12, 0, 0, 0, workdays.Zone)
	return today(workdays.Calendar{}.Add(noon, days, 0))
}

func subject(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "assignment", ID: id} }

func ofStep(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "handling", ID: id} }

func ofReport(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "report", ID: id} }
