import type {
  AdoptionForm, Box, Clue, Flag, Forwarding, Level, OutcomeKind, ReportClass, ReportState, ReportText, Review, ReviewStep, Scope, TenantKind,
  Urgency, Version,
} from './types';

/** The one catalogue of what codes are called. No code is ever shown to a person. */

export const stateText: Record<ReportState, string> = {
  draft: '草稿', submitted: '待受理', taken_up: '初筛', editing: '编辑中', returned: '退回修改', kept: '留存', declined: '不采用',
  merged: '已并入', reviewing: '审核中', signed: '已签发', recalled: '来文单位已撤回', split: '已拆分', archived: '已归档',
};

/** What the author reads for the same state. */
export const stateForAuthor: Record<ReportState, string> = { ...stateText, submitted: '已提交', taken_up: '已受理' };

export const urgencyText: Record<Urgency, string> = { normal: '普通', urgent: '紧急', critical: '特急' };
export const classText: Record<ReportClass, string> = { ordinary: '一般', important: '重要' };
export const chainClassText: Record<string, string> = { ...classText, urgent: '紧急' };
export const flagText: Record<Flag, string> = { sensitive: '敏感', hot: '热点', warning: '预警' };
export const levelText: Record<Level, string> = { county: '县级', city: '市级', province: '省级', national: '全国' };
export const levels: Level[] = ['county', 'city', 'province', 'national'];
export const formText: Record<AdoptionForm, string> = { single: '单篇采用', combined: '综合采用', relayed: '转送采用' };
export const kindText: Record<TenantKind, string> = {
  cppcc: '政协', party: '民主党派', federation: '工商联', group: '人民团体', front: '统战部', office: '党委政府办公室', department: '承办单位',
};
export const outcomeText: Record<OutcomeKind, string> = {
  adopted: '采用', kept: '留存', declined: '不采用', returned: '退回', forwarded: '转报', taken_up: '受理',
  instructed: '领导批示', handling: '交办', answered: '办理答复', handled: '办结',
};
export const versionText: Record<Version['kind'], string> = { original: '原稿', edited: '编辑稿', issued: '签发稿', sealed: '来文原件', drafted: '交接稿' };
export const reviewText: Record<Review['state'], string> = {
  running: '审签中', released: '已签发待补签', signed: '已签发', returned: '已退回', withdrawn: '已撤销',
};
export const stepText: Record<ReviewStep['state'], string> = {
  waiting: '未到', current: '正在审', held: '等待加签', approved: '同意', returned: '退回', late: '待补签', objected: '补签有异议', dropped: '已减签',
};
export const taskText: Record<ReviewStep['tasks'][number]['state'], string> = {
  open: '待签', next: '未轮到', held: '等待加签', approved: '同意', rejected: '不同意', returned: '退回', passed: '已转办', removed: '已减签', spared: '无需再签',
};
export const signModeText: Record<ReviewStep['mode'], string> = { any: '或签', all: '会签', turn: '依次签', vote: '票签' };
export const addresseeText: Record<Review['addressees'][number], string> = { upper: '上级单位', local: '本级党委政府', department: '有关部门' };
export const delegationText: Record<'planned' | 'active' | 'ended', string> = { planned: '未开始', active: '生效中', ended: '已结束' };
export const followText: Record<Review['then'][number], string> = { issue: '印发', relay: '转办', forward: '报送' };
export const checkText: Record<'political' | 'policy' | 'content', string> = { political: '政治关', policy: '政策关', content: '内容关' };
export const partText: Record<keyof ReportText, string> = { title: '标题', problem: '问题', cause: '原因', advice: '建议' };
export const forwardingText: Record<Forwarding['state'], string> = {
  queued: '正在送达', delivered: '已送达', failed: '送达失败', recalled: '已撤回', returned: '对方退回',
};
export const clueText: Record<Clue['state'], string> = { new: '待处理', reserved: '储备', used: '已转稿件', dropped: '已放弃' };
export const stageText: Record<Clue['stage'], string> = { clue: '线索', material: '素材' };
export const originText: Record<NonNullable<Clue['origin']>['kind'], string> = { chat: '聊天群', web: '网页', paper: '报刊文件', call: '电话' };
export const visitKindText: Record<string, string> = { university: '高校', firm: '企业', grassroots: '基层', department: '部门' };
export const activityKindText: Record<string, string> = { survey: '调研', consultation: '协商', supervision: '监督', service: '服务', visit: '走访' };
export const pointKindText: Record<string, string> = { studio: '委员工作室', station: '民情驿站', negotiation: '有事来协商' };
export const askText: Record<string, string> = { off: '不要', optional: '可填', required: '必填' };
export const proposalText: Record<string, string> = { draft: '草稿', filed: '已提交', dropped: '已放弃' };
export const momentText: Record<string, string> = {
  topic: '选题时', writing: '撰写时', screening: '初筛时', editing: '编辑时', review: '审签时', release: '编发报送前',
};
export const boxText: Record<Box, string> = {
  mine: '我的稿件', inbox: '收件箱', desk: '在办稿件', review: '待我审签', ready: '已签发待办理', signed: '已签发', all: '全部稿件', shared: '合作稿件',
};
export const scopeText: Record<Scope, string> = { own: '本人', unit: '本部门', tenant: '本单位' };

export const sourceText: Record<string, string> = {
  speech: '会议发言', proposal: '提案', unfiled_proposal: '未立案提案', department: '部门建议', survey: '调研报告', consultation: '协商结果',
  visit: '走访', studio: '委员工作室', station: '民情驿站', citizen: '群众来信', citizen_message: '群众留言', letter: '来文', clue: '多条线索',
  member: '委员撰写', combined: '综合采编', plenary_speech: '大会发言', inspection: '视察报告', negotiation: '有事来协商', activity: '履职活动',
};
/** The parts of a report that a search found something in. */
export const placeText: Record<string, string> = { problem: '情况反映', cause: '原因分析', advice: '对策建议', attachments: '附件' };
export const modeText: Record<string, string> = { call: '征集', commission: '约稿', found: '主动找', dug: '深挖' };
export const channelText: Record<string, string> = {
  web: '网页', phone: '手机', mail: '邮箱', wechat: '微信转入', proxy: '代录', letter: '上下级来文', import: '批量导入', point: '收集点', visit: '走访',
};

/** The words of a code from an open set; an unknown code is never shown. */
export function label(texts: Record<string, string>, code: string | undefined, unknown = '其他'): string {
  return code ? (texts[code] ?? unknown) : '';
}

/** The official order of the parties. */
export const partyOrder = ['民革', '民盟', '民建', '民进', '农工党', '致公党', '九三学社', '台盟', '工商联'];

const plainTerms: Record<string, string> = { member: '委员', journal: '社情民意信息' };

/** A tenant's own word for a thing: 委员, 会员, 盟员, 社员. */
export function term(terms: Record<string, string> | undefined, name: string): string {
  return terms?.[name] ?? plainTerms[name] ?? name;
}
