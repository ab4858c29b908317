import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post, put } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

/** A list as it stands; version 0 is as shipped. */
export type List = Schemas['ChecklistsList'];
export type Item = Schemas['ChecklistsItem'];
export type Moment = List['moment'];
/** An item as somebody left it, with the words that were ticked. */
export type Ticked = Schemas['ChecklistsTicked'];
type NewTick = Schemas['ChecklistsNewTick'];
type Page<T> = { items: T[] };

export function useChecklists() {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'checklists'),
    queryFn: () => get<Page<List>>(inTenant(tenant, '/checklists')).then((page) => page.items),
    staleTime: 5 * 60_000,
  });
}

/** What was ticked for a report; nothing is asked for one that the server does not have yet. */
export function useTicks(report: string | undefined) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'ticks', report),
    queryFn: () => get<Page<Ticked>>(inTenant(tenant, `/reports/${report}/ticks`)).then((page) => page.items),
    enabled: Boolean(report),
  });
}

export function useTick() {
  const tenant = useTenantCode();
  return useAction(
    ({ report, ...body }: { report: string; list: string; version: number; ticks: NewTick[] }, key) =>
      post<Page<Ticked>>(inTenant(tenant, `/reports/${report}/ticks`), { body, key }),
    ['ticks'],
  );
}

/** Puts a list in force: a new one, or another version of one that was read. */
export function useSaveList() {
  const tenant = useTenantCode();
  return useAction(
    ({ list: { code, name, moment, position, active, required, items, version }, fresh }: { list: List; fresh: boolean }, key) => {
      const fields = { name, moment, position, active, required, items };
      return fresh
        ? post<Page<List>>(inTenant(tenant, '/checklists'), { body: { code, ...fields }, key })
        : put<Page<List>>(inTenant(tenant, `/checklists/${code}`), { body: fields, ifMatch: version, key });
    },
    ['checklists', 'reasons'],
  );
}
