import { useQuery } from '@tanstack/react-query';
import { get, inTenant, put } from '@/lib/http';
import { qk } from '@/lib/query';
import { useMay, useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Checked = Schemas['SimilarityChecked'];
export type Match = Schemas['SimilarityMatch'];
export type Compared = Schemas['SimilarityCompared'];
export type Side = Schemas['SimilaritySide'];
export type Badge = Schemas['SimilarityBadge'];
export type Piece = Schemas['SimilarityPiece'];
export type Verdict = NonNullable<Match['verdict']>;

/** What is similar to a report. */
export function useSimilar(id: string) {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'similar', id), queryFn: ({ signal }) => get<Checked>(inTenant(tenant, `/reports/${id}/similar`), { signal }) });
}

/** Two reports side by side. */
export function useCompared(id: string, other: string) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'similar', id, other),
    queryFn: ({ signal }) => get<Compared>(inTenant(tenant, `/reports/${id}/similar/${other}`), { signal }),
  });
}

/** Says that two reports are duplicates, or that they are not. */
export function useDecide() {
  const tenant = useTenantCode();
  return useAction(
    ({ id, other, verdict }: { id: string; other: string; verdict: Verdict }, key) =>
      put<Compared>(inTenant(tenant, `/reports/${id}/similar/${other}`), { body: { verdict }, key }),
    ['similar'],
  );
}

/** The badges of the reports of a list, by id; nothing for who does not screen. */
export function useBadges(ids: string[]): Map<string, Badge> {
  const tenant = useTenantCode();
  const may = useMay('report:screen');
  const pages: string[][] = [];
  for (let at = 0; at < ids.length; at += 90) pages.push(ids.slice(at, at + 90));
  const badges = useQuery({
    queryKey: qk(tenant, 'similar', 'badges', ids),
    queryFn: async ({ signal }) => {
      const parts = await Promise.all(
        pages.map((page) => get<{ items: Badge[] }>(inTenant(tenant, '/similar-badges'), { query: { reports: page.join(',') }, signal })),
      );
      return parts.flatMap((part) => part.items);
    },
    enabled: may && ids.length > 0,
    placeholderData: (previous) => previous,
  });
  return new Map(badges.data?.map((badge) => [badge.report_id, badge]));
}

/** What is similar to a draft; asked anew whenever it was saved (`saved` names the moment), as the server has it. */
export function useSimilarDraft(id: string, saved: number | undefined) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'similar', id, 'draft', saved),
    queryFn: ({ signal }) => get<Checked>(inTenant(tenant, `/reports/${id}/similar`), { signal }),
    enabled: saved !== undefined,
    placeholderData: (previous) => previous,
    retry: false,
  });
}
