import { useQuery } from '@tanstack/react-query';
import { get, inTenant } from '@/lib/http';
import { qk } from '@/lib/query';
import { useMay, useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';

export type Original = Schemas['ForwardingsOriginalOut'];
export type AnswerClock = Schemas['ForwardingsClockOut'];
export interface Received {
  items: Original[];
  clock?: AnswerClock;
}

/** What came with a received report: each original, verified now, and how long its sender waits. */
export function useReceived(report: string) {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'received', report), queryFn: () => get<Received>(inTenant(tenant, `/reports/${report}/received`)) });
}

/** Which received reports wait for the unit's answer, by report. */
export function useAnswerClocks() {
  const tenant = useTenantCode();
  const enabled = useMay('report:screen');
  return useQuery({
    queryKey: qk(tenant, 'received', 'clocks'),
    enabled,
    queryFn: () => get<{ items: AnswerClock[] }>(inTenant(tenant, '/answer-clocks')).then((page) => new Map(page.items.map((clock) => [clock.report_id, clock]))),
  });
}
