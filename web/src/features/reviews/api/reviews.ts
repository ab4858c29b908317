import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { ReportText, Review } from '@/lib/types';
import { useAction } from '@/lib/useAction';

const stale = ['report', 'reports', 'timeline', 'versions', 'reviews'] as const;

export function useReviews(report: string) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'reviews', report),
    queryFn: () => get<{ items: Review[] }>(inTenant(tenant, `/reports/${report}/reviews`)).then((page) => page.items),
  });
}

/** Sends a report through the chain of its class. */
export function useSendForReview() {
  const tenant = useTenantCode();
  return useAction(({ report }: { report: string }, key) => post<Review>(inTenant(tenant, `/reports/${report}/review`), { key }), [...stale]);
}

export type Decision =
  | ({ review: string; act: 'approve'; opinion: string } & Partial<ReportText>)
  | { review: string; act: 'return'; opinion: string; to: number };

/** Approves or returns the step that is the person's. */
export function useDecide() {
  const tenant = useTenantCode();
  return useAction(
    ({ review, act, ...body }: Decision, key) => post<Review>(inTenant(tenant, `/reviews/${review}/${act}`), { body, key }),
    [...stale],
  );
}
