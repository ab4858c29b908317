package reports

import (
	"slices"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// State is where a report stands in this tenant. Adoption is no state but an outcome: an adopted report goes on.
type State string

// The states (domain.md section 4).
const (
	Draft     State = "draft"
	Submitted State = "submitted"
	TakenUp   State = "taken_up"
	Editing   State = "editing"
	Returned  State = "returned"
	Kept      State = "kept"
	Declined  State = "declined"
	Merged    State = "merged"
	Reviewing State = "reviewing"
	Signed    State = "signed"
	Recalled  State = "recalled"
	Split     State = "split"
	Archived  State = "archived"
)

var stateText = map[State]string{
	Draft: "草稿", Submitted: "待受理", TakenUp: "初筛", Editing: "编辑中", Returned: "退回修改", Kept: "留存", Declined: "不采用",
	Merged: "已并入", Reviewing: "审核中", Signed: "已签发", Recalled: "已撤回",
	Split: "已拆分", Archived: "已归档",
}

// Action is what can be done with a report. The console is told the names of those that are possible now.
type Action string

// The actions. Those of the courier (tell_*) answer to what another unit did.
const (
	ActEdit           Action = "edit"
	ActSubmit         Action = "submit"
	ActWithdraw       Action = "withdraw"
	ActTakeUp         Action = "take_up"
	ActScreen         Action = "screen"
	ActKeep           Action = "keep"
	ActDecline        Action = "decline"
	ActReturn         Action = "return"
	ActAdoptSingle    Action = "adopt_single"
	ActAdoptRelayed   Action = "adopt_relayed"
	ActCorrect        Action = "correct_adoption"
	ActCombine        Action = "combine"
	ActReview         Action = "send_for_review"
	ActReviewEdit     Action = "review_edit"
	ActApprove        Action = "approve"
	ActReviewReturn   Action = "review_return"
	ActForward        Action = "forward"
	ActRecall         Action = "recall"
	ActHandOver       Action = "hand_over"
	ActSplit          Action = "split"
	ActAbsorb         Action = "merge_into"
	ActShares         Action = "edit_sources"
	ActLink           Action = "link"
	ActReviewAuthor   Action = "review_return_author"
	ActReviewWithdraw Action = "review_withdraw"
	ActReviewReopen   Action = "review_reopen"
)

// adopted says what a transition asks of this tenant's own adoption.
type adopted int

const (
	whether adopted = iota // adopted or not
	not                    // only where it is not adopted
	must                   // only where it is
)

// transition is one line of the table: from these states the action leads to To (unchanged where empty) for who holds
// the permission on the report.
type transition struct {
	Action     Action
	From       []State
	To         State
	Permission authz.Permission
	Adopted    adopted
}

var onDesk = []State{TakenUp, Editing}

// followed are the states in which a leader may have written on the report, and its matter can be given to departments.
var followed = []State{TakenUp, Editing, Reviewing, Signed, Kept, Declined}

// transitions is everything that moves a report inside its tenant. Adoption is allowed from the desk too: 转送 passes the
// original on without an issue, and a unit that decides at once needs no chain; what is forwarded must be signed.
var transitions = []transition{
	{ActEdit, []State{Draft, Returned}, "", authz.ReportWrite, whether},
	{ActEdit, onDesk, Editing, authz.ReportScreen, whether},
	{ActSubmit, []State{Draft, Returned}, Submitted, authz.ReportWrite, whether},
	{ActWithdraw, []State{Submitted}, Draft, authz.ReportWrite, whether},
	{ActTakeUp, []State{Submitted}, TakenUp, authz.ReportScreen, whether},
	{ActScreen, []State{Submitted}, TakenUp, authz.ReportScreen, whether},
	{ActScreen, onDesk, "", authz.ReportScreen, whether},
	{ActKeep, onDesk, Kept, authz.ReportScreen, not},
	{ActDecline, onDesk, Declined, authz.ReportScreen, not},
	{ActReturn, onDesk, Returned, authz.ReportScreen, not},
	{ActAdoptSingle, []State{TakenUp, Editing, Signed}, "", authz.ReportAdopt, not},
	{ActAdoptRelayed, []State{TakenUp, Editing, Signed}, "", authz.ReportAdopt, not},
	{ActCorrect, []State{TakenUp, Editing, Reviewing, Signed}, "", authz.ReportAdopt, must},
	{ActCombine, []State{TakenUp, Editing, Signed}, Merged, authz.ReportCombine, whether},
	{ActReview, onDesk, Reviewing, authz.ReviewStart, whether},
	{ActReviewEdit, []State{Reviewing}, "", authz.ReviewAct, whether},
	{ActApprove, []State{Reviewing}, Signed, authz.ReviewAct, whether},
	{ActReviewReturn, []State{Reviewing}, Editing, authz.ReviewAct, whether},
	{ActReviewAuthor, []State{Reviewing}, Returned, authz.ReviewAct, not},
	{ActReviewWithdraw, []State{Reviewing}, Editing, authz.ReviewStart, whether},
	{ActReviewReopen, []State{Signed}, Reviewing, authz.ReviewAct, not},
	{ActForward, []State{Signed}, "", authz.ReportForward, whether},
	{ActRecall, nil, "", authz.ReportForward, whether},
	{ActArrange, []State{Signed}, "", authz.IssueEdit, whether},
	{ActIssue, []State{Signed}, "", authz.IssueRelease, whether},
	// 直通车 stands outside the ordinary queue: whoever may release it may do so from the desk.
	{ActExpress, []State{TakenUp, Editing, Reviewing, Signed}, "", authz.IssueExpress, whether},
	{ActHandOver, []State{Draft, Returned}, "", authz.ReportWrite, whether},
	{ActSplit, onDesk, Split, authz.ReportScreen, not},
	{ActAbsorb, onDesk, Merged, authz.ReportCombine, not},
	{ActShares, []State{TakenUp, Editing, Reviewing}, "", authz.ReportCombine, whether},
	{ActLink, nil, "", authz.ReportScreen, whether},
	{ActInstruct, append(followed, Archived), "", authz.InstructionRecord, whether},
	{ActAssign, followed, "", authz.AssignmentWrite, whether},
	{ActArchive, []State{TakenUp, Editing, Signed, Kept, Declined}, Archived, authz.ReportScreen, whether},
}

// find is the line for the action in the report's state; where there is none, one of the action's lines and false.
func find(action Action, r *Report) (transition, bool) {
	var any transition
	for _, t := range transitions {
		if t.Action != action {
			continue
		}
		any = t
		if t.From == nil || slices.Contains(t.From, r.State) {
			return t, true
		}
	}
	return any, false
}

// fits tells whether the report itself allows what its state allows.
func (t transition) fits(r *Report) bool {
	if r.Combined && slices.Contains(notCombined, t.Action) || !r.Combined && t.Action == ActShares {
		return false
	}
	if r.SplitFrom != nil && r.AuthorID == nil && r.RecorderID == nil && (t.Action == ActReturn || t.Action == ActReviewAuthor) {
		return false // nobody here it could go back to
	}
	if r.Sender != nil && t.Permission == authz.ReportWrite {
		return false // it has no author here
	}
	return t.Adopted == whether || (t.Adopted == must) == (r.Adopted != "")
}

// notCombined is what a combined report is no object of: it has no single origin.
var notCombined = []Action{ActCombine, ActAdoptRelayed, ActReturn, ActReviewAuthor, ActSplit, ActAbsorb}

// answering are the actions of who answers for the report, not of everybody who helps to write it.
var answering = []Action{ActSubmit, ActWithdraw, ActHandOver}

func (t transition) answers(p *tenancy.Principal, r *Report) bool {
	return !slices.Contains(answering, t.Action) || r.Sender != nil || r.ownedBy(p.Membership)
}

// allow is the one gate of every change: not found for who cannot see the report, forbidden for who lacks the right,
// conflict where the state does not allow it. It does not change the report.
func allow(p *tenancy.Principal, r *Report, action Action) (transition, error) {
	t, found := find(action, r)
	if err := authz.Check(p, t.Permission, r.object()); err != nil {
		return t, err
	}
	switch {
	case !t.answers(p, r):
		return t, errs.New(errs.Forbidden, "只有第一反映人或代录人可以%s", actionText[action])
	case !found:
		return t, errs.New(errs.Conflict, "信息现在的状态是“%s”，不能%s", stateText[r.State], actionText[action])
	case t.fits(r):
		return t, nil
	case t.Adopted == not && r.Adopted != "":
		return t, errs.New(errs.Conflict, "信息已经采用，不能%s", actionText[action])
	case r.Sender != nil && t.Permission == authz.ReportWrite:
		return t, errs.New(errs.Conflict, "其他单位报送的信息不能%s", actionText[action])
	case t.Adopted == must:
		return t, errs.New(errs.Conflict, "信息没有采用，无需更正")
	case action == ActShares:
		return t, errs.New(errs.Conflict, "只有综合稿才有来源稿件")
	case r.SplitFrom != nil && !r.Combined:
		return t, errs.New(errs.Conflict, "拆分出的稿件没有可以退回的作者")
	}
	return t, errs.New(errs.Conflict, "综合稿不能%s", actionText[action])
}

// move applies a transition to the report in memory.
func (t transition) move(r *Report) {
	if t.To != "" {
		r.State = t.To
	}
}

var actionText = map[Action]string{
	ActEdit: "修改", ActSubmit: "提交", ActWithdraw: "撤回", ActTakeUp: "受理", ActScreen: "初筛", ActKeep: "留存", ActDecline: "不予采用", ActReturn: "退回",
	ActAdoptSingle: "采用", ActAdoptRelayed: "转送", ActCorrect: "更正采用", ActCombine: "并入综合稿", ActReview: "送审", ActReviewEdit: "修改",
	ActApprove: "审签", ActReviewReturn: "退回编辑", ActReviewAuthor: "退回作者",
	ActReviewWithdraw: "撤销送审", ActReviewReopen: "重新打开审签", ActForward: "报送", ActRecall: "撤回报送",
	ActArrange: "编入刊物", ActIssue: "编发", ActExpress: "编入直通车",
	ActHandOver: "移交", ActSplit: "拆分", ActAbsorb: "并入另一篇", ActShares: "调整来源", ActLink: "关联",
	ActInstruct: "登记批示", ActAssign: "交办", ActArchive: "归档",
}

// can lists what the principal may do with the report now. waiting tells whether a review waits for the principal.
func can(p *tenancy.Principal, r *Report, waiting bool) []Action {
	list := []Action{}
	for _, t := range transitions {
		switch t.Action {
		case ActReviewEdit, ActReviewAuthor, ActReviewWithdraw, ActReviewReopen: // the review tells who may
			continue
		case ActApprove, ActReviewReturn:
			if !waiting {
				continue
			}
		case ActRecall:
			if r.State != Signed {
				continue
			}
		}
		fits := (t.From == nil || slices.Contains(t.From, r.State)) && t.fits(r) && t.answers(p, r)
		if fits && authz.Allows(p, authz.ReportRead, r.object()) && authz.Allows(p, t.Permission, r.object()) {
			list = append(list, t.Action)
		}
	}
	return list
}
