package story

import "slices"

// Actions that a unit must give a reason for.
const (
	ActionReturn  = "return"
	ActionKeep    = "keep"
	ActionDecline = "decline"
)

// Forms of adoption.
const (
	FormSingle   = "single"
	FormCombined = "combined"
	FormRelayed  = "relayed"
)

// Reason is a reason code with its name and the sentences an office writes
// beside it, for one action.
type Reason struct {
	Action, Code, Name string
	Texts              []string
}

// phrases are the sentences written on one occasion, such as a post's
// approval or a form of adoption.
type phrases struct {
	on    string
	texts []string
}

func textsOn(list []phrases, on string) []string {
	i := slices.IndexFunc(list, func(p phrases) bool { return p.on == on })
	if i < 0 {
		return nil
	}
	return slices.Clone(list[i].texts)
}

// Approvals returns what the holder of a post writes when agreeing, nil for a
// post that takes no part in a chain.
func Approvals(post string) []string { return textsOn(approvals, post) }

var approvals = []phrases{
	{PostInformationOfficer, []string{
		"已初审。事实清楚，数据有出处，已与反映人核对，拟按一般信息编报。",
		"经初审，反映问题具体，建议可操作。文字作了压缩，未改动原意。",
		"已电话核实走访户数和时间，补充一处数据来源，请复审。",
		"主题集中，未见重复件。标题已按规范修改，请审。",
		"原稿较长，保留主要事实和四条建议，删去背景介绍，请审核。",
	}},
	{PostOfficeHead, []string{
		"已审，同意编报。",
		"内容真实，建议较实，同意送审。",
		"原因部分已理顺，建议第三条改为由牵头部门负责，请领导审定。",
		"已与有关部门沟通，情况属实，目前尚无安排，同意报送。",
		"文字再精炼一些后可报，已修改，请审。",
	}},
	{PostCommitteeHead, []string{
		"复审同意。该事项与今年重点提案不重复。",
		"已复审。建议中涉及的政策依据准确，同意送审签。",
		"同意。建议报送时注明可转有关部门研究。",
		"复审通过，个别数字改为约数，表述更稳妥。",
	}},
	{PostSecretaryGeneral, []string{
		"同意报送。",
		"此件反映问题有代表性，同意，请主席会议有关领导审签。",
		"已阅改，突出问题部分，同意上报。",
		"事关群众日常生活，请抓紧按程序报送。",
		"同意。报送后请跟踪采用和办理情况，及时反馈委员。",
	}},
	{PostViceChair, []string{
		"同意上报。",
		"同意签发，同时送有关部门参阅。",
		"情况掌握得实，建议中肯，同意报送。",
		"同意。请注意措辞分寸，数据以核实后的为准。",
		"同意签发，按时限报送。",
	}},
	{PostChair, []string{
		"同意上报。",
		"同意。此事群众关注，请按重要信息报送。",
		"选题准，有分量，同意签发。",
		"同意报送，后续情况请继续关注。",
	}},
	{PostPartyHead, []string{
		"同意报送。",
		"同意，分别报送同级政协和上级组织。",
		"反映问题符合我们的界别特点，同意签发。",
		"已阅，同意按程序报送，请跟进反馈。",
	}},
	{PostDepartmentHead, []string{
		"同意。",
		"已阅，同意按程序办理并按期反馈。",
	}},
}

// StepReturns returns the opinions with which a step of a chain sends a text
// back to an earlier one.
func StepReturns() []string { return slices.Clone(stepReturns) }

var stepReturns = []string{
	"问题部分事实不够，请补充走访时间、范围和户数后再送。",
	"原因与建议不对应，第二条原因没有相应建议，请调整。",
	"建议第四条责任主体不明，请写清由哪个部门牵头。",
	"数据口径前后不一致，请与反映人核对后重新送审。",
	"篇幅偏长，请压缩到一千字以内，保留最能说明问题的两组数据。",
	"标题过大，与内容不符，请改为反映具体事项。",
}

// Reasons returns every reason for sending back, keeping or declining, by
// action and then by code.
func Reasons() []Reason {
	list := slices.Clone(reasons)
	for i := range list {
		list[i].Texts = slices.Clone(list[i].Texts)
	}
	return list
}

