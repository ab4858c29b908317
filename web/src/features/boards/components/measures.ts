import { kindText, label, partyOrder } from '@/lib/texts';
import type { Rank } from '../api/boards';

/** What units may be ranked by, in the words of the ranking. */
export const rankMeasures = [
  { value: 'times', text: '采用篇次' },
  { value: 'reports', text: '采用篇数' },
  { value: 'submitted', text: '提交篇数' },
  { value: 'forwarded', text: '报送篇数' },
  { value: 'rate', text: '采用率' },
] as const;

export type RankMeasure = (typeof rankMeasures)[number]['value'];

/** The figure of a row that a measure ranks by. */
export function figureOf(row: Rank, measure: RankMeasure): number {
  switch (measure) {
    case 'times': return row.adopted_times;
    case 'reports': return row.adopted_reports;
    case 'submitted': return row.submitted;
    case 'forwarded': return row.forwarded;
    case 'rate': return row.adoption_rate ?? 0;
  }
}

export const measureText = (measure: RankMeasure): string => rankMeasures.find((one) => one.value === measure)?.text ?? '';

export const isRankMeasure = (text: string | null): text is RankMeasure => rankMeasures.some((one) => one.value === text);

/** What each ranking is counted on. */
export const basisText: Record<Rank['basis'], { title: string; name: string }> = {
  tree: { title: '所属单位排名', name: '源头统计' },
  own: { title: '其他报送单位排名', name: '仅报送本单位' },
};

const kinds = Object.keys(kindText);

/** Where a party, or 工商联, stands in the official order; others come after by kind. */
function place(row: Rank): number {
  const party = partyOrder.indexOf(row.party || (row.kind === 'federation' ? '工商联' : ''));
  if (party >= 0) return 100 + party;
  return row.kind === 'cppcc' ? 0 : 200 + kinds.indexOf(row.kind);
}

/** 政协 first, then the parties in the official order, then the others; within one place by rank. */
export const officialOrder = (rows: Rank[]): Rank[] => [...rows].sort((a, b) => place(a) - place(b) || a.rank - b.rank);

/** Whether the official order means anything for these rows. */
export const hasParties = (rows: Rank[]): boolean => rows.filter((row) => place(row) >= 100 && place(row) < 200).length > 1;

/** What a unit is, in a word: its party, or its kind. */
export const kindOf = (row: Rank): string => row.party || label(kindText, row.kind, '');
