import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Line } from '@/features/organisation/api/organisation';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Page, Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

/** A unit of the platform, as the operator knows it. */
export type Tenant = Schemas['OrganisationsTenantView'];

export type Administrator = Schemas['OrganisationsAdministratorBody'];

/** A unit to be opened, with its first three people. */
export type NewTenant = Schemas['OrganisationsTenantBody'];

/** Without `figures` the rule of the house decides. */
export type NewLine = Schemas['OrganisationsLine-openRequest'];

export function useTenants(q?: string, limit = 50) {
  const tenant = useTenantCode();
  return useInfiniteQuery({
    queryKey: qk(tenant, 'platform', 'tenants', q, limit),
    queryFn: ({ pageParam, signal }) => get<Page<Tenant>>(inTenant(tenant, '/platform/tenants'), { query: { q, cursor: pageParam, limit }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (previous) => previous,
  });
}

export function useOpenTenant() {
  const tenant = useTenantCode();
  return useAction((body: NewTenant, key) => post<Tenant>(inTenant(tenant, '/platform/tenants'), { body, key }), ['platform']);
}

export function useAllLines() {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'platform', 'lines'),
    queryFn: () => get<{ items: Line[] }>(inTenant(tenant, '/platform/lines')).then((page) => page.items),
  });
}

export function useOpenLine() {
  const tenant = useTenantCode();
  return useAction((body: NewLine, key) => post<Line>(inTenant(tenant, '/platform/lines'), { body, key }), ['platform', 'organisation']);
}

/** Ends a line with the month before `to`. */
export function useCloseLine() {
  const tenant = useTenantCode();
  return useAction(
    ({ id, to }: { id: string; to: string }, key) => post<Line>(inTenant(tenant, `/platform/lines/${id}/close`), { body: { to }, key }),
    ['platform', 'organisation'],
  );
}

/** Stops all sending along a line at once. */
export function useStopLine() {
  const tenant = useTenantCode();
  return useAction(({ id }: { id: string }, key) => post<Line>(inTenant(tenant, `/platform/lines/${id}/stop`), { key }), ['platform', 'organisation']);
}
