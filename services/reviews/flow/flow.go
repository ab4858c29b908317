// Package flow is approval without a database: what a flow is, whom its steps wait for, and the machine that a report
// passes. Everything in it is a pure function of its arguments: time and people come from outside.
//
// Its rule: a run has no dead end. From whatever state the verbs can reach, some sequence of allowed verbs ends it, also
// when people have left meanwhile; a property test walks ten thousand histories to show it.
package flow

import (
	"regexp"
	"slices"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/internal/errs"
)

// The modes of a step: whose word passes it.
const (
	Any  = "any"  // 或签: the first of them
	All  = "all"  // 会签: everybody, in any order
	Turn = "turn" // 依次: everybody, one after another
	Vote = "vote" // 票签: a share of them says yes
)

// Routes are the kinds of report that a flow is for: 一般, 重要, 紧急.
var Routes = []string{"ordinary", "important", "urgent"}

// RouteNames are what they are called.
var RouteNames = map[string]string{"ordinary": "一般", "important": "重要", "urgent": "紧急"}

// Addressees are where a report is meant to go once it is signed.
var Addressees = map[string]string{"upper": "上级单位", "local": "本级党委政府", "department": "有关部门"}

// Parts are the parts of a text that a step may keep locked.
var Parts = map[string]string{"title": "标题", "problem": "问题", "cause": "原因", "advice": "建议"}

// Checks are the dimensions of 三审, which a step may ask to be ticked.
var Checks = map[string]string{"political": "政治关", "policy": "政策关", "content": "内容关"}

// Follow is what an office does with a signed report.
var Follow = map[string]string{"issue": "印发", "relay": "转办", "forward": "报送"}

// Condition says for which reports a step or a flow applies: each list that is not empty must hold the report's value.
type Condition struct {
	Classes    []string `json:"classes,omitempty" maxItems:"2" doc:"ordinary, important"`
	Urgencies  []string `json:"urgencies,omitempty" maxItems:"3" doc:"normal, urgent, critical"`
	Categories []string `json:"categories,omitempty" maxItems:"30"`
	Sources    []string `json:"sources,omitempty" maxItems:"30" doc:"own, received, combined or a kind of source"`
	Addressees []string `json:"addressees,omitempty" maxItems:"3" doc:"upper, local, department: any of them among where it is meant to go"`
}

// Step is one step of a flow. It waits for the people named, or for whoever has the post and the role, where either may
// be empty; with Charge, of those with the post only for who is in charge of the report's field, where somebody is.
type Step struct {
	No     int         `json:"no" readOnly:"true" required:"false"`
	Title  string      `json:"title" maxLength:"30"`
	Post   string      `json:"post,omitempty" maxLength:"41"`
	Role   string      `json:"role,omitempty" maxLength:"41"`
	People []uuid.UUID `json:"people,omitempty" maxItems:"20"`
	Charge bool        `json:"charge,omitempty" doc:"Only who is in charge of the report's field"`
	Mode   string      `json:"mode,omitempty" enum:"any,all,turn,vote" default:"any"`
	Ratio  int         `json:"ratio,omitempty" minimum:"0" maximum:"100" doc:"Of a vote: the per cent of yes it needs"`
	Days   int         `json:"days,omitempty" minimum:"0" maximum:"60" doc:"Time limit in working days"`
	Hours  int         `json:"hours,omitempty" minimum:"0" maximum:"23" doc:"And hours"`
	When   Condition   `json:"when,omitzero"`
	Locked []string    `json:"locked,omitempty" maxItems:"4" doc:"Parts of the text that may not be edited here"`
	Sheet  []string    `json:"sheet,omitempty" maxItems:"3" doc:"What must be ticked: political, policy, content"`
}

// Flow is a flow as it is set up. Template names the shipped one it was copied from. Green names the posts that may
// release an urgent report before the signatures are complete; without any there is no green channel.
type Flow struct {
	Name      string    `json:"name" maxLength:"50"`
	Template  string    `json:"template,omitempty" maxLength:"20"`
	AppliesTo []string  `json:"applies_to" maxItems:"3"`
	When      Condition `json:"when,omitzero"`
	Green     []string  `json:"green,omitempty" maxItems:"8"`
	Then      []string  `json:"then,omitempty" maxItems:"3" doc:"What the office does once it is signed: issue, relay, forward"`
	Steps     []Step    `json:"steps" maxItems:"10"`
}

