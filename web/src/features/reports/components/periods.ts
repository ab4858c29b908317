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

/** What a pair of months is called; a pair from elsewhere (a board) is named by its ends. */
export function periodName(from?: string, to?: string): string | undefined {
  if (!from && !to) return undefined;
  const known = periods(new Date()).find((one) => one.from === from && one.to === to);
  return known?.name ?? (from === to ? from : `${from ?? '开始'} 至 ${to ?? '现在'}`);
}
