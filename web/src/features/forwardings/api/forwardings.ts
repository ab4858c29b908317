import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Forwarding, ForwardingTarget, Schemas, Urgency } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export function useForwardings(report: string) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'forwardings', report),
    queryFn: () => get<{ items: Forwarding[] }>(inTenant(tenant, `/reports/${report}/forwardings`)).then((page) => page.items),
  });
}

/** The lines a report may go along now. */
export function useForwardingTargets(report: string) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'targets', report),
    queryFn: () =>
      get<{ items: ForwardingTarget[] }>(inTenant(tenant, '/forwarding-targets'), { query: { report } }).then((page) => page.items),
  });
}

export interface ForwardInput {
  report: string;
  to: string[];
  cover: string;
  enclose_original: boolean;
  hide_author: boolean;
  urgency?: Urgency;
  reply_by?: string;
}

/** Sends a signed report along one or several lines with one action. */
export function useForward() {
  const tenant = useTenantCode();
  return useAction(
    ({ report, ...body }: ForwardInput, key) =>
      post<{ items: Forwarding[] }>(inTenant(tenant, `/reports/${report}/forwardings`), { body: body satisfies Schemas['ForwardingsForward-reportRequest'], key }),
    ['forwardings', 'targets', 'report', 'reports', 'timeline'],
  );
}

export function useRecall() {
  const tenant = useTenantCode();
  return useAction(
    ({ id }: { id: string }, key) => post<Forwarding>(inTenant(tenant, `/forwardings/${id}/recall`), { key }),
    ['forwardings', 'targets', 'report', 'timeline'],
  );
}
