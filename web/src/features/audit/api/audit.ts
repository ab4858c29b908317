import { useInfiniteQuery } from '@tanstack/react-query';
import { get, inTenant } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Page, Schemas } from '@/lib/types';

export type AuditLine = Schemas['AuditLine'];

export interface AuditFilter {
  actor?: string;
  action?: string;
  subject?: string;
}

/** Who did what, newest first. */
export function useAudit(filter: AuditFilter) {
  const tenant = useTenantCode();
  return useInfiniteQuery({
    queryKey: qk(tenant, 'audit', filter),
    queryFn: ({ pageParam, signal }) =>
      get<Page<AuditLine>>(inTenant(tenant, '/audit'), { query: { ...filter, cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (previous) => previous,
  });
}
