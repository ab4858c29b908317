import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { address, get, inTenant, patch, post, type Query } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Page, Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type LedgerRow = Schemas['LedgerRow'];
export type LedgerFilter = Schemas['LedgerFilter'];
export type LedgerView = Schemas['LedgerView'];
export type Assignment = Schemas['LedgerAssignmentFields'];
export type Refusal = Schemas['LedgerRefusal'];
export type Deadlines = Schemas['LedgerDeadlines'];

/** Takes somebody or an office away again. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

const query = (filter: LedgerFilter): Query => ({ ...filter, mine: filter.mine || undefined, overdue: filter.overdue || undefined, open: filter.open || undefined });

export function useLedger(filter: LedgerFilter) {
  const tenant = useTenantCode();
  return useInfiniteQuery({
    queryKey: qk(tenant, 'ledger', filter),
    queryFn: ({ pageParam, signal }) => get<Page<LedgerRow>>(inTenant(tenant, '/ledger'), { query: { ...query(filter), cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (previous) => previous,
  });
}

/** Where the ledger as it is on the screen can be fetched as a spreadsheet. */
export const ledgerFile = (tenant: string, filter: LedgerFilter, columns: string[]) =>
  address(inTenant(tenant, '/exports/ledger'), { ...query(filter), columns: columns.join(',') });

/** Makes people answer for several reports; each refused one is named. */
export function useAssign() {
  const tenant = useTenantCode();
  return useAction(
    (body: Assignment & { reports: string[] }, key) => post<{ done: number; refused: Refusal[] }>(inTenant(tenant, '/ledger/assignments'), { body, key }),
    ['ledger', 'timeline'],
  );
}

/** Changes one row, based on the version that was read. */
export function useChangeRow() {
  const tenant = useTenantCode();
  return useAction(
    ({ id, version, ...body }: Assignment & { id: string; version: number }, key) => patch<void>(inTenant(tenant, `/ledger/${id}`), { body, ifMatch: version, key }),
    ['ledger', 'timeline'],
  );
}

export function useLedgerViews() {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'ledger-views'),
    queryFn: () => get<{ items: LedgerView[] }>(inTenant(tenant, '/ledger-views')).then((page) => page.items),
  });
}

export function useSaveView() {
  const tenant = useTenantCode();
  return useAction(
    (body: Schemas['LedgerViewInputBody'], key) => post<{ items: LedgerView[] }>(inTenant(tenant, '/ledger-views'), { body, key }),
    ['ledger-views'],
  );
}

export function useRemoveView() {
  const tenant = useTenantCode();
  return useAction((id: string, key) => post<{ items: LedgerView[] }>(inTenant(tenant, `/ledger-views/${id}/remove`), { key }), ['ledger-views']);
}
