import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useMay, useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

/** An inner unit: 研究室, 专委会, 联络组. */
export type Unit = Schemas['OrganisationsUnitView'];

export type End = Schemas['OrganisationsEnd'];

/** A reporting line; months are `2026-11`, `to` is the first month in which nothing is sent any more. */
export type Line = Schemas['OrganisationsLineBody'];

export type Organisation = Schemas['OrganisationsOrganisation'];

export function useOrganisation() {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'organisation'),
    queryFn: () => get<Organisation>(inTenant(tenant, '/organisation')),
    enabled: useMay('organisation:read'),
  });
}

export function useCreateUnit() {
  const tenant = useTenantCode();
  return useAction(
    (body: { name: string; kind?: string; parent_id?: string }, key) => post<Organisation>(inTenant(tenant, '/units'), { body, key }),
    ['organisation'],
  );
}
