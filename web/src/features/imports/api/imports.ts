import { useQuery } from '@tanstack/react-query';
import { address, get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Import = Schemas['ImportsImport'];
export type ImportRow = Schemas['ImportsRow'];
export type Beginning = Schemas['ImportsBeginning'];
export type Mail = Schemas['MailboxMail'];
export type ImportKind = Import['kind'];

const POLL = 1500;

/** The empty table to be filled in. */
export const templateAddress = (tenant: string, kind: ImportKind) => address(inTenant(tenant, '/import-templates'), { kind });

/** What a Word file was taken for. */
export const recognise = (tenant: string, attachment: string) => post<Beginning>(inTenant(tenant, '/imports/document'), { body: { attachment } });

/** Tries a table: nothing is brought in yet. */
export function useTryImport() {
  const tenant = useTenantCode();
  return useAction((body: { kind: ImportKind; attachment: string; submit: boolean }, key) => post<Import>(inTenant(tenant, '/imports'), { body, key }), ['imports']);
}

export function useImports() {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'imports', 'list'), queryFn: () => get<{ items: Import[] }>(inTenant(tenant, '/imports')).then((page) => page.items) });
}

/** One import; asked again and again while it runs. */
export function useImport(id: string) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'imports', id),
    queryFn: () => get<Import>(inTenant(tenant, `/imports/${id}`)),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? POLL : false),
  });
}

export function useImportRows(id: string, state: ImportRow['state'] | '', running: boolean) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'imports', id, 'rows', state),
    queryFn: () => get<{ items: ImportRow[] }>(inTenant(tenant, `/imports/${id}/rows`), { query: { state, limit: 200 } }).then((page) => page.items),
    refetchInterval: running ? POLL : false,
  });
}

export function useImportStep() {
  const tenant = useTenantCode();
  return useAction(({ id, step }: { id: string; step: 'start' | 'cancel' }, key) => post<Import>(inTenant(tenant, `/imports/${id}/${step}`), { key }), ['imports', 'reports', 'clues']);
}

/** The mails that came. */
export function useMails(state: string) {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'mail', state), queryFn: () => get<{ items: Mail[] }>(inTenant(tenant, '/mails'), { query: { state } }).then((page) => page.items) });
}
