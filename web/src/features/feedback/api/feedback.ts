import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useMay, useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type FeedbackSheet = Schemas['FeedbackSheet'];
export type FeedbackOutcome = Schemas['FeedbackOutcome'];
export type Untold = Schemas['FeedbackWaiting'];
export type Certificate = Schemas['CertificatesCertificate'];

/** What reached the author of a report, and what did not. */
export function useFeedback(report: string, enabled: boolean) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'feedback', report),
    queryFn: () => get<FeedbackSheet>(inTenant(tenant, `/reports/${report}/feedback`)),
    enabled: useMay('feedback:read') && enabled,
  });
}

/** What waits in the unit to be told, oldest first. */
export function useUntold() {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'feedback', 'untold'), queryFn: () => get<Schemas['FeedbackList']>(inTenant(tenant, '/feedback')) });
}

export function useRecordFeedback() {
  const tenant = useTenantCode();
  return useAction(
    ({ report, ...body }: Omit<Schemas['FeedbackNewRecord'], '$schema'> & { report: string }, key) => post<FeedbackSheet>(inTenant(tenant, `/reports/${report}/feedback`), { body, key }),
    ['feedback', 'timeline'],
  );
}

/** The certificates on a report. */
export function useCertificates(report: string) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'certificates', report),
    queryFn: () => get<Schemas['CertificatesSheet']>(inTenant(tenant, `/reports/${report}/certificates`)),
  });
}

export function useIssueCertificate() {
  const tenant = useTenantCode();
  return useAction(
    ({ report, ...body }: { report: string; event: string; person: string }, key) => post<Certificate>(inTenant(tenant, `/reports/${report}/certificates`), { body, key }),
    ['certificates', 'timeline'],
  );
}

export function useWithdrawCertificate() {
  const tenant = useTenantCode();
  return useAction(
    ({ id, reason }: { id: string; reason: string }, key) => post<Certificate>(inTenant(tenant, `/certificates/${id}/withdraw`), { body: { reason }, key }),
    ['certificates', 'timeline'],
  );
}