var reasons = []Reason{
	{ActionReturn, "no_data", "缺少事实或数据", []string{
		"反映的情况较笼统，请补充具体地点、涉及户数和发生次数，修改后再报。",
		"建议补充调研范围和数据来源，使问题更有说服力。",
	}},
	{ActionReturn, "several_matters", "一文多事", []string{
		"稿件同时反映了三件事，请按一事一报的要求分开撰写，优先写清第一件。",
		"内容涉及两个部门的不同事项，建议拆为两篇分别报送。",
	}},
	{ActionReturn, "shallow", "建议操作性不强", []string{
		"问题反映准确，但建议偏原则，请写明由谁做、做什么、何时做。",
		"所提建议需较大财政投入，请补充分步实施或低成本的办法。",
	}},
	{ActionReturn, "other", "其他", []string{
		"标题与内容不够一致，文字请再斟酌，修改后欢迎再报。",
		"附件图片不清晰，请重新上传，并补充拍摄时间和地点。",
	}},
	{ActionKeep, "not_novel", "已有同类信息", []string{
		"本月已收到同类信息并编报，此件留存，作为后续跟踪的参考材料。",
		"与上季度采用的信息内容相近，暂予留存，如有新情况请继续反映。",
	}},
	{ActionKeep, "already_arranged", "有关部门已作安排", []string{
		"经了解，主管部门已将此项工作列入今年计划，先予留存，年底跟踪落实情况。",
		"该问题已在专项整治范围内，暂不编报，留存备查。",
	}},
	{ActionKeep, "no_data", "缺少事实或数据", []string{
		"题目有价值，但样本较少，先行留存，待结合下半年调研充实后再用。",
	}},
	{ActionKeep, "other", "其他", []string{
		"此件适合在专题协商时一并使用，先予留存。",
		"时效性稍弱，留存作为年度综合分析的素材。",
	}},
	{ActionDecline, "not_novel", "已有同类信息", []string{
		"同一事项已由其他委员反映并被采用，此件不再编报，感谢您的关注。",
		"相关建议在去年的信息中已提出，未见新的情况，本次不采用。",
	}},
	{ActionDecline, "already_arranged", "有关部门已作安排", []string{
		"经核实，反映的问题已于上月整改完毕，故不再编报。",
		"相关政策已出台，建议内容均已包含在内，本次不采用。",
	}},
	{ActionDecline, "hollow", "重点不突出", []string{
		"稿件涉及事项较多且各自展开不足，经沟通未能拆分，本次不采用。",
	}},
	{ActionDecline, "not_feasible", "建议操作性不强", []string{
		"所提建议与现行法规规定不一致，难以实施，本次不采用。",
		"建议超出本级职权范围且缺少论证，本次不采用。",
	}},
	{ActionDecline, "work_news", "属工作动态", []string{
		"稿件主要介绍单位工作做法和成效，属工作动态，不属于社情民意信息范围。",
		"内容为活动情况报道，建议通过工作简报渠道报送。",
	}},
	{ActionDecline, "private_interest", "属个人或单位诉求", []string{
		"反映的是本单位具体诉求，建议通过主管部门业务渠道办理。",
		"属个案诉求，已告知通过信访或热线渠道反映，不作信息编报。",
	}},
	{ActionDecline, "other", "其他", []string{
		"经核实，所述情况与实际有出入，本次不采用，理由已电话告知反映人。",
	}},
}

// Adoptions returns the notes that go with an adoption of the given form.
func Adoptions(form string) []string { return textsOn(adoptions, form) }

var adoptions = []phrases{
	{FormSingle, []string{
		"单篇采用，编入本期。",
		"问题典型、建议可行，单篇采用，报送有关领导参阅。",
		"经编辑后单篇采用，原稿作者署名不变。",
		"采用。请反映单位继续跟踪，如有新情况及时补报。",
	}},
	{FormCombined, []string{
		"与同类信息合并，综合采用，来稿单位和作者一并署名。",
		"多地反映同一问题，综合为一篇采用。",
		"取其中数据和第二、第三条建议，综合采用。",
	}},
	{FormRelayed, []string{
		"事项具体，原稿转有关部门研究处理，不另编期。",
		"转请主管部门阅研，并请于二十个工作日内反馈意见。",
		"属部门职责范围内可即办的事项，转送办理。",
	}},
}

// Forwardings returns the notes written when a report is sent up.
func Forwardings() []string { return slices.Clone(forwardings) }

var forwardings = []string{
	"现将此件报上，请审阅。",
	"此件已经核实并签发，报请采用。",
	"所反映问题在我地具有一定普遍性，报请参阅。",
	"按重要信息程序审签，现予上报。",
	"该事项需上级有关部门统筹，报请研究。",
}

// Replies returns what a handling department answers to a relayed report.
func Replies() []string { return slices.Clone(replies) }

var replies = []string{
	"来件收悉。经现场核查，反映情况属实，已列入本季度整改事项，完成后另行反馈。",
	"已组织有关科室研究，其中两条建议已采纳，另一条因涉及年度预算，拟纳入明年计划。",
	"反映的问题已于近日处理完毕，并与反映人作了沟通，反映人表示认可。",
	"该事项涉及两个部门，已牵头召开协调会，明确了分工和完成时限。",
}
