import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, inTenant, post, put } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Page, Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Issue = Schemas['IssuesIssue'];
export type IssueItem = Schemas['IssuesItem'];
export type Pace = Schemas['IssuesPace'];
export type IssueContent = Schemas['IssuesContent'];

export interface IssueFilter {
  journal?: string;
  state?: string;
  year?: string;
  report?: string;
  q?: string;
}

/** What a release, a withdrawal and an arrangement change elsewhere. */
const stale = ['issues', 'issue', 'journals', 'report', 'reports', 'timeline'] as const;

/** The issues, page after page, newest first. */
export function useIssues(filter: IssueFilter, enabled = true) {
  const tenant = useTenantCode();
  return useInfiniteQuery({
    queryKey: qk(tenant, 'issues', filter),
    queryFn: ({ pageParam, signal }) => get<Page<Issue>>(inTenant(tenant, '/issues'), { query: { ...filter, cursor: pageParam, limit: 30 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (previous) => previous,
    enabled,
  });
}

/** How long the issues of a year took from submission to release, by kind of journal. */
export function usePaces(year: string) {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'issues', 'paces', year), queryFn: ({ signal }) => get<Page<Pace>>(inTenant(tenant, '/issue-paces'), { query: { year }, signal }) });
}

/** One issue with its reports. */
export function useIssue(id: string) {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'issue', id), queryFn: ({ signal }) => get<Issue>(inTenant(tenant, `/issues/${id}`), { signal }) });
}

const at = (tenant: string, id: string, what = '') => inTenant(tenant, `/issues/${id}${what}`);

/** Begins an issue of a journal. */
export function useCreateIssue() {
  const tenant = useTenantCode();
  return useAction((body: { journal_id: string; reports: string[] }, key) => post<Issue>(inTenant(tenant, '/issues'), { body, key }), [...stale]);
}

/** Arranges a draft anew. */
export function useArrange() {
  const tenant = useTenantCode();
  return useAction(({ id, version, content }: { id: string; version: number; content: IssueContent }, key) =>
    put<Issue>(at(tenant, id), { body: content, ifMatch: version, key }), [...stale]);
}

/** Puts one more report into a draft. */
export function useAddReport() {
  const tenant = useTenantCode();
  return useAction(({ id, report_id }: { id: string; report_id: string }, key) => post<Issue>(at(tenant, id, '/reports'), { body: { report_id }, key }), [...stale]);
}

/** 编发: the issue takes its number. */
export function useRelease() {
  const tenant = useTenantCode();
  return useAction(({ id, version }: { id: string; version: number }, key) => post<Issue>(at(tenant, id, '/release'), { ifMatch: version, key }), [...stale]);
}

/** 作废, with a reason. */
export function useWithdrawIssue() {
  const tenant = useTenantCode();
  return useAction(({ id, reason }: { id: string; reason: string }, key) => post<Issue>(at(tenant, id, '/withdraw'), { body: { reason }, key }), [...stale]);
}

/** Gives up a draft. */
export function useDiscard() {
  const tenant = useTenantCode();
  return useAction(({ id }: { id: string }, key) => post<void>(at(tenant, id, '/discard'), { key }), [...stale]);
}