const (
	maxName   = 50
	maxTitle  = 30
	maxSteps  = 10
	maxStages = 20 // of a run, with the signers added
)

var code = regexp.MustCompile(`^[a-z][a-z0-9_]{0,40}$`)

// Validate names every fault of a flow, numbers its steps and fills in the usual mode.
func (f *Flow) Validate() error {
	var faults errs.Fields
	if n := utf8.RuneCountInString(f.Name); n == 0 || n > maxName {
		faults.Add("name", "名称应为 1 至 %d 个字", maxName)
	}
	if !distinct(f.AppliesTo, RouteNames) {
		faults.Add("applies_to", "适用范围只能是一般、重要、紧急，且不重复")
	}
	if len(f.AppliesTo) == 0 {
		faults.Add("applies_to", "请选择适用范围")
	}
	if !f.When.valid() {
		faults.Add("when", "适用条件不正确")
	}
	for _, post := range f.Green {
		if !code.MatchString(post) {
			faults.Add("green", "绿色通道的岗位代码不正确")
			break
		}
	}
	if len(f.Green) > 0 && !slices.Contains(f.AppliesTo, "urgent") {
		faults.Add("green", "绿色通道只用于紧急信息，请在适用范围中选择紧急")
	}
	if !distinct(f.Then, Follow) {
		faults.Add("then", "签发后的事项只能是印发、转办、报送，且不重复")
	}
	if len(f.Steps) == 0 || len(f.Steps) > maxSteps {
		faults.Add("steps", "审签环节应为 1 至 %d 个", maxSteps)
	}
	for i := range f.Steps {
		f.Steps[i].No = i + 1
		f.Steps[i].validate(&faults)
	}
	return faults.Err()
}

func (s *Step) validate(faults *errs.Fields) {
	fault := func(what string) { faults.Add("steps", "第 %d 个环节%s", s.No, what) }
	if n := utf8.RuneCountInString(s.Title); n == 0 || n > maxTitle {
		fault("的名称应为 1 至 30 个字")
	}
	if s.Post == "" && s.Role == "" && len(s.People) == 0 {
		fault("没有指定岗位、角色或人员")
	}
	if len(s.People) > 0 && (s.Post != "" || s.Role != "" || s.Charge) {
		fault("指定了人员，就不能再指定岗位或角色")
	}
	if s.Charge && s.Post == "" {
		fault("由分管领导审签时，请指定分管领导的岗位")
	}
	if s.Post != "" && !code.MatchString(s.Post) || s.Role != "" && !code.MatchString(s.Role) {
		fault("的岗位或角色代码不正确")
	}
	if s.Mode == "" {
		s.Mode = Any
	}
	if !slices.Contains([]string{Any, All, Turn, Vote}, s.Mode) {
		fault("的签署方式不正确")
	}
	if s.Mode == Vote && (s.Ratio < 1 || s.Ratio > 100) {
		fault("的同意比例应为 1% 至 100%")
	}
	if s.Mode != Vote {
		s.Ratio = 0
	}
	if s.Days < 0 || s.Days > 60 || s.Hours < 0 || s.Hours > 23 {
		fault("的时限应为 0 至 60 个工作日、0 至 23 小时")
	}
	if !distinct(s.Locked, Parts) || !distinct(s.Sheet, Checks) || !s.When.valid() {
		fault("的条件、修改范围或审核要点不正确")
	}
}

func (c Condition) valid() bool {
	for _, list := range [][]string{c.Categories, c.Sources} {
		for _, value := range list {
			if n := utf8.RuneCountInString(value); n == 0 || n > 40 {
				return false
			}
		}
	}
	return distinct(c.Classes, classNames) && distinct(c.Urgencies, urgencyNames) && distinct(c.Addressees, Addressees)
}

// distinct tells whether all values are known and none stands twice.
func distinct(values []string, known map[string]string) bool {
	seen := map[string]bool{}
	for _, v := range values {
		if known[v] == "" || seen[v] {
			return false
		}
		seen[v] = true
	}
	return true
}
