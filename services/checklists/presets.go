package checklists

var (
	refuse  = []string{"decline"}
	putOff  = []string{"keep", "decline"}
	improve = []string{"return", "decline"}
	anyway  = []string{"return", "keep", "decline"}
)

// Shipped are the lists in the words of S12, and the reasons every desk knows besides. Codes are those of the reasons in use.
var Shipped = []List{
	{Code: "three_topics", Name: "三提三不提", Moment: Topic, Position: 1, Active: true, Shipped: true, Items: []Item{
		{Code: "focus", Kind: Tick, Text: "党委政府工作的重点、群众关心的热点、社会治理的难点，积极通过社情民意信息提出意见建议"},
		{Code: "foresight", Kind: Tick, Text: "党委政府还没有关注到但在社会上已经引起普遍关注的具有前瞻性的重大问题，积极通过社情民意信息提出意见建议"},
		{Code: "unfinished", Kind: Tick, Text: "党委政府正在推进但还没做好做到位需要进一步改进的工作，积极通过社情民意信息提出意见建议"},
		{Code: "against_policy", Kind: MustNot, Text: "违反国家法律法规、大政方针政策、社会公序良俗和党委政府决策部署的不提", Reason: "与法律法规、大政方针或公序良俗不符", For: refuse},
		{Code: "private_interest", Kind: MustNot, Text: "假公济私为个人、企业、小团体谋取私利的不提", Reason: "为个人、企业或小团体谋取利益", For: refuse},
		{Code: "in_procedure", Kind: MustNot, Text: "已进入司法、执法程序的不提", Reason: "已进入司法、执法程序", For: refuse},
		{Code: "already_arranged", Kind: MustNot, Text: "党委政府已经安排部署并正在推进落实或者已经推动相关问题得到解决落实的不提", Reason: "党委政府已部署推进或已经解决", For: putOff},
		{Code: "not_feasible", Kind: MustNot, Text: "短期内不可能做到的事项不提", Reason: "短期内不可能做到", For: putOff},
	}},
	{Code: "three_uses", Name: "三用三不用", Moment: Screening, Position: 2, Active: true, Shipped: true, Items: []Item{
		{Code: "first_hand", Kind: Tick, Text: "深入群众、基层等一线调研了解真实情况、掌握一手数据资料的信息积极采用"},
		{Code: "thorough", Kind: Tick, Text: "分析原因透彻、研判科学合理、意见建议针对性和操作性强的信息积极采用"},
		{Code: "small_cut", Kind: Tick, Text: "切口小、反映问题带有普遍性和指导性的信息积极采用"},
		{Code: "hollow", Kind: MustNot, Text: "重点不突出、内容空洞无物的不用", Reason: "重点不突出，内容空泛", For: improve},
		{Code: "no_data", Kind: MustNot, Text: "没有数据支撑的不用", Reason: "没有数据支撑", For: anyway},
		{Code: "shallow", Kind: MustNot, Text: "分析不透彻、措施不具体、操作性不强的不用", Reason: "原因分析不透，措施不具体，操作性不强", For: anyway},
		{Code: "no_survey", Kind: MustNot, Text: "没有调查、东拼西凑、捕风捉影的信息不用", Reason: "没有调查，事实依据不足", For: improve},
	}},
	{Code: "three_writings", Name: "三写三不写", Moment: Writing, Position: 3, Active: true, Shipped: true, Items: []Item{
		{Code: "problem_written", Kind: Must, Text: "写出存在的问题"},
		{Code: "cause_written", Kind: Must, Text: "写明原因分析"},
		{Code: "advice_written", Kind: Must, Text: "写明具体的对策建议"},
		{Code: "work_news", Kind: MustNot, Text: "不写成绩、不写经验、不写做法", Reason: "写的是成绩、经验和做法，属工作动态", For: improve},
	}},
	{Code: "polish", Name: "编辑打磨", Moment: Editing, Position: 4, Active: true, Shipped: true, Items: []Item{
		{Code: "title_polished", Kind: Tick, Text: "标题：一事一报，写明对象和要办的事"},
		{Code: "body_polished", Kind: Tick, Text: "正文：语言朴实，没有套话，外行也能看懂"},
		{Code: "advice_answers", Kind: Tick, Text: "意见建议与问题相呼应"},
		{Code: "figures_checked", Kind: Tick, Text: "数据、名称、日期核对无误"},
	}},
	{Code: "three_reviews", Name: "三审", Moment: Review, Position: 5, Active: true, Shipped: true, Items: []Item{
		{Code: "political", Kind: Must, Text: "把好政治关"},
		{Code: "policy", Kind: Must, Text: "把好政策关"},
		{Code: "content", Kind: Must, Text: "把好内容关"},
	}},
	{Code: "three_checks", Name: "三核", Moment: Release, Position: 6, Active: true, Shipped: true, Items: []Item{
		{Code: "checked_by_source", Kind: Must, Text: "报送单位初核"},
		{Code: "checked_by_office", Kind: Must, Text: "研究室再核"},
		{Code: "checked_by_leader", Kind: Must, Text: "机关分管文稿领导三核"},
	}},
	{Code: "other_reasons", Name: "其他办理理由", Moment: Screening, Position: 7, Active: true, Shipped: true, Items: []Item{
		{Code: "several_matters", Kind: Reason, Text: "一篇反映了多件事，请一事一报", For: []string{"return"}},
		{Code: "incomplete", Kind: Reason, Text: "问题、原因或建议要素不全", For: []string{"return"}},
		{Code: "facts_to_check", Kind: Reason, Text: "事实或数据需要核实", For: []string{"return"}},
		{Code: "not_novel", Kind: Reason, Text: "与已有信息重复，没有新内容", For: putOff},
		{Code: "for_reference", Kind: Reason, Text: "有参考价值，留作综合素材", For: []string{"keep"}},
		{Code: "timing", Kind: Reason, Text: "时机不合适，留待适时使用", For: []string{"keep"}},
		{Code: "beyond_duty", Kind: Reason, Text: "不属本级职责范围", For: anyway},
	}},
}
