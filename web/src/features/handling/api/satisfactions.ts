import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Outcome, Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Said = Schemas['AssignmentsSaid'];
export type Verdict = Said['verdict'];

/** What the author said of the answers to the report. */
export function useSatisfactions(report: string, enabled = true) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'satisfactions', report),
    queryFn: () => get<{ items: Said[] }>(inTenant(tenant, `/reports/${report}/satisfactions`)).then((page) => page.items),
    enabled,
  });
}

export function useSay() {
  const tenant = useTenantCode();
  return useAction(
    ({ report, ...body }: { report: string; event: string; verdict: Verdict; note?: string }, key) =>
      post<{ items: Said[] }>(inTenant(tenant, `/reports/${report}/satisfactions`), { body, key }),
    ['satisfactions', 'assignments', 'timeline'],
  );
}

/** What became of a report, in the order it happened: instructions and the handling. */
export const becameOf = (outcomes: Outcome[] = []) =>
  outcomes.filter((one) => one.kind === 'instructed' || one.kind === 'handling' || one.kind === 'answered' || one.kind === 'handled');
