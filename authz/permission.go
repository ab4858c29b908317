// Package authz says what a principal may do.
//
// Its rule: every route names its permission (Register), every use case checks it again on the loaded object
// (Check), and both look in one table compiled from the role templates and the tenant's own roles by Casbin.
// authz loads nothing: authz/roles brings the tenant's rows, the service brings the object.
package authz

// Permission is noun:verb.
type Permission string

// Class keeps business apart from the three administrators; Common permissions may stand in roles of any class.
type Class string

// The classes of permissions, roles and memberships.
const (
	Common   Class = "common"
	Business Class = "business"
	System   Class = "system"
	Security Class = "security"
	Audit    Class = "audit"
)

// The permissions. Each stands with its sentence in Permissions.
const (
	ReportRead     Permission = "report:read"
	ReportWrite    Permission = "report:write"
	ReportScreen   Permission = "report:screen"
	ReportCombine  Permission = "report:combine"
	ReportAdopt    Permission = "report:adopt"
	ReportForward  Permission = "report:forward"
	ReviewStart    Permission = "review:start"
	ReviewAct      Permission = "review:act"
	ChainRead      Permission = "chain:read"
	ChainWrite     Permission = "chain:write"
	ClueRead       Permission = "clue:read"
	ClueWrite      Permission = "clue:write"
	ClueImport     Permission = "clue:import"
	BoardUnit      Permission = "board:unit"
	BoardTree      Permission = "board:tree"
	NoticeRead     Permission = "notice:read"
	LiveRead       Permission = "live:read"
	MemberRead     Permission = "member:read"
	MemberWrite    Permission = "member:write"
	OrganRead      Permission = "organisation:read"
	OrganWrite     Permission = "organisation:write"
	RoleRead       Permission = "role:read"
	RoleWrite      Permission = "role:write"
	RoleAssign     Permission = "role:assign"
	AuditRead      Permission = "audit:read"
	TenantRead     Permission = "tenant:read"
	TenantWrite    Permission = "tenant:write"
	LineWrite      Permission = "line:write"
	LetterCarry    Permission = "letter:carry"
	ReportRecord   Permission = "report:record"
	CommentWrite   Permission = "comment:write"
	LedgerRead     Permission = "ledger:read"
	LedgerWrite    Permission = "ledger:write"
	ClueDiscuss    Permission = "clue:discuss"
	ClueDecide     Permission = "clue:decide"
	ProposalRead   Permission = "proposal:read"
	ProposalWrite  Permission = "proposal:write"
	VisitRead      Permission = "visit:read"
	VisitWrite     Permission = "visit:write"
	VisitPlan      Permission = "visit:plan"
	ActivityRead   Permission = "activity:read"
	ActivityWrite  Permission = "activity:write"
	PointRead      Permission = "point:read"
	PointWrite     Permission = "point:write"
	PointReceive   Permission = "point:receive"
	SettingRead    Permission = "setting:read"
	SettingWrite   Permission = "setting:write"
	ChecklistRead  Permission = "checklist:read"
	ImportRun      Permission = "import:run"
	DocumentExport Permission = "document:export"
	IssueRead      Permission = "issue:read"
	IssueEdit      Permission = "issue:edit"
	IssueRelease   Permission = "issue:release"
	IssueExpress   Permission = "issue:express"
	SearchIndex    Permission = "search:index"

	CheckRead          Permission = "check:read"
	CheckWrite         Permission = "check:write"
	ConsultationStart  Permission = "consultation:start"
	ConsultationAnswer Permission = "consultation:answer"
	ExpertRead         Permission = "expert:read"
	ExpertWrite        Permission = "expert:write"
	RequirementPublish Permission = "requirement:publish"

	NoticeSend        Permission = "notice:send"
	FeedbackRead      Permission = "feedback:read"
	FeedbackWrite     Permission = "feedback:write"
	CertificateIssue  Permission = "certificate:issue"
	CertificateVerify Permission = "certificate:verify"
	MeetingRead       Permission = "meeting:read"
	MeetingWrite      Permission = "meeting:write"

	InstructionRecord Permission = "instruction:record"
	InstructionRead   Permission = "instruction:read"
	AssignmentRead    Permission = "assignment:read"
	AssignmentWrite   Permission = "assignment:write"
)

// Description is what the role matrix shows of a permission.
type Description struct {
	Permission Permission
	Class      Class
	Sentence   string
}

