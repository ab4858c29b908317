import type { Level, Outcome } from '@/lib/types';
import type { ActName, Assignment, Box, Part, Step } from './assignments';
import type { Verdict } from './satisfactions';

export const leaderText: Record<Level, string> = { county: '县（区）级领导（县处级）', city: '市级领导（厅局级）', province: '省级领导（省部级）', national: '国家级领导' };
export const instructedText: Record<Level, string> = { county: '获县级领导批示', city: '获市级领导批示', province: '获省级领导批示', national: '获国家级领导批示' };
export const handModeText: Record<Assignment['mode'], string> = { single: '单办', several: '分办', joint: '会办' };
export const roleText: Record<Part['role'], string> = { sole: '承办', main: '主办', joint: '会办' };
export const partStateText: Record<Part['state'], string> = {
  assigned: '待签收', refused: '已申退', accepted: '办理中', extension: '申请延期', replied: '待审核', passed: '已通过', reassigned: '已改派', cancelled: '已撤销',
};
export const partTone: Record<Part['state'], 'run' | 'warn' | 'ok' | 'quiet'> = {
  assigned: 'run', refused: 'warn', accepted: 'run', extension: 'warn', replied: 'warn', passed: 'ok', reassigned: 'quiet', cancelled: 'quiet',
};
export const stepNameText: Record<Step['step'], string> = {
  assign: '交办', accept: '签收', refuse: '申退', insist: '不同意申退', reassign: '改派', ask_extension: '申请延期', grant: '同意延期', deny: '不同意延期',
  reply: '答复', pass: '审核通过', send_back: '退回重办', close: '办结', cancel: '撤销',
};
/** What the button says: a department's own step is written down for it. */
export const actText: Record<ActName, string> = {
  accept: '登记签收', refuse: '登记申退', insist: '不同意申退', reassign: '改派', ask_extension: '登记延期申请', grant: '同意延期', deny: '不同意延期',
  reply: '登记答复', pass: '审核通过', send_back: '退回重办',
};
export const classText: Record<'A' | 'B' | 'C', string> = { A: 'A类：已经解决或采纳', B: 'B类：列入计划逐步解决', C: 'C类：因条件所限暂不能解决' };
export const verdictText: Record<Verdict, string> = { satisfied: '满意', fair: '基本满意', unsatisfied: '不满意' };
export const verdicts: Verdict[] = ['satisfied', 'fair', 'unsatisfied'];
export const boxText: Record<Box, string> = { waiting: '办理中', overdue: '已超期', review: '待本单位处理', done: '已答复', all: '全部' };

/** What became of the report, as its author reads it. */
export function becameText(outcome: Outcome): string {
  if (outcome.kind === 'instructed') return instructedText[outcome.level];
  if (outcome.kind === 'handling') return '已交有关部门办理';
  if (outcome.kind === 'answered') return '部门办理答复';
  return `办结 ${outcome.result ? classText[outcome.result] : ''}`;
}

/** A date such as 2026-11-30, as it is read. */
export function dateText(date?: string): string {
  const [year, month, day] = (date ?? '').split('-');
  return year && month && day ? `${Number(year)}年${Number(month)}月${Number(day)}日` : '';
}
