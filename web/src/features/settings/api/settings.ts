import { useQuery } from '@tanstack/react-query';
import { inTenant, send } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import { useAction } from '@/lib/useAction';

/** A setting with the version it was read at. */
export interface Setting<T> {
  value: T;
  version: number;
}

const path = (tenant: string, name: string) => inTenant(tenant, `/settings/${name}`);

/** What the unit has set under this name, or what is shipped. */
export function useSetting<T>(name: string) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'settings', name),
    queryFn: async (): Promise<Setting<T>> => {
      const { data, etag } = await send<T>('GET', path(tenant, name));
      return { value: data, version: etag ?? 0 };
    },
  });
}

/** Puts a value in force, unless somebody was faster since it was read. */
export function useSaveSetting<T>(name: string) {
  const tenant = useTenantCode();
  return useAction(
    ({ value, version }: Setting<T>, key) => send<T>('PUT', path(tenant, name), { body: value, ifMatch: version, key }),
    ['settings', 'me'],
  );
}
