import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post, put } from '@/lib/http';
import { qk } from '@/lib/query';
import { useMay, useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Expert = Schemas['ExpertsExpert'];
export type ExpertEntry = Omit<Schemas['ExpertsEntry'], '$schema'>;

export interface ExpertFilter {
  field?: string;
  q?: string;
  unit?: string;
  active?: boolean;
}

export function useExperts(filter: ExpertFilter) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'experts', filter),
    queryFn: () => get<{ items: Expert[] }>(inTenant(tenant, '/experts'), { query: { ...filter } }).then((page) => page.items),
    enabled: useMay('expert:read'),
    placeholderData: (previous) => previous,
  });
}

export function useAddExpert() {
  const tenant = useTenantCode();
  return useAction((body: ExpertEntry, key) => post<Expert>(inTenant(tenant, '/experts'), { body, key }), ['experts']);
}

export function useChangeExpert() {
  const tenant = useTenantCode();
  return useAction(
    ({ id, version, entry }: { id: string; version: number; entry: ExpertEntry }, key) =>
      put<Expert>(inTenant(tenant, `/experts/${id}`), { body: entry, key, ifMatch: version }),
    ['experts'],
  );
}
