package assignments

import "slices"

// The states of a department's part.
const (
	Assigned   = "assigned"   // 待签收
	Refused    = "refused"    // 申退
	Accepted   = "accepted"   // 办理中
	Extension  = "extension"  // 申请延期
	Replied    = "replied"    // 已答复，待审核
	Passed     = "passed"     // 答复通过
	Reassigned = "reassigned" // 改派给别的部门
	Cancelled  = "cancelled"  // 撤销
)

// The steps that move it.
const (
	StepAccept   = "accept"
	StepRefuse   = "refuse"
	StepInsist   = "insist"
	StepReassign = "reassign"
	StepExtend   = "ask_extension"
	StepGrant    = "grant"
	StepDeny     = "deny"
	StepReply    = "reply"
	StepPass     = "pass"
	StepSendBack = "send_back"
	StepCancel   = "cancel"
)

// move is one line of the table: the step leads from these states to To. By tells whose step it is: the department's own, or
// the assigning unit's.
type move struct {
	Step string
	From []string
	To   string
	By   party
}

type party int

const (
	department party = iota
	office
)

// moves is everything that moves a part. What passed can be sent back until the whole is closed: the author may not be
// satisfied. The last line is only for the whole.
var moves = []move{
	{StepAccept, []string{Assigned}, Accepted, department},
	{StepRefuse, []string{Assigned}, Refused, department},
	{StepInsist, []string{Refused}, Assigned, office},
	{StepReassign, []string{Assigned, Refused, Accepted}, Reassigned, office},
	{StepExtend, []string{Accepted}, Extension, department},
	{StepGrant, []string{Extension}, Accepted, office},
	{StepDeny, []string{Extension}, Accepted, office},
	{StepReply, []string{Accepted}, Replied, department},
	{StepPass, []string{Replied}, Passed, office},
	{StepSendBack, []string{Replied, Passed}, Accepted, office},
	{StepCancel, []string{Assigned, Refused, Accepted, Extension, Replied, Passed}, Cancelled, office},
}

// next is the line for the step in the state; false where there is none.
func next(state, step string) (move, bool) {
	for _, m := range moves {
		if m.Step == step && slices.Contains(m.From, state) {
			return m, true
		}
	}
	return move{}, false
}

// possible are the steps that a part allows by itself.
func possible(state string) []string {
	list := []string{}
	for _, m := range moves {
		if m.Step != StepCancel && slices.Contains(m.From, state) {
			list = append(list, m.Step)
		}
	}
	return list
}

// waits tells whether the department has still to do something about its part.
func waits(state string) bool {
	return slices.Contains([]string{Assigned, Refused, Accepted, Extension}, state)
}

// gone tells whether the part is nobody's any more.
func gone(state string) bool { return state == Reassigned || state == Cancelled }

// answered tells whether every part that is left has an answer that passed.
func answered(states []string) bool {
	passed := 0
	for _, state := range states {
		switch {
		case state == Passed:
			passed++
		case !gone(state):
			return false
		}
	}
	return passed > 0
}

var stepText = map[string]string{
	StepAccept: "签收", StepRefuse: "申退", StepInsist: "不同意申退", StepReassign: "改派", StepExtend: "申请延期", StepGrant: "同意延期",
	StepDeny: "不同意延期", StepReply: "答复", StepPass: "审核通过", StepSendBack: "退回重办", StepCancel: "撤销",
}

var stateText = map[string]string{
	Assigned: "待签收", Refused: "已申退", Accepted: "办理中", Extension: "申请延期", Replied: "待审核", Passed: "已通过", Reassigned: "已改派", Cancelled: "已撤销",
}
