import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Clue, Page, Report } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export interface ClueFilter {
  state?: string;
  q?: string;
  category?: string;
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

/** Makes a draft report of a clue. */
export function useConvertClue() {
  const tenant = useTenantCode();
  return useAction(
    ({ id }: { id: string }, key) => post<Report>(inTenant(tenant, `/clues/${id}/convert`), { key }),
    ['clues', 'clue', 'reports'],
  );
}

export function useDropClue() {
  const tenant = useTenantCode();
  return useAction(
    ({ id, reason }: { id: string; reason: string }, key) =>
      post<Clue>(inTenant(tenant, `/clues/${id}/drop`), { body: { reason }, key }),
    ['clues', 'clue'],
  );
}
