import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post, put } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

/** A step waits for people named, or for whoever has the post and the role; either may be empty. */
export type Step = Schemas['FlowStep'];
export type Condition = Schemas['FlowCondition'];
export type NewChain = Schemas['FlowFlow'];
export type Sample = Schemas['FlowCase'];
export type Preview = Schemas['ReviewsPreview'];
export type PreviewStep = Schemas['ReviewsPreviewStep'];
export type Member = Schemas['ReviewsMember'];
export type Charge = Schemas['ReviewsCharge'];
export type Stuck = Schemas['ReviewsStuck'];

export type Chain = Schemas['ReviewsChain'];

/** A shipped flow, and what kind of unit it is from. */
export type Template = Schemas['FlowTemplate'];

export type Post = Schemas['FlowPost'];

const LONG = 10 * 60_000;

export function useChains() {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'chains'),
    queryFn: () => get<{ items: Chain[] }>(inTenant(tenant, '/chains')).then((page) => page.items),
  });
}

/** The shipped chains, and the posts a step can wait for. */
export function useTemplates(enabled = true) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'chains', 'templates'),
    queryFn: () => get<{ items: Template[]; posts: Post[] }>(inTenant(tenant, '/chain-templates')),
    staleTime: LONG,
    enabled,
  });
}

/** A new chain, or one in the place of another: running reviews keep the steps they began with. */
export function useSaveChain() {
  const tenant = useTenantCode();
  return useAction(
    ({ id, ...body }: NewChain & { id?: string }, key) =>
      (id ? put<Chain>(inTenant(tenant, `/chains/${id}`), { body, key }) : post<Chain>(inTenant(tenant, '/chains'), { body, key })),
    ['chains'],
  );
}

/** Takes a flow out of use without another in its place. */
export function useEndChain() {
  const tenant = useTenantCode();
  return useAction(({ id }: { id: string }, key) => post<Chain>(inTenant(tenant, `/chains/${id}/end`), { key }), ['chains']);
}

/** A flow, saved or not, drawn for a report that is only thought of. */
export function useTrial(chain: NewChain, sample: Sample, enabled: boolean) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'chains', 'trial', chain, sample),
    queryFn: () => post<Preview>(inTenant(tenant, '/chain-trials'), { body: { chain, sample } }),
    enabled,
    retry: false,
    placeholderData: (old) => old,
  });
}

/** Who can sign, and who can be sent copies. */
export function usePeople(enabled = true) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'chains', 'people'),
    queryFn: () => get<{ items: Member[] }>(inTenant(tenant, '/review-people')).then((page) => page.items),
    enabled,
  });
}

/** Which leader is in charge of which field. */
export function useCharges() {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'chains', 'charges'),
    queryFn: () => get<{ items: Charge[] }>(inTenant(tenant, '/fields-in-charge')).then((page) => page.items),
  });
}

export function useSaveCharges() {
  const tenant = useTenantCode();
  return useAction(
    (items: { category: string; member: string }[], key) => put<{ items: Charge[] }>(inTenant(tenant, '/fields-in-charge'), { body: { items }, key }),
    ['chains'],
  );
}

/** Steps of running reviews on which nobody can act any more. */
export function useStuck(enabled: boolean) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'chains', 'stuck'),
    queryFn: () => get<{ items: Stuck[] }>(inTenant(tenant, '/stuck-reviews')).then((page) => page.items),
    enabled,
  });
}

export function useUnstick() {
  const tenant = useTenantCode();
  return useAction(
    ({ review, ...body }: { review: string; target: string; to: string }, key) => post(inTenant(tenant, `/stuck-reviews/${review}/reassign`), { body, key }),
    ['chains'],
  );
}
