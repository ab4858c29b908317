import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post, put } from '@/lib/http';
import { qk, type Noun } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Report, Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type ReportLink = Schemas['ReportsLink'];
export type NewLink = Schemas['ReportsLinkInputBody'];
export type Part = Schemas['ReportsPartFields'];

/** What the other report is to this one. */
export const linkText: Record<ReportLink['kind'], string> = {
  duplicate: '重复', related: '相关', continues: '续报前文', continued_by: '后续续报', part: '拆分出', whole: '拆分自', merged_in: '并入本稿', merged_into: '已并入',
};

export const linkChoices: Record<NewLink['kind'], string> = { related: '相关：同一主题', duplicate: '重复：同一件事', continued: '续报：本稿接着那一篇写' };

const stale: Noun[] = ['report', 'reports', 'timeline', 'links', 'similar'];

/** The reports that belong together with this one. */
export function useLinks(report: string) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'links', report),
    queryFn: () => get<{ items: ReportLink[] }>(inTenant(tenant, `/reports/${report}/links`)).then((page) => page.items),
  });
}

export function useLink(report: string) {
  const tenant = useTenantCode();
  return useAction((body: NewLink, key) => post(inTenant(tenant, `/reports/${report}/links`), { body, key }), stale);
}

export function useUnlink() {
  const tenant = useTenantCode();
  return useAction((link: string, key) => post(inTenant(tenant, `/report-links/${link}/remove`), { key }), stale);
}

/** Merges a duplicate into another report, whose outcomes its author then hears. */
export function useMergeInto(report: string) {
  const tenant = useTenantCode();
  return useAction((into: string, key) => post<Report>(inTenant(tenant, `/reports/${report}/merge-into`), { body: { into }, key }), stale);
}

/** Makes several reports of one; it stays, with what becomes of its parts. `done` is called before the page is fetched anew. */
export function useSplit(report: string, done: () => void) {
  const tenant = useTenantCode();
  return useAction(async (parts: Part[], key) => {
    await post<Report>(inTenant(tenant, `/reports/${report}/split`), { body: { parts }, key });
    done();
  }, stale);
}

/** Sets the order and the shares of a combined report's sources, based on the version that was read. */
export function useChangeSources(report: string) {
  const tenant = useTenantCode();
  return useAction(
    ({ version, ...body }: Schemas['ReportsSourcesInputBody'] & { version: number }, key) => put<Report>(inTenant(tenant, `/reports/${report}/sources`), { body, ifMatch: version, key }),
    stale,
  );
}
