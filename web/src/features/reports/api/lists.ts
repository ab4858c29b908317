import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, inTenant, type Query } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Box, Page, Report } from '@/lib/types';

/** What a list may be narrowed by; months are `2026-01`. */
export interface ReportFilter {
  q?: string;
  state?: string;
  category?: string;
  adopted_level?: string;
  adopted_form?: string;
  measure?: string;
  from?: string;
  to?: string;
  sender?: string;
  /** time, or what is most pressing first: inbox and desk. */
  order?: string;
  /** A day such as `2026-11-02`: the list begins there. */
  until?: string;
}

export const fetchReports = (tenant: string, query: Query, signal?: AbortSignal) =>
  get<Page<Report>>(inTenant(tenant, '/reports'), { query, signal });

/** A box of reports, page after page. */
export function useReports(box: Box, filter: ReportFilter = {}) {
  const tenant = useTenantCode();
  return useInfiniteQuery({
    queryKey: qk(tenant, 'reports', box, filter),
    queryFn: ({ pageParam, signal }) => fetchReports(tenant, { box, ...filter, cursor: pageParam, limit: 30 }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (previous) => previous,
  });
}

/** The first reports of a box, for a lane or a counter. */
export function useReportsTop(box: Box, limit: number, enabled = true) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'reports', box, 'top', limit),
    queryFn: ({ signal }) => fetchReports(tenant, { box, limit }, signal),
    enabled,
  });
}
