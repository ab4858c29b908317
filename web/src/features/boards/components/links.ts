import type { AdoptionForm, Level } from '@/lib/types';
import type { Rank } from '../api/boards';

interface Months {
  from: string;
  to: string;
}

/** Narrows the list of reports behind a figure; the names are those of the list's address. */
export interface Drill {
  measure: string;
  category?: string;
  adopted_level?: Level;
  adopted_form?: AdoptionForm;
  sender?: string;
}

function query(values: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value) params.set(name, value);
  const text = params.toString();
  return text && `?${text}`;
}

/** The unit's own reports that make up a figure. */
export function listLink(tenant: string, period: Months, drill: Drill): string {
  return `/t/${tenant}/all${query({ ...drill, from: period.from, to: period.to })}`;
}

/** The board of a unit further down, of the same period and ranking. */
export function underLink(params: URLSearchParams, under: string | undefined): string {
  const next = new URLSearchParams(params);
  if (under) next.set('under', under);
  else next.delete('under');
  next.delete('class');
  const text = next.toString();
  return text ? `?${text}` : '?';
}

/** Where a ranked figure leads. */
export type RankTarget = { to: string; says: string } | undefined;

/**
 * Where a figure of a ranked unit leads: to the units below it; of a unit that has none, to what this unit received
 * from it. What was never sent here cannot be opened, nor can units further down the tree of another.
 */
export function rankTarget(tenant: string, row: Rank, figure: 'submitted' | 'forwarded' | 'adopted', at: { period: Months; params: URLSearchParams; top: boolean; lists: boolean }): RankTarget {
  if (row.basis === 'tree' && row.has_children) return { to: underLink(at.params, row.tenant), says: '看下级各单位' };
  if (!at.top || !at.lists) return undefined;
  if (row.basis === 'tree' && figure === 'submitted') return undefined;
  const measure = figure === 'adopted' ? 'own_adopted' : 'own_received';
  return { to: listLink(tenant, at.period, { measure, sender: row.tenant }), says: '看该单位报送本单位的稿件' };
}
