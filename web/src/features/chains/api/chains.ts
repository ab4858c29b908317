import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post, put } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import { useAction } from '@/lib/useAction';

/** A step waits for whoever has the post and the role; either may be empty. */
export interface Step {
  no?: number;
  title: string;
  post?: string;
  role?: string;
}

export interface NewChain {
  name: string;
  template?: string;
  applies_to: string[];
  steps: Step[];
}

export interface Chain extends NewChain {
  id: string;
  active: boolean;
  created_at: string;
}

export interface Template extends NewChain {
  /** Unique; `template` is the family it belongs to. */
  code: string;
}

export interface Post {
  code: string;
  name: string;
}

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
