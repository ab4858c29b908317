/** A period of whole months, as the boards take it: 2026, 2026-H1, 2026-Q3, 2026-10, 2026-01..2026-06. */
export interface Period {
  kind: 'year' | 'half' | 'quarter' | 'month' | 'range';
  /** First and last month, such as 2026-01. */
  from: string;
  to: string;
}

export const kindText: Record<Period['kind'], string> = { year: '年', half: '半年', quarter: '季', month: '月', range: '自定义' };

const month = (year: number, number: number) => `${year}-${String(number).padStart(2, '0')}`;
const parts = (text: string): [number, number] => [Number(text.slice(0, 4)), Number(text.slice(5, 7))];
const MONTH = '\\d{4}-(?:0[1-9]|1[0-2])';

/** The period of the kind that a month lies in. */
export function periodOf(kind: Exclude<Period['kind'], 'range'>, within: string): Period {
  const [year, number] = parts(within);
  const length = { year: 12, half: 6, quarter: 3, month: 1 }[kind];
  const first = Math.floor((number - 1) / length) * length + 1;
  return { kind, from: month(year, first), to: month(year, first + length - 1) };
}

/** Reads a period; undefined when the text is not one. */
export function parsePeriod(text: string | null | undefined): Period | undefined {
  if (!text) return undefined;
  if (/^\d{4}$/.test(text)) return periodOf('year', `${text}-01`);
  const half = /^(\d{4})-H([12])$/.exec(text);
  if (half) return periodOf('half', month(Number(half[1]), Number(half[2]) * 6));
  const quarter = /^(\d{4})-Q([1-4])$/.exec(text);
  if (quarter) return periodOf('quarter', month(Number(quarter[1]), Number(quarter[2]) * 3));
  if (new RegExp(`^${MONTH}$`).test(text)) return periodOf('month', text);
  const range = new RegExp(`^(${MONTH})\\.\\.(${MONTH})$`).exec(text);
  if (range && range[1]! <= range[2]!) return { kind: 'range', from: range[1]!, to: range[2]! };
  return undefined;
}

/** How a period is written in an address. */
export function periodCode({ kind, from, to }: Period): string {
  const [year, number] = parts(from);
  switch (kind) {
    case 'year': return String(year);
    case 'half': return `${year}-H${number > 6 ? 2 : 1}`;
    case 'quarter': return `${year}-Q${Math.ceil(number / 3)}`;
    case 'month': return from;
    case 'range': return `${from}..${to}`;
  }
}

/** 2026年, 2026年上半年, 2026年三季度, 2026年10月, 2026年1月至6月 */
export function periodLabel({ kind, from, to }: Period): string {
  const [year, number] = parts(from);
  const [lastYear, last] = parts(to);
  switch (kind) {
    case 'year': return `${year}年`;
    case 'half': return `${year}年${number > 6 ? '下' : '上'}半年`;
    case 'quarter': return `${year}年${'一二三四'[Math.ceil(number / 3) - 1]}季度`;
    case 'month': return `${year}年${number}月`;
    case 'range':
      if (from === to) return `${year}年${number}月`;
      return year === lastYear ? `${year}年${number}月至${last}月` : `${year}年${number}月至${lastYear}年${last}月`;
  }
}

/** The period as long, so many times before or after. */
export function shiftPeriod(period: Period, by: number): Period {
  const [year, number] = parts(period.from);
  const [lastYear, last] = parts(period.to);
  const length = (lastYear - year) * 12 + last - number + 1;
  const move = (y: number, m: number) => {
    const index = y * 12 + m - 1 + by * length;
    return month(Math.floor(index / 12), (index % 12) + 1);
  };
  return { kind: period.kind, from: move(year, number), to: move(lastYear, last) };
}

/** The month of a moment on the reader's calendar. */
export const monthOf = (at: Date): string => month(at.getFullYear(), at.getMonth() + 1);

/** 10月 for a month of a trend; the year stands where it begins. */
export function monthLabel(text: string, first: boolean): string {
  const [year, number] = parts(text);
  return first || number === 1 ? `${year}年${number}月` : `${number}月`;
}
