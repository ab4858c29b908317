package checks

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/settings"
)

// Rules is what a tenant asks for before a report goes on.
type Rules struct {
	Facts      string   `json:"facts" enum:"off,editing,approval,sending" doc:"Before which step the facts must have been checked"`
	Figures    string   `json:"figures" enum:"off,editing,approval,sending" doc:"Before which step a second person must have verified figures and sources, where there are any"`
	Proof      string   `json:"proof" enum:"off,approval,signing,sending" doc:"Before which step the text must have passed a proof check"`
	Again      bool     `json:"again" doc:"What was changed after the check must be checked again before approval and sending"`
	Important  bool     `json:"important" doc:"Only important and urgent reports"`
	Categories []string `json:"categories" maxItems:"50" doc:"Only these categories; empty for all"`
	Days       int      `json:"days" doc:"The usual number of working days for an answer"`
}

// RuleSetting is where a tenant keeps its rules. As shipped nothing is asked for.
var RuleSetting = settings.Kind[Rules]{
	Name: "check-rules", Title: "核实与校对要求",
	Default: func(tenancy.Tenant) Rules {
		return Rules{Facts: "off", Figures: "off", Proof: "off", Again: true, Categories: []string{}, Days: 3}
	},
	Check: func(r *Rules) error { return r.check() },
}

func (r *Rules) check() error {
	var faults errs.Fields
	for _, f := range []struct {
		name, value string
		known       []string
	}{
		{"facts", r.Facts, []string{"off", "editing", "approval", "sending"}},
		{"figures", r.Figures, []string{"off", "editing", "approval", "sending"}},
		{"proof", r.Proof, []string{"off", "approval", "signing", "sending"}},
	} {
		if !slices.Contains(f.known, f.value) {
			faults.Add(f.name, "请从列表中选择")
		}
	}
	if r.Days < 1 || r.Days > 60 {
		faults.Add("days", "答复期限为 1 至 60 个工作日")
	}
	if len(r.Categories) > 50 {
		faults.Add("categories", "最多选择 50 个分类")
	}
	return faults.Err()
}

// stage is a point in the way of a report. What is asked for before one is also asked for before the later ones.
type stage int

const (
	never stage = iota
	editing
	approval
	signing
	sending
)

var (
	stages    = map[string]stage{"editing": editing, "approval": approval, "signing": signing, "sending": sending}
	stageText = map[stage]string{editing: "编辑", approval: "送审", signing: "签发", sending: "报送、采用或编发"}

	// actions are the steps of a report that have a gate. A text leaves the house when it is sent up, adopted, or printed in an
	// issue; an express issue passes the approval by, so whatever is asked for before the steps it skips is asked for there.
	actions = map[string]stage{
		"edit": editing, "combine": editing, "send_for_review": approval, "approve": signing,
		"forward": sending, "adopt_single": sending, "adopt_relayed": sending, "issue": sending, "express": sending,
	}
)

// applies tells whether the rules ask anything of the report.
func (r Rules) applies(report Report) bool {
	if r.Important && report.Class != "important" && !report.Urgent {
		return false
	}
	return len(r.Categories) == 0 || slices.Contains(r.Categories, report.Category)
}

// Need is one thing the rules ask for, and whether it is there. Text says what is missing, and who can do it.
type Need struct {
	What   string `json:"what" enum:"facts,figures,proof"`
	Before string `json:"before" enum:"editing,approval,signing,sending"`
	Met    bool   `json:"met"`
	Text   string `json:"text,omitempty"`
}

// known is what was checked of a report so far.
type known struct {
	checks []row // done, oldest first
	proof  *proofRow
}

