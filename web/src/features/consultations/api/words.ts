import type { Dimension, Opinion, Sheet, SheetKind, Verdict } from './consultations';

export const kindText: Record<SheetKind, string> = { joint: '联审会审', expert: '专家征询', workshop: '专题研讨' };
export const sheetStateText: Record<Sheet['state'], string> = { open: '征求意见中', closed: '已办结', cancelled: '已撤销' };
export const sheetTone = { open: 'run', closed: 'ok', cancelled: 'quiet' } as const;
export const verdictText: Record<Verdict, string> = { agree: '同意', change: '建议修改', against: '不同意' };
export const verdictTone = { agree: 'ok', change: 'warn', against: 'risk' } as const;
const opinionStateText: Record<Opinion['state'], string> = { asked: '待提意见', given: '已提意见', released: '不再征求' };
/** Where an opinion stands; once the sheet is closed nobody is waited for. */
export const stateOf = (sheet: Sheet, opinion: Opinion): string =>
  opinion.state === 'asked' && sheet.state !== 'open' ? '未提意见' : opinionStateText[opinion.state];
export const participantText: Record<Opinion['kind'], string> = { unit: '内设机构', member: '人员', expert: '专家', department: '部门' };
export const dimensionText: Record<Dimension['name'], string> = { politics: '政治关', policy: '政策关', content: '内容关' };
export const dimensionNames: Dimension['name'][] = ['politics', 'policy', 'content'];

/** A date such as 2026-11-30, as it is read. */
export function dateText(date?: string): string {
  const [, month, day] = (date ?? '').split('-');
  return month && day ? `${Number(month)}月${Number(day)}日` : '';
}

/** How far the collecting is: 已收 2 / 3. */
export function progress(sheet: Sheet): string {
  const asked = sheet.opinions.filter((one) => one.state !== 'released');
  return `已收 ${asked.filter((one) => one.state === 'given').length} / ${asked.length}`;
}
