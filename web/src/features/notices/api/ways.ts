import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, inTenant, post, send } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Page, Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Choice = Omit<Schemas['ChannelsChoice'], '$schema'>;
export type Ways = Schemas['ChannelsWays'];
export type ChannelView = Schemas['ChannelsView'];
export type Sent = Schemas['ChannelsEntry'];

/** How the person hears of things, with what there is to choose from. */
export function useWays() {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'notice-ways'),
    queryFn: async () => {
      const { data, etag } = await send<Ways>('GET', inTenant(tenant, '/notice-ways'));
      return { ways: data, version: etag ?? 0 };
    },
  });
}

export function useSaveWays() {
  const tenant = useTenantCode();
  return useAction(({ choice, version }: { choice: Choice; version: number }, key) => send<Ways>('PUT', inTenant(tenant, '/notice-ways'), { body: choice, ifMatch: version, key }), ['notice-ways']);
}

/** What went out: the person's own, or all of the unit. */
export function useSends(all: boolean) {
  const tenant = useTenantCode();
  return useInfiniteQuery({
    queryKey: qk(tenant, 'notice-sends', all),
    queryFn: ({ pageParam }) => get<Page<Sent>>(inTenant(tenant, '/notice-sends'), { query: { all: all || undefined, cursor: pageParam, limit: 30 } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
  });
}

export function useResend() {
  const tenant = useTenantCode();
  return useAction(({ id }: { id: string }, key) => post<void>(inTenant(tenant, `/notice-sends/${id}/resend`), { key }), ['notice-sends']);
}

export function useChannels(enabled: boolean) {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'channels'), queryFn: () => get<{ items: ChannelView[] }>(inTenant(tenant, '/notice-channels')).then((page) => page.items), enabled });
}

export function useSetChannel() {
  const tenant = useTenantCode();
  return useAction(
    ({ version, ...body }: Omit<Schemas['ChannelsSetInputBody'], '$schema'> & { version: number }, key) => send<{ items: ChannelView[] }>('PUT', inTenant(tenant, '/notice-channels'), { body, ifMatch: version, key }),
    ['channels', 'notice-ways'],
  );
}
