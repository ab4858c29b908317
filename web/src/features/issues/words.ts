import type { Issue } from './api/issues';
import type { JournalHead, Purpose } from './api/journals';

/** The words of issues. No code is ever shown. */
export const issueStateText: Record<Issue['state'], string> = { draft: '编排中', released: '已编发', withdrawn: '作废' };
export const journalKindText: Record<Issue['kind'], string> = { ordinary: '社情民意', special: '专报', express: '直通车' };
export const headStyleText: Record<JournalHead['style'], string> = { bulletin: '简报式', upward: '上行文式（有签发人）', letter: '信函式' };
export const purposeText: Record<Purpose, string> = { issue: '刊物', report: '信息单篇', proof: '核稿单', signing: '签批单' };

/** 5 小时 or 3.2 天. */
export const hoursText = (hours: number) => (hours < 1 ? '不到 1 小时' : hours < 48 ? `${Math.round(hours * 10) / 10} 小时` : `${Math.round(hours / 2.4) / 10} 天`);

/** 第 3 期, with what is not certain yet. */
export const numberText = (issue: Pick<Issue, 'state' | 'no' | 'year'>) =>
  issue.state === 'draft' ? `拟 ${issue.year} 年第 ${issue.no} 期` : `${issue.year} 年第 ${issue.no} 期`;

const digits = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** A number as official texts count: 一 … 三十. */
export function ordinal(n: number): string {
  if (n <= 10) return digits[n - 1] ?? '';
  if (n < 20) return `十${digits[n - 11]}`;
  return `${digits[Math.floor(n / 10) - 1]}十${n % 10 ? digits[(n % 10) - 1] : ''}`;
}

/** 2026年1月5日 out of 2026-01-05. */
export const chineseDay = (day: string) => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日');

/** Puts the item at one place to another. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from);
  const item = list[from];
  return item === undefined ? list : [...rest.slice(0, to), item, ...rest.slice(to)];
}
