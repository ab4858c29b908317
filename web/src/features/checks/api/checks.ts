import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isApiError } from '@/lib/errors';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useMay, useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Check = Schemas['ChecksCheck'];
export type CheckSheet = Schemas['ChecksSheet'];
export type Need = Schemas['ChecksNeed'];
export type ProofSheet = Schemas['ChecksProofSheet'];
export type ProofFinding = Schemas['ChecksDecided'];
export type Matter = Check['matter'];
export type Method = NonNullable<Check['method']>;
export type Result = NonNullable<Check['result']>;
/** How a check was made and what it found. */
export type Finding = Omit<Schemas['ChecksFinding'], '$schema'>;
export type InvitedText = Schemas['ReportsReportText'];

const stale = ['checks', 'checkTasks', 'timeline', 'report'] as const;

/** The checks of a report, and what the unit asks for before its next steps. */
export function useChecks(report: string) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'checks', report),
    queryFn: () => get<CheckSheet>(inTenant(tenant, `/reports/${report}/checks`)),
    enabled: useMay('check:read'),
  });
}

export function useCheck(id: string) {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'checks', 'one', id), queryFn: () => get<Check>(inTenant(tenant, `/checks/${id}`)) });
}

/** What the person, or the person's inner unit, was asked to check. */
export function useCheckTasks(enabled = true) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'checkTasks'),
    queryFn: () => get<{ items: Check[] }>(inTenant(tenant, '/check-tasks')).then((page) => page.items),
    enabled: useMay('consultation:answer') && enabled,
  });
}

/** The text of a report as it stands, for whoever was invited to read it. */
export function useInvitedText(report: string, enabled = true) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'checks', 'text', report),
    queryFn: () => get<InvitedText>(inTenant(tenant, `/reports/${report}/text`)),
    refetchOnMount: 'always',
    enabled,
  });
}

/**
 * The version of the report that the person has read, of which he may say something. What is changed meanwhile he reads first:
 * `stale` takes the newest version once the server has told that it is another one.
 */
export function useReadVersion(report: string) {
  const text = useInvitedText(report);
  const [read, setRead] = useState<number>();
  const version = read ?? (text.isFetchedAfterMount ? text.data?.version : undefined);
  if (read === undefined && version !== undefined) setRead(version);
  const stale = (error: Error) => {
    if (isStale(error)) void text.refetch().then((fresh) => setRead(fresh.data?.version));
  };
  return { text, version, stale };
}

/** Whether the report was changed since it was read. */
export const isStale = (error: Error) => isApiError(error) && error.status === 412;

export function useRecordCheck() {
  const tenant = useTenantCode();
  return useAction(
    ({ report, version, ...body }: Finding & { report: string; version: number; matter: Matter; department?: string }, key) =>
      post<Check>(inTenant(tenant, `/reports/${report}/checks`), { body, key, ifMatch: version }),
    [...stale],
  );
}

export interface CheckRequest {
  report: string;
  matter: Matter;
  unit_id?: string;
  membership_id?: string;
  department?: string;
  question: string;
  due_on?: string;
}

export function useAskCheck() {
  const tenant = useTenantCode();
  return useAction(
    ({ report, ...body }: CheckRequest, key) => post<Check>(inTenant(tenant, `/reports/${report}/check-requests`), { body, key }),
    [...stale],
  );
}

export function useAnswerCheck() {
  const tenant = useTenantCode();
  return useAction(
    ({ check, version, ...body }: Finding & { check: string; version: number }, key) =>
      post<Check>(inTenant(tenant, `/checks/${check}/answer`), { body, key, ifMatch: version }),
    [...stale],
  );
}

export function useCancelCheck() {
  const tenant = useTenantCode();
  return useAction(
    ({ check, reason }: { check: string; reason: string }, key) => post<Check>(inTenant(tenant, `/checks/${check}/cancel`), { body: { reason }, key }),
    [...stale],
  );
}

/** The text as the machine reads it now, and the proof checks so far. */
export function useProof(report: string, enabled = true) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'checks', 'proof', report),
    queryFn: () => get<ProofSheet>(inTenant(tenant, `/reports/${report}/proof`)),
    refetchOnMount: 'always',
    enabled: useMay('check:read') && enabled,
  });
}

export interface NewProof {
  report: string;
  version: number;
  decisions: Record<string, string>;
  ticks: ProofFinding['group'][];
  faults: number;
  note: string;
}

export function useProofread() {
  const tenant = useTenantCode();
  return useAction(
    ({ report, version, ...body }: NewProof, key) => post<ProofSheet>(inTenant(tenant, `/reports/${report}/proof`), { body, key, ifMatch: version }),
    [...stale],
  );
}