// Permissions lists every permission once, in the order of the matrix.
var Permissions = []Description{
	{ReportWrite, Business, "撰写、修改、提交和撤回自己的信息"},
	{ReportRead, Business, "阅读信息（本人、本机构或本单位）"},
	{ReportScreen, Business, "受理、编辑、退回、留存或不采用信息"},
	{ReportCombine, Business, "把多篇信息综合成一篇"},
	{ReportAdopt, Business, "采用信息（单篇、综合、转送）并更正采用"},
	{ReportForward, Business, "把签发的信息报送上级，撤回报送"},
	{RequirementPublish, Business, "发布对下级单位的报送要求"},
	{ReviewStart, Business, "把信息送入审签流程"},
	{ReviewAct, Business, "在轮到自己的环节审签或退回"},
	{ChainRead, Common, "查看审签流程"},
	{ChainWrite, System, "设置审签流程"},
	{ClueRead, Business, "查看线索"},
	{ClueWrite, Business, "登记、领取和整理线索，转为信息、储备或不予采用"},
	{ClueImport, Business, "批量导入群众来信线索"},
	{ClueDiscuss, Business, "参与讨论线索"},
	{ClueDecide, Business, "确定线索的选题、角度和撰写人，合并线索，请他人退回"},
	{ProposalRead, Business, "查看提案草稿"},
	{ProposalWrite, Business, "把信息转为提案草稿并修改"},
	{VisitRead, Business, "查看走访计划、排班和走访记录"},
	{VisitWrite, Business, "登记走访记录，由走访记录生成线索"},
	{VisitPlan, Business, "制订走访计划和每月排班"},
	{ActivityRead, Business, "查看履职活动日历"},
	{ActivityWrite, Business, "安排活动、下发所属单位、布置收集线索任务"},
	{PointRead, Business, "查看收集点及其线索数"},
	{PointWrite, Business, "设立、修改和停用收集点"},
	{PointReceive, Common, "在收集点收下来访者的线索（仅系统）"},
	{BoardUnit, Business, "查看本单位统计"},
	{BoardTree, Business, "查看所属各单位统计和排名"},
	{NoticeRead, Common, "接收通知"},
	{LiveRead, Common, "页面实时更新"},
	{MemberRead, Common, "查看本单位成员名册"},
	{MemberWrite, System, "登记、修改和停用成员"},
	{OrganRead, Common, "查看内设机构和报送关系"},
	{OrganWrite, System, "设置内设机构"},
	{RoleRead, Common, "查看角色权限表"},
	{RoleWrite, Security, "新建和修改本单位的角色"},
	{RoleAssign, Security, "授予和收回成员的角色"},
	{AuditRead, Audit, "查阅审计日志"},
	{TenantRead, System, "查看平台上的单位（仅运营方）"},
	{TenantWrite, System, "开通和停用单位（仅运营方）"},
	{LineWrite, System, "建立、终止和暂停报送关系（仅运营方）"},
	{SettingRead, Common, "查看本单位的设置"},
	{SettingWrite, Common, "修改本单位的设置（篇幅、称谓、核查要求等）"},
	{LetterCarry, Common, "在单位之间投递信函（仅系统）"},
	{ImportRun, Business, "从表格和邮件导入信息、线索，代他人录入"},
	{DocumentExport, Business, "导出和打印文件（带水印，逐次记录）"},
	{IssueRead, Business, "查看刊物各期和编发登记"},
	{IssueEdit, Business, "编排刊物：选稿、排序、拟定主送和抄送"},
	{IssueRelease, Business, "编发刊物、取得期号，作废已编发的期"},
	{IssueExpress, Business, "编发直通车（在办稿件可不经审签直接编发）"},
	{ReportRecord, Business, "代他人录入信息"},
	{CommentWrite, Business, "在能看到的信息上批注和答复"},
	{LedgerRead, Business, "查看台账"},
	{LedgerWrite, Business, "在台账上指定牵头领导、联系委室和跟踪人"},
	{CheckRead, Business, "查看信息的核实、校对和会商情况"},
	{CheckWrite, Business, "核实、校对信息，请他人核实"},
	{ConsultationStart, Business, "发起联审会审、专题研讨和专家征询"},
	{ConsultationAnswer, Business, "答复请自己核实或提意见的事项"},
	{ExpertRead, Business, "查看专家库"},
	{ExpertWrite, Business, "登记和修改专家"},
	{NoticeSend, Common, "把通知发到邮箱、网络回调和群机器人（仅系统）"},
	{FeedbackRead, Business, "查看信息的反馈记录和待反馈清单"},
	{FeedbackWrite, Business, "登记电话、当面、书面反馈，出具反馈函和感谢信"},
	{CertificateIssue, Business, "开具和撤销采用证明"},
	{CertificateVerify, Common, "核验采用证明的真伪（仅系统）"},
	{MeetingRead, Business, "查看工作例会的议程、纪要和反馈清单"},
	{MeetingWrite, Business, "安排工作例会，记录纪要，办结例会"},
	{InstructionRecord, Business, "登记和更正领导批示"},
	{InstructionRead, Business, "查看领导批示的内容和扫描件"},
	{AssignmentRead, Business, "查看交办、办理和督办情况"},
	{AssignmentWrite, Business, "交办、登记办理过程、审核答复和办结"},
	{SearchIndex, Common, "为搜索和查重编制索引（仅系统）"},
	{ChecklistRead, Common, "查看核对清单"},
}

// Describe finds a permission's description.
func Describe(p Permission) (Description, bool) {
	for _, d := range Permissions {
		if d.Permission == p {
			return d, true
		}
	}
	return Description{}, false
}
