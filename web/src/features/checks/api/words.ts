import type { Check, Matter, Method, ProofFinding, Result } from './checks';

export const matterText: Record<Matter, string> = { facts: '情况核实', figures: '数据和来源二次核实' };
export const methodText: Record<Method, string> = { site: '现场', phone: '电话', department: '部门核对', documents: '查阅资料' };
export const resultText: Record<Result, string> = { true: '属实', partly: '部分属实', untrue: '不属实', unclear: '无法判断' };
export const resultTone = { true: 'ok', partly: 'warn', untrue: 'risk', unclear: 'warn' } as const;
export const checkStateText: Record<Check['state'], string> = { asked: '待答复', done: '已核实', cancelled: '已撤销' };
export const groupText: Record<ProofFinding['group'], string> = { names: '姓名职务', figures: '数字', dates: '日期', typing: '文字标点' };
export const groups: ProofFinding['group'][] = ['names', 'figures', 'dates', 'typing'];
export const partText: Record<ProofFinding['part'], string> = { title: '标题', problem: '情况反映', cause: '原因分析', advice: '对策建议' };
export const beforeText = { editing: '编辑前', approval: '送审前', signing: '签发前', sending: '报送、采用或编发前' } as const;
export const needText = { facts: '核实情况', figures: '第二人核实数据和来源', proof: '校对' } as const;

/** A date such as 2026-11-30, as it is read. */
export function dateText(date?: string): string {
  const [, month, day] = (date ?? '').split('-');
  return month && day ? `${Number(month)}月${Number(day)}日` : '';
}
