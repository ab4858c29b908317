import { inTenant, post } from '@/lib/http';
import { useTenantCode } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { useAction } from '@/lib/useAction';

/** A step on a report that is one POST. */
export type ReportStep =
  | { step: 'withdraw' | 'take-up' | 'edit' | 'archive' }
  | { step: 'submit'; secrecy_checked?: boolean }
  | { step: 'keep' | 'decline' | 'return'; reason_code: string; reason: string }
  | { step: 'adopt'; form: 'single' | 'relayed'; note: string; relayed_to?: string }
  | { step: 'adoption-correction'; reason: string };

/** Takes a step on a report. */
export const takeStep = (tenant: string, id: string, { step, ...body }: ReportStep, key?: string) =>
  post<Report>(inTenant(tenant, `/reports/${id}/${step}`), { body, key });

/** Takes a step and makes everything that shows the report fresh. */
export function useReportStep() {
  const tenant = useTenantCode();
  return useAction(
    ({ id, ...step }: ReportStep & { id: string }, key) => takeStep(tenant, id, step as ReportStep, key),
    ['report', 'reports', 'timeline', 'versions', 'reviews', 'forwardings'],
  );
}
