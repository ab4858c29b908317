import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, inTenant } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';

export type Found = Schemas['SearchFound'];
export type Result = Schemas['SearchResult'];
export type Piece = Schemas['SearchPiece'];
export type Facet = Schemas['SearchFacet'];

/** What is asked, as it stands in the address; days are `2026-11-02`. */
export const questionNames = [
  'q', 'state', 'category', 'urgency', 'class', 'flag', 'mode', 'channel', 'source_kind', 'sender', 'author', 'adopted_level', 'adopted_form', 'from', 'to', 'order', 'page',
] as const;
export type Question = Partial<Record<(typeof questionNames)[number], string>>;

/** Whether anything is asked at all. */
export const asks = (question: Question): boolean =>
  questionNames.some((name) => name !== 'order' && name !== 'page' && Boolean(question[name]));

/** The reports that answer a question. */
export function useSearch(question: Question) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'search', question),
    queryFn: ({ signal }) => get<Found>(inTenant(tenant, '/search'), { query: question, signal }),
    enabled: asks(question),
    placeholderData: keepPreviousData,
  });
}
