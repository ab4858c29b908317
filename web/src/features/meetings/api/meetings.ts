import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post, put } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Meeting = Schemas['MeetingsMeeting'];
export type MeetingLine = Schemas['MeetingsLine'];
export type MeetingPlan = Omit<Schemas['MeetingsPlan'], '$schema'>;

export function useMeetings() {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'meetings'), queryFn: () => get<{ items: MeetingLine[] }>(inTenant(tenant, '/meetings')).then((page) => page.items) });
}

/** One meeting with what changed since the one before. */
export function useMeeting(id: string) {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'meetings', id), queryFn: () => get<Meeting>(inTenant(tenant, `/meetings/${id}`)) });
}

/** Plans a meeting, or changes one based on the version that was read. */
export function useSaveMeeting() {
  const tenant = useTenantCode();
  return useAction(
    ({ plan, of }: { plan: MeetingPlan; of?: Meeting }, key) => (of
      ? put<Meeting>(inTenant(tenant, `/meetings/${of.id}`), { body: plan, ifMatch: of.version, key })
      : post<Meeting>(inTenant(tenant, '/meetings'), { body: plan, key })),
    ['meetings'],
  );
}

export function useCloseMeeting() {
  const tenant = useTenantCode();
  return useAction((meeting: Meeting, key) => post<Meeting>(inTenant(tenant, `/meetings/${meeting.id}/close`), { ifMatch: meeting.version, key }), ['meetings']);
}
