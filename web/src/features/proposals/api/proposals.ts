import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, inTenant, patch, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Page, Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Proposal = Schemas['ProposalsProposal'];
export type ProposalChange = Schemas['ProposalsChange'];

export function useProposals(filter: { state?: string; q?: string; report?: string }, enabled = true) {
  const tenant = useTenantCode();
  return useInfiniteQuery({
    queryKey: qk(tenant, 'proposals', filter),
    queryFn: ({ pageParam }) => get<Page<Proposal>>(inTenant(tenant, '/proposals'), { query: { ...filter, cursor: pageParam, limit: 30 } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (previous) => previous,
    enabled,
  });
}

export function useProposal(id: string) {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'proposals', 'one', id), queryFn: () => get<Proposal>(inTenant(tenant, `/proposals/${id}`)), enabled: id !== '' });
}

/** Turns a report into the draft of a proposal. */
export function useProposalOfReport() {
  const tenant = useTenantCode();
  return useAction((report: string, key) => post<Proposal>(inTenant(tenant, `/reports/${report}/proposal`), { key }), ['proposals']);
}

export function useAddProposal() {
  const tenant = useTenantCode();
  return useAction((body: Schemas['ProposalsText'], key) => post<Proposal>(inTenant(tenant, '/proposals'), { body, key }), ['proposals']);
}

export function useEditProposal() {
  const tenant = useTenantCode();
  return useAction(
    ({ of, ...body }: ProposalChange & { of: Proposal }, key) => patch<Proposal>(inTenant(tenant, `/proposals/${of.id}`), { body, key, ifMatch: of.version }),
    ['proposals'],
  );
}
