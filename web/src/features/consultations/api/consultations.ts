import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useMay, useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Sheet = Schemas['ConsultationsSheet'];
export type Opinion = Schemas['ConsultationsOpinion'];
export type Participant = Schemas['ConsultationsParticipant'];
export type Dimension = Schemas['ConsultationsDimension'];
export type SheetKind = Sheet['kind'];
export type Verdict = NonNullable<Opinion['verdict']>;

const stale = ['consultations', 'opinionTasks', 'timeline'] as const;

/** The sheets of a report. */
export function useConsultations(report: string) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'consultations', report),
    queryFn: () => get<{ items: Sheet[] }>(inTenant(tenant, `/reports/${report}/consultations`)).then((page) => page.items),
    enabled: useMay('check:read'),
  });
}

/** One sheet, as far as the person may see it. */
export function useSheet(id: string) {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'consultations', 'one', id), queryFn: () => get<Sheet>(inTenant(tenant, `/consultations/${id}`)) });
}

/** The sheets on which the person, or the person's inner unit, was asked. */
export function useOpinionTasks(enabled = true) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'opinionTasks'),
    queryFn: () => get<{ items: Sheet[] }>(inTenant(tenant, '/opinion-tasks')).then((page) => page.items),
    enabled: useMay('consultation:answer') && enabled,
  });
}

export type Opening = { report: string; kind: SheetKind; question: string; due_on?: string; meets_at?: string; place?: string; participants: Participant[] };

export function useStartConsultation() {
  const tenant = useTenantCode();
  return useAction(({ report, ...body }: Opening, key) => post<Sheet>(inTenant(tenant, `/reports/${report}/consultations`), { body, key }), [...stale]);
}

export function useAskMore() {
  const tenant = useTenantCode();
  return useAction(
    ({ sheet, participants }: { sheet: string; participants: Participant[] }, key) =>
      post<Sheet>(inTenant(tenant, `/consultations/${sheet}/participants`), { body: { participants }, key }),
    [...stale],
  );
}

export interface NewOpinion {
  opinion: string;
  verdict?: Verdict;
  text: string;
  dimensions: Dimension[];
  giver?: string;
  attachments: string[];
}

export function useGiveOpinion() {
  const tenant = useTenantCode();
  return useAction(
    ({ opinion, text, ...body }: NewOpinion, key) => post<Sheet>(inTenant(tenant, `/opinions/${opinion}/answer`), { body: { ...body, opinion: text }, key }),
    [...stale],
  );
}

export function useReleaseOpinion() {
  const tenant = useTenantCode();
  return useAction(({ opinion }: { opinion: string }, key) => post<Sheet>(inTenant(tenant, `/opinions/${opinion}/release`), { key }), [...stale]);
}

export function useCloseConsultation() {
  const tenant = useTenantCode();
  return useAction(
    ({ sheet, version, ...body }: { sheet: string; version: number; conclusion: string; minutes?: string; resulting?: number }, key) =>
      post<Sheet>(inTenant(tenant, `/consultations/${sheet}/close`), { body, key, ifMatch: version }),
    [...stale],
  );
}

export function useCancelConsultation() {
  const tenant = useTenantCode();
  return useAction(
    ({ sheet, reason }: { sheet: string; reason: string }, key) => post<Sheet>(inTenant(tenant, `/consultations/${sheet}/cancel`), { body: { reason }, key }),
    [...stale],
  );
}
