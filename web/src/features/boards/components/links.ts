import type { AdoptionForm, Level } from '@/lib/types';
import type { Rank } from '../api/boards';

interface Months {
  from: string;
  to: string;
}

/** A figure of the board, as the list of reports knows it. */
export interface Drill {
  figure: string;
  level?: Level;
  form?: AdoptionForm;
  category?: string;
  sender?: string;
}

function query(values: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value) params.set(name, value);
  const text = params.toString();
  return text && `?${text}`;
}

/** What the boards call reports without a category; the list cannot be narrowed to them. */
const NONE = '未分类';

/**
 * The unit's own reports that make up a figure. The measure names level and form, so that the list counts what the figure
 * counts; beside it they stand as filters that can be seen and changed.
 */
export function listLink(tenant: string, period: Months, { figure, level, form, category, sender }: Drill): string | undefined {
  if (category === NONE) return undefined;
  const tree = figure.startsWith('tree_');
  return `/t/${tenant}/all${query({
    measure: [figure, level, form].filter(Boolean).join('_'),
    adopted_level: tree ? level : undefined,
    adopted_form: tree ? form : undefined,
    category,
    sender,
    from: period.from,
    to: period.to,
  })}`;
}

/** The same board with another parameter, such as a month or a measure. */
export function boardLink(params: URLSearchParams, change: Record<string, string>): string {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(change)) next.set(name, value);
  return `?${next}`;
}

/** The board of a unit further down, of the same period and measure; without one the unit's own board. */
export function underLink(params: URLSearchParams, under: string | undefined): string {
  const next = new URLSearchParams(params);
  if (under) next.set('under', under);
  else next.delete('under');
  next.delete('class');
  return `?${next}`;
}

/** Where a ranked figure leads. */
export type RankTarget = { to: string; says: string } | undefined;
export type RankFigure = 'submitted' | 'forwarded' | 'adopted';

interface From {
  tenant: string;
  period: Months;
  params: URLSearchParams;
  /** Looking from one's own unit, not from one further down. */
  top: boolean;
  /** The person may read all reports of the unit. */
  lists: boolean;
}

const ownMeasure: Record<RankFigure, string> = { submitted: 'own_received', forwarded: 'own_forwarded', adopted: 'own_adopted' };

/**
 * Where a figure of a ranked unit leads: to the units below it; of a unit that has none, to what this unit received
 * from it. What was never sent here cannot be opened.
 */
export function rankTarget(row: Rank, figure: RankFigure, { tenant, period, params, top, lists }: From): RankTarget {
  if (row.basis === 'tree' && row.has_children) return { to: underLink(params, row.tenant), says: '看下级各单位' };
  if (!top || !lists || row.tenant === tenant) return undefined;
  if (row.basis === 'tree' && figure === 'submitted') return undefined;
  const measure = row.basis === 'own' ? ownMeasure[figure] : 'own_received';
  const to = listLink(tenant, period, { figure: measure, sender: row.tenant });
  return to ? { to, says: row.basis === 'own' ? '看这些稿件' : '看该单位报送本单位的稿件' } : undefined;
}
