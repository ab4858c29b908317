import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post, put } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Page, Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Activity = Schemas['ActivitiesActivity'];
export type NewActivity = Schemas['ActivitiesNewActivity'];
export type ActivityTask = Schemas['ActivitiesTask'];
export type NewTask = Schemas['ActivitiesNewTask'];
export type LowerUnit = Schemas['ActivitiesUnit'];

/** The first moment of a month such as 2026-11, on the Chinese clock. */
export const monthStart = (month: string): string => `${month}-01T00:00:00+08:00`;

/** The month that many months later. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, at = 1] = month.split('-').map(Number);
  const all = year * 12 + at - 1 + by;
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, '0')}`;
}

export function useActivities(from: string, to: string, kind?: string) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'activities', from, to, kind),
    queryFn: () => get<Page<Activity>>(inTenant(tenant, '/activities'), { query: { from: monthStart(from), to: monthStart(to), kind } }),
    select: (page) => page.items,
    placeholderData: (previous) => previous,
  });
}

export function useActivity(id: string) {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'activities', 'one', id), queryFn: () => get<Activity>(inTenant(tenant, `/activities/${id}`)), enabled: id !== '' });
}

/** The units that report to this one. */
export function useRecipients(enabled: boolean) {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'activities', 'recipients'), queryFn: () => get<Page<LowerUnit>>(inTenant(tenant, '/activity-recipients')), select: (page) => page.items, enabled });
}

export function useSaveActivity() {
  const tenant = useTenantCode();
  return useAction(
    ({ activity, body }: { activity?: Activity; body: NewActivity }, key) =>
      activity
        ? put<Activity>(inTenant(tenant, `/activities/${activity.id}`), { body, key, ifMatch: activity.version })
        : post<Activity>(inTenant(tenant, '/activities'), { body, key }),
    ['activities'],
  );
}

/** Cancels it, sends it down, gives or finishes a task. */
export function useActivityStep() {
  const tenant = useTenantCode();
  return useAction(
    ({ id, step, body }: { id: string; step: string; body?: unknown }, key) => post<Activity>(inTenant(tenant, `/activities/${id}/${step}`), { body, key }),
    ['activities'],
  );
}
