import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { ReportText, Review, Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

const stale = ['report', 'reports', 'timeline', 'versions', 'reviews'] as const;

export type Addressee = Review['addressees'][number];
export type Preview = Schemas['ReviewsPreview'];
export type Verb = Review['can'][number];
export type Tick = Schemas['ReviewsTick'];
export type Delegation = Schemas['ReviewsDelegation'];

export function useReviews(report: string) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'reviews', report),
    queryFn: () => get<{ items: Review[] }>(inTenant(tenant, `/reports/${report}/reviews`)).then((page) => page.items),
  });
}

/** The flow a report would go, and through whose hands, before it is sent. */
export function usePreview(report: string, addressees: Addressee[]) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'reviews', report, 'preview', addressees),
    queryFn: () => get<Preview>(inTenant(tenant, `/reports/${report}/flow-preview?addressees=${addressees.join(',')}`)),
    placeholderData: (old) => old,
  });
}

/** Sends a report through the flow of its kind. */
export function useSendForReview() {
  const tenant = useTenantCode();
  return useAction(
    ({ report, addressees }: { report: string; addressees?: Addressee[] }, key) =>
      post<Review>(inTenant(tenant, `/reports/${report}/review`), { body: { addressees }, key }),
    [...stale],
  );
}

export type Decision =
  | ({ review: string; act: 'approve'; opinion: string; ticks?: Tick[] } & Partial<ReportText>)
  | { review: string; act: 'reject'; opinion: string; ticks?: Tick[] }
  | { review: string; act: 'return'; opinion: string; ticks?: Tick[]; to: number };

/** Approves, rejects or returns the step that is the person's. */
export function useDecide() {
  const tenant = useTenantCode();
  return useAction(
    ({ review, act, ...body }: Decision, key) => post<Review>(inTenant(tenant, `/reviews/${review}/${act}`), { body, key }),
    [...stale],
  );
}

/** Every other verb: what it is called in the address, and what it says. */
export type Doing =
  | { act: 'release' | 'reopen' | 'withdraw' | 'read'; opinion: string }
  | { act: 'take-back' | 'urge' }
  | { act: 'add-signer'; people: string[]; before: boolean; mode: 'all' | 'any' | 'turn'; opinion: string }
  | { act: 'remove-signer'; target: string }
  | { act: 'pass-on'; to: string; opinion: string }
  | { act: 'reassign'; target: string; to: string }
  | { act: 'copy'; people: string[] };

export function useDo(review: string) {
  const tenant = useTenantCode();
  return useAction(({ act, ...body }: Doing, key) => post<Review>(inTenant(tenant, `/reviews/${review}/${act}`), { body, key }), [...stale]);
}

export function useDelegations() {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'reviews', 'delegations'),
    queryFn: () => get<{ items: Delegation[] }>(inTenant(tenant, '/delegations')).then((page) => page.items),
  });
}

export function useDelegate() {
  const tenant = useTenantCode();
  return useAction(
    (body: { deputy: string; reason: string; starts_at: string; ends_at: string }, key) => post<Delegation>(inTenant(tenant, '/delegations'), { body, key }),
    ['reviews'],
  );
}

export function useEndDelegation() {
  const tenant = useTenantCode();
  return useAction(({ id }: { id: string }, key) => post<Delegation>(inTenant(tenant, `/delegations/${id}/end`), { key }), ['reviews']);
}
