import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, inTenant } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { AdoptionForm, Level, TenantKind } from '@/lib/types';

/** 篇 and 篇次, always side by side. */
export interface Both {
  reports: number;
  times: number;
}

/** What this unit itself received, sent and decided. */
export interface OwnFigures {
  submitted: number;
  received: number;
  signed: number;
  forwarded: number;
  adopted: Record<AdoptionForm | 'total', number>;
  kept: number;
  declined: number;
  returned: number;
}

/** Counted once per report at its origin, whoever adopted it. */
export interface TreeFigures {
  submitted: number;
  forwarded: number;
  forwardings: number;
  adopted: Both & {
    by_level: Record<Level, Both>;
    by_form: Record<AdoptionForm, Both>;
    /** 篇次 alone: a report is counted once a level and once a form. */
    by_level_form: Record<Level, Record<AdoptionForm, number>>;
  };
  /** Nothing when nothing was submitted. */
  adoption_rate: number | null;
}

export interface TrendMonth {
  month: string;
  submitted: number;
  adopted_reports: number;
  adopted_times: number;
}

export interface CategoryFigures {
  category: string;
  submitted: number;
  adopted_reports: number;
  adopted_times: number;
}

/** A unit in the ranking; `own`: only what it sent here, and what became of it here. */
export interface Rank {
  rank: number;
  tenant: string;
  name: string;
  short_name: string;
  kind: TenantKind;
  party: string;
  class: string;
  basis: 'tree' | 'own';
  submitted: number;
  forwarded: number;
  adopted_reports: number;
  adopted_times: number;
  by_level: Record<Level, Both>;
  adoption_rate: number | null;
  has_children: boolean;
}

export interface Board {
  as_of: string;
  lag_seconds: number;
  period: { from: string; to: string; label: string };
  unit: { code: string; name: string };
  own: OwnFigures | null;
  tree: TreeFigures;
  trend: TrendMonth[];
  categories: CategoryFigures[];
  /** Tree board only; units of basis tree first. */
  ranking?: Rank[];
  classes?: string[];
  definitions: Record<string, string>;
}

export interface BoardQuery {
  period: string;
  class?: string;
  under?: string;
  measure?: string;
}

/** A whole board in one request; the old one stays while the next is fetched. */
export function useBoard(kind: 'unit' | 'tree', query: BoardQuery) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'board', kind, query),
    queryFn: ({ signal }) => get<Board>(inTenant(tenant, `/boards/${kind}`), { query: { ...query }, signal }),
    placeholderData: keepPreviousData,
  });
}
