import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, inTenant, post, put } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Page, Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Plan = Schemas['VisitsPlan'];
export type NewPlan = Schemas['VisitsNewPlan'];
export type Target = Schemas['VisitsTarget'];
export type Duty = Schemas['VisitsDutyView'];
export type NewDuty = Schemas['VisitsDuty'];
export type Visit = Schemas['VisitsVisit'];
export type NewVisit = Schemas['VisitsNewVisit'];

export function usePlans() {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'visits', 'plans'), queryFn: () => get<Page<Plan>>(inTenant(tenant, '/visit-plans')), select: (page) => page.items });
}

export function usePlan(id: string) {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'visits', 'plan', id), queryFn: () => get<Plan>(inTenant(tenant, `/visit-plans/${id}`)), enabled: id !== '' });
}

export function useRota(query: { plan?: string; month?: string }) {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'visits', 'rota', query), queryFn: () => get<Page<Duty>>(inTenant(tenant, '/visit-rota'), { query }), select: (page) => page.items });
}

export function useVisits(query: { kind?: string; q?: string; plan?: string }) {
  const tenant = useTenantCode();
  return useInfiniteQuery({
    queryKey: qk(tenant, 'visits', 'log', query),
    queryFn: ({ pageParam }) => get<Page<Visit>>(inTenant(tenant, '/visits'), { query: { ...query, cursor: pageParam, limit: 30 } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (previous) => previous,
  });
}

export function useVisit(id: string) {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'visits', 'one', id), queryFn: () => get<Visit>(inTenant(tenant, `/visits/${id}`)), enabled: id !== '' });
}

export function useSavePlan() {
  const tenant = useTenantCode();
  return useAction(
    ({ plan, body }: { plan?: Plan; body: NewPlan }, key) =>
      plan ? put<Plan>(inTenant(tenant, `/visit-plans/${plan.id}`), { body, key, ifMatch: plan.version }) : post<Plan>(inTenant(tenant, '/visit-plans'), { body, key }),
    ['visits'],
  );
}

export function useSetRota() {
  const tenant = useTenantCode();
  return useAction(
    ({ plan, month, duties }: { plan: string; month: string; duties: NewDuty[] }, key) =>
      put<Page<Duty>>(inTenant(tenant, `/visit-plans/${plan}/rota/${month}`), { body: { duties }, key }),
    ['visits'],
  );
}

export function useSaveVisit() {
  const tenant = useTenantCode();
  return useAction(
    ({ visit, body }: { visit?: Visit; body: NewVisit }, key) =>
      visit ? put<Visit>(inTenant(tenant, `/visits/${visit.id}`), { body, key, ifMatch: visit.version }) : post<Visit>(inTenant(tenant, '/visits'), { body, key }),
    ['visits'],
  );
}

/** Makes a clue of what was heard. */
export function useClueOfVisit() {
  const tenant = useTenantCode();
  return useAction(
    ({ id, ...body }: { id: string; title?: string; body?: string }, key) => post<{ id: string }>(inTenant(tenant, `/visits/${id}/clue`), { body, key }),
    ['visits', 'clues'],
  );
}
