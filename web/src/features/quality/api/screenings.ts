import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Flag, Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

/** What a screener needs beside the text: the criteria, what the hints suggest and why, what was given. */
export type Screening = Schemas['ScreeningsView'];
export type Criterion = Screening['criteria'][number];

export function useScreening(report: string) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'screenings', report),
    queryFn: () => get<Screening>(inTenant(tenant, `/reports/${report}/screening`)),
  });
}

export function useScreen() {
  const tenant = useTenantCode();
  return useAction(
    ({ report, ...body }: { report: string; marks: Record<string, number>; flags: Flag[]; note: string }, key) =>
      post<Screening>(inTenant(tenant, `/reports/${report}/screening`), { body, key }),
    ['screenings', 'report', 'reports', 'timeline'],
  );
}

/** The score of marks 0 to 5 by weight, as the server makes it; undefined while one is missing. */
export function scoreOf(criteria: Criterion[], marks: Record<string, number | undefined>): number | undefined {
  const weight = criteria.reduce((sum, one) => sum + one.weight, 0);
  if (!weight || criteria.some((one) => marks[one.code] === undefined)) return undefined;
  return Math.round((100 * criteria.reduce((sum, one) => sum + one.weight * marks[one.code]!, 0)) / (5 * weight));
}
