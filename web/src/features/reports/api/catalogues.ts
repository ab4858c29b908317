import { useQuery } from '@tanstack/react-query';
import { get, inTenant } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Category, Reason } from '@/lib/types';

const LONG = 10 * 60_000;

export function useCategories() {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'categories'),
    queryFn: () => get<{ items: Category[] }>(inTenant(tenant, '/categories')).then((page) => page.items),
    staleTime: LONG,
  });
}

/** The reasons a unit gives for one kind of decision. */
export function useReasons(purpose: Reason['for'][number]) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'reasons'),
    queryFn: () => get<{ items: Reason[] }>(inTenant(tenant, '/reasons')).then((page) => page.items),
    select: (reasons) => reasons.filter((reason) => reason.for.includes(purpose)),
    staleTime: LONG,
  });
}
