import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post, put } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

/** A step waits for whoever has the post and the role; either may be empty. */
export type Step = Schemas['ReviewsStep'];

export type NewChain = Schemas['ReviewsNewChain'];

export type Chain = Schemas['ReviewsChain'];

/** A shipped chain; `code` is unique, `template` the family it belongs to. */
export type Template = Schemas['ReviewsTemplate'];

export type Post = Schemas['ReviewsPost'];

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