// needs is everything the rules ask for, at the stage that comes now. A text that was changed since is no lack at the
// sign-off: a leader's own words are checked before they leave the house.
func needs(rules Rules, r Report, k known, now stage) []Need {
	list := []Need{}
	if !rules.applies(r) {
		return list
	}
	again := rules.Again && now != editing && now != signing
	add := func(what, before string, lack string) {
		if stages[before] != never {
			list = append(list, Need{What: what, Before: before, Met: lack == "", Text: lack})
		}
	}
	add(MatterFacts, rules.Facts, k.lackOfFacts(r, again))
	if len(r.figurePassages()) > 0 {
		add(MatterFigures, rules.Figures, k.lackOfFigures(r, again))
	}
	add("proof", rules.Proof, k.lackOfProof(r, now != signing))
	return list
}

const whoChecks = "可由编辑或核稿人登记核实情况，也可以请内设机构、有关人员或职能部门核实"

// lackOfFacts is empty where the last check of the facts carries the report.
func (k known) lackOfFacts(r Report, again bool) string {
	last := k.last(MatterFacts)
	if last == nil {
		return "还没有核实情况，" + whoChecks
	}
	statements, _ := r.digests()
	return last.lack(again && !bytes.Equal(last.Digest, statements), "核实后正文又有修改，请再次核实；"+whoChecks)
}

// lackOfFigures is empty where another person than the author and the first checker verified the figures as they stand.
func (k known) lackOfFigures(r Report, again bool) string {
	last := k.last(MatterFigures)
	if last == nil {
		return "数据和来源还没有经第二人核实，" + k.whoElse(r)
	}
	_, figures := r.digests()
	if lack := last.lack(again && !bytes.Equal(last.Figures, figures), "核实后数据又有修改，请第二人再次核实；"+k.whoElse(r)); lack != "" {
		return lack
	}
	first := k.last(MatterFacts)
	if first != nil && first.CheckedBy != nil && last.CheckedBy != nil && *first.CheckedBy == *last.CheckedBy {
		return "情况核实和数据核实是同一人（" + last.Checker + "），" + k.whoElse(r)
	}
	return ""
}

// whoElse says who may be the second person.
func (k known) whoElse(Report) string {
	who := "须由作者以外的人核实"
	if first := k.last(MatterFacts); first != nil && first.CheckedBy != nil {
		who = "须由作者和" + first.Checker + "以外的人核实"
	}
	return who + "；" + whoChecks
}

// last is the newest check of the matter that was done.
func (k known) last(matter string) *row {
	for i := len(k.checks) - 1; i >= 0; i-- {
		if k.checks[i].Matter == matter {
			return &k.checks[i]
		}
	}
	return nil
}

// lack says why the check does not carry the report.
func (c *row) lack(stale bool, again string) string {
	switch {
	case c.Result == "untrue" || c.Result == "unclear":
		return matterText[c.Matter] + "的结果是“" + resultText[c.Result] + "”（" + c.Checker + "），须改正后再次核实"
	case stale:
		return again
	}
	return ""
}

// Before refuses the step of a report that the rules bind to a check which is not there (reports.Gate).
func (s *Service) Before(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, action string) error {
	now := actions[action]
	if now == never {
		return nil
	}
	rules, err := RuleSetting.Get(ctx, tx)
	if err != nil || rules.Facts == "off" && rules.Figures == "off" && rules.Proof == "off" {
		return err
	}
	r, err := s.reports.Load(ctx, tx, report)
	if err != nil {
		return err
	}
	if action == "edit" && r.State != "taken_up" && r.State != "editing" {
		return nil // the author's own work
	}
	k, err := knownOf(ctx, tx, report)
	if err != nil {
		return err
	}
	var lacks []string
	for _, need := range needs(rules, r, k, now) {
		if !need.Met && stages[need.Before] <= now {
			lacks = append(lacks, need.Text)
		}
	}
	if len(lacks) == 0 {
		return nil
	}
	return errs.New(errs.Conflict, "按本单位规定，%s前须先核实或校对《%s》：%s。", stageText[now], r.Title, strings.Join(lacks, "；"))
}
