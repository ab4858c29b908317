import { useQuery } from '@tanstack/react-query';
import { inTenant, post, send } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Mailbox = Schemas['MailboxView'];

/** The unit's mailbox, with the version it was read at; its password is never told. */
export function useMailbox(enabled: boolean) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'mail', 'box'),
    queryFn: async () => {
      const { data, etag } = await send<Mailbox>('GET', inTenant(tenant, '/mailbox'));
      return { box: data, version: etag ?? 0 };
    },
    enabled,
  });
}

export function useSaveMailbox() {
  const tenant = useTenantCode();
  return useAction(
    ({ body, version }: { body: Schemas['MailboxSetInputBody']; version: number }, key) => send<Mailbox>('PUT', inTenant(tenant, '/mailbox'), { body, ifMatch: version, key }),
    ['mail'],
  );
}

export function useCheckMailbox() {
  const tenant = useTenantCode();
  return useAction((_: object, key) => post<Mailbox>(inTenant(tenant, '/mailbox/check'), { key }), ['mail']);
}
