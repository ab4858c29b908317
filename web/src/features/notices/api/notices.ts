import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Notice, Page } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export function useNotices(unread: boolean) {
  const tenant = useTenantCode();
  return useInfiniteQuery({
    queryKey: qk(tenant, 'notices', unread),
    queryFn: ({ pageParam }) =>
      get<Page<Notice>>(inTenant(tenant, '/notices'), { query: { unread: unread || undefined, cursor: pageParam, limit: 30 } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
  });
}

/** The newest notices, for the bell. */
export function useLatestNotices(limit: number, enabled = true) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'notices', 'top', limit),
    queryFn: () => get<Page<Notice>>(inTenant(tenant, '/notices'), { query: { limit } }),
    enabled,
  });
}

export type ReadInput = { ids: string[] } | { all: true };

export function useReadNotices() {
  const tenant = useTenantCode();
  return useAction((body: ReadInput, key) => post<void>(inTenant(tenant, '/notices/read'), { body, key }), ['notices', 'me']);
}

/** The address a notice leads to, below the unit. */
export function noticePath(notice: Notice): string | undefined {
  if (!notice.subject_id) return undefined;
  if (notice.subject_kind === 'check' || notice.subject_kind === 'consultation') return '/consultations';
  if (notice.subject_kind === 'clue') return `/clues?id=${notice.subject_id}`;
  if (notice.subject_kind === 'activity') return `/calendar?id=${notice.subject_id}`;
  if (notice.subject_kind === 'point') return `/points?id=${notice.subject_id}`;
  if (notice.subject_kind === 'visit_plan') return '/visits?view=rota';
  return notice.subject_kind === 'report' || !notice.subject_kind ? `/reports/${notice.subject_id}` : undefined;
}
