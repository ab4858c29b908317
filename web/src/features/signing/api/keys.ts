import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type SigningKey = Schemas['SigningKeyOut'];

/** The public halves of the unit's keys, the one in use first. */
export function useSigningKeys() {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'signing-keys'),
    queryFn: () => get<{ items: SigningKey[] }>(inTenant(tenant, '/signing-keys')).then((page) => page.items),
  });
}

/** Puts a new key in use. */
export function useRotate() {
  const tenant = useTenantCode();
  return useAction((_: void, key) => post(inTenant(tenant, '/signing-keys'), { key }), ['signing-keys']);
}
