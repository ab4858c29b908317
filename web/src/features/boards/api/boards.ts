import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, inTenant } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';

/** 篇 and 篇次, always side by side. */
export type Both = Schemas['BoardsCount'];

/** What this unit itself received, sent and decided. */
export type OwnFigures = Schemas['BoardsOwn'];

/** Counted once per report at its origin, whoever adopted it. */
export type TreeFigures = Schemas['BoardsTree'];

export type TrendMonth = Schemas['BoardsMonth'];

export type CategoryFigures = Schemas['BoardsCategory'];

/** A unit in the ranking; `own`: only what it sent here, and what became of it here. */
export type Rank = Schemas['BoardsRanked'];

/** The description cannot say of an object that it may be null; `own` is, when one looks at a unit below. */
export type Board = Omit<Schemas['BoardsBoard'], 'own'> & { own: OwnFigures | null };

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
