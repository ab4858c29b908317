import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, inTenant, patch, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Clue, Page, Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type NewClue = Schemas['CluesNewClue'];
export type ClueChange = Schemas['CluesChange'];
export type Decision = Schemas['CluesDecision'];
export type TalkEntry = Schemas['CluesEntry'];
export type ClueCount = Schemas['CluesCount'];

export interface ClueFilter {
  state?: string;
  q?: string;
  category?: string;
  stage?: string;
  source_kind?: string;
  mine?: string;
  activity?: string;
  point?: string;
  visit?: string;
}

export function useClues(filter: ClueFilter) {
  const tenant = useTenantCode();
  return useInfiniteQuery({
    queryKey: qk(tenant, 'clues', filter),
    queryFn: ({ pageParam }) =>
      get<Page<Clue>>(inTenant(tenant, '/clues'), { query: { ...filter, cursor: pageParam, limit: 30 } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (previous) => previous,
  });
}

export function useClue(id: string) {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'clue', id), queryFn: () => get<Clue>(inTenant(tenant, `/clues/${id}`)), enabled: id !== '' });
}

/** The clues by kind of source. */
export function useClueCounts() {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'clues', 'counts'),
    queryFn: () => get<{ items: ClueCount[] }>(inTenant(tenant, '/clue-counts')),
    select: (page) => page.items,
  });
}

/** The clues that a report grew from. */
export function useCluesOfReport(report: string, enabled: boolean) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'clues', 'report', report),
    queryFn: () => get<Page<Clue>>(inTenant(tenant, `/reports/${report}/clues`)),
    select: (page) => page.items,
    enabled,
  });
}

export function useTalk(id: string) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'clue', id, 'talk'),
    queryFn: () => get<{ items: TalkEntry[] }>(inTenant(tenant, `/clues/${id}/talk`)),
    select: (page) => page.items,
  });
}

export function useAddClue() {
  const tenant = useTenantCode();
  return useAction((body: NewClue, key) => post<Clue>(inTenant(tenant, '/clues'), { body, key }), ['clues', 'points', 'activities']);
}

export function useEditClue() {
  const tenant = useTenantCode();
  return useAction(
    ({ clue, ...body }: ClueChange & { clue: Clue }, key) =>
      patch<Clue>(inTenant(tenant, `/clues/${clue.id}`), { body, key, ifMatch: clue.version }),
    ['clues', 'clue'],
  );
}

export type ClueStep = 'claim' | 'release' | 'restore' | 'reserve' | 'drop' | 'talk' | 'decision';

/** One thing done with a clue. */
export function useClueStep() {
  const tenant = useTenantCode();
  return useAction(
    ({ id, step, body }: { id: string; step: ClueStep; body?: unknown }, key) =>
      post<unknown>(inTenant(tenant, `/clues/${id}/${step}`), { body, key }),
    ['clues', 'clue'],
  );
}

/** Makes one draft report of one or several clues. */
export function useDraftOfClues() {
  const tenant = useTenantCode();
  return useAction(
    ({ clues, title }: { clues: string[]; title?: string }, key) => {
      const path = clues.length === 1 ? `/clues/${clues[0]}/convert` : '/clue-merges';
      return post<{ id: string }>(inTenant(tenant, path), { body: clues.length === 1 ? {} : { clues, title }, key });
    },
    ['clues', 'clue', 'reports'],
  );
}
