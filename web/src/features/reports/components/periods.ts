export interface Period {
  name: string;
  from: string;
  to: string;
}

const month = (year: number, number: number) => `${year}-${String(number).padStart(2, '0')}`;

/** The periods a list is usually asked for. */
export function periods(now: Date): Period[] {
  const year = now.getFullYear();
  const current = now.getMonth() + 1;
  const quarter = Math.floor((current - 1) / 3) * 3 + 1;
  return [
    { name: '本月', from: month(year, current), to: month(year, current) },
    { name: '本季度', from: month(year, quarter), to: month(year, quarter + 2) },
    { name: '今年', from: month(year, 1), to: month(year, 12) },
    { name: '去年', from: month(year - 1, 1), to: month(year - 1, 12) },
  ];
}

/** 2026年1月, 2026年1月—12月, 2025年7月—2026年6月, 2026年1月以来, 2026年6月及以前 */
export function monthsName(from?: string, to?: string): string {
  const name = (month: string) => `${month.slice(0, 4)}年${Number(month.slice(5))}月`;
  if (from && to) {
    if (from === to) return name(from);
    return `${name(from)}—${from.slice(0, 4) === to.slice(0, 4) ? `${Number(to.slice(5))}月` : name(to)}`;
  }
  return from ? `${name(from)}以来` : `${name(to!)}及以前`;
}

/** What a pair of months is called; a pair from elsewhere (a board) is named by its ends. */
export function periodName(from?: string, to?: string): string | undefined {
  if (!from && !to) return undefined;
  const known = periods(new Date()).find((one) => one.from === from && one.to === to);
  return known?.name ?? monthsName(from, to);
}
