import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useMay, useTenantCode } from '@/lib/tenant';
import type { Page, Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Assignment = Schemas['AssignmentsAssignment'];
export type Part = Schemas['AssignmentsPart'];
export type Step = Schemas['AssignmentsStep'];
export type Line = Schemas['AssignmentsLine'];
export type Counts = Schemas['AssignmentsCounts'];
export type Act = Omit<Schemas['AssignmentsAct'], '$schema'>;
export type ActName = Act['step'];
export type Opening = Omit<Schemas['AssignmentsOpening'], '$schema'>;
export type Closing = Omit<Schemas['AssignmentsClosing'], '$schema'>;
export type Box = 'waiting' | 'overdue' | 'review' | 'done' | 'all';

const stale = ['assignments', 'supervision', 'report', 'timeline', 'ledger'] as const;

/** The matters of a report that departments have. */
export function useAssignments(report: string, enabled = true) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'assignments', report),
    queryFn: () => get<{ items: Assignment[] }>(inTenant(tenant, `/reports/${report}/assignments`)).then((page) => page.items),
    enabled: useMay('assignment:read') && enabled,
  });
}

/** The supervision list, page by page. */
export function useSupervision(box: Box, department: string) {
  const tenant = useTenantCode();
  return useInfiniteQuery({
    queryKey: qk(tenant, 'supervision', box, department),
    queryFn: ({ pageParam }) => get<Page<Line>>(inTenant(tenant, '/supervision'), { query: { box, department: department || undefined, cursor: pageParam || undefined } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  });
}

export function useSupervisionCounts() {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'supervision', 'counts'), queryFn: () => get<Counts>(inTenant(tenant, '/supervision/counts')) });
}

export function useAssign() {
  const tenant = useTenantCode();
  return useAction(({ report, ...body }: Opening & { report: string }, key) => post<Assignment>(inTenant(tenant, `/reports/${report}/assignments`), { body, key }), [...stale]);
}

export function useAct() {
  const tenant = useTenantCode();
  return useAction(({ part, ...body }: Act & { part: string }, key) => post<Assignment>(inTenant(tenant, `/assignment-parts/${part}/steps`), { body, key }), [...stale]);
}

export function useClose() {
  const tenant = useTenantCode();
  return useAction(({ id, ...body }: Closing & { id: string }, key) => post<Assignment>(inTenant(tenant, `/assignments/${id}/close`), { body, key }), [...stale]);
}

export function useCancelAssignment() {
  const tenant = useTenantCode();
  return useAction(({ id, reason }: { id: string; reason: string }, key) => post<Assignment>(inTenant(tenant, `/assignments/${id}/cancel`), { body: { reason }, key }), [...stale]);
}
