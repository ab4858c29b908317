import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Exchange = Schemas['ExchangesView'];
interface Page {
  items: Exchange[];
}

/** What this unit and those above and below said about a report, oldest first. */
export function useExchanges(report: string, enabled: boolean) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'exchanges', report),
    enabled,
    queryFn: () => get<Page>(inTenant(tenant, `/reports/${report}/exchanges`)).then((page) => page.items),
  });
}

/** A remark to the unit a report came from; it decides nothing. */
export function useRemark() {
  const tenant = useTenantCode();
  return useAction(
    ({ report, text }: { report: string; text: string }, key) => post<Page>(inTenant(tenant, `/reports/${report}/remarks`), { body: { text }, key }),
    ['exchanges', 'timeline'],
  );
}

/** Asks the unit a report came from for more, by a day. */
export function useAskForMore() {
  const tenant = useTenantCode();
  return useAction(
    ({ report, ...body }: { report: string; text: string; due_on: string }, key) => post<Page>(inTenant(tenant, `/reports/${report}/supplement-requests`), { body, key }),
    ['exchanges', 'timeline'],
  );
}

/** Answers a request from above with a text and files. */
export function useSupplement() {
  const tenant = useTenantCode();
  return useAction(
    ({ request, ...body }: { request: string; text: string; attachments: string[] }, key) => post<Page>(inTenant(tenant, `/exchanges/${request}/supplement`), { body, key }),
    ['exchanges', 'timeline'],
  );
}
