import { useQuery } from '@tanstack/react-query';
import { get, inTenant, patch, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Flag, Report, ReportClass, ReportText, Schemas, TimelineEntry, Urgency, Version } from '@/lib/types';

export type CoAuthor = Schemas['ReportsCoAuthorInput'];
export type OnBehalf = Schemas['ReportsOnBehalfInput'];
export type OriginNote = Schemas['ReportsOriginNote'];

type Writing = Pick<Schemas['ReportsEditInputBody'], 'mode' | 'channel' | 'source_kind' | 'origin_note' | 'co_authors' | 'on_behalf'>;

/** What a person writes. */
export interface ReportInput extends ReportText, Writing {
  category: string;
  topic?: string;
  urgency: Urgency;
  class: ReportClass;
  flags: Flag[];
  evidence: string;
  attachments: string[];
}

export const fetchReport = (tenant: string, id: string) => get<Report>(inTenant(tenant, `/reports/${id}`));

export function useReport(id: string, enabled = true) {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'report', id), queryFn: () => fetchReport(tenant, id), enabled: enabled && id !== '' });
}

/** Makes a report; the id is chosen here so that a repeat meets the first one. */
export const createReport = (tenant: string, input: ReportInput & { id: string; submit: boolean }, key?: string) =>
  post<Report>(inTenant(tenant, '/reports'), { body: input satisfies Schemas['ReportsCreateInputBody'], key });

/** Changes the text, based on a version; ApiError 412 when somebody else was first. */
export const editReport = (tenant: string, id: string, version: number, input: Partial<ReportInput>, key?: string) =>
  patch<Report>(inTenant(tenant, `/reports/${id}`), { body: input satisfies Schemas['ReportsEditInputBody'], ifMatch: version, key });

export function useTimeline(id: string) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'timeline', id),
    queryFn: () => get<{ items: TimelineEntry[] }>(inTenant(tenant, `/reports/${id}/timeline`)).then((page) => page.items),
  });
}

export function useVersions(id: string, enabled = true) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'versions', id),
    queryFn: () => get<{ items: Version[] }>(inTenant(tenant, `/reports/${id}/versions`)).then((page) => page.items),
    enabled: enabled && id !== '',
  });
}
