import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post, put } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Page, Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Journal = Schemas['IssuesJournal'];
export type JournalInput = Schemas['IssuesJournalInput'];
export type JournalHead = Schemas['IssuesHead'];
export type DocumentTemplate = Schemas['IssuesTemplate'];
export type Purpose = DocumentTemplate['purpose'];
export type Placeholder = Schemas['IssuesPlaceholder'];

/** The unit's journals, and whether the server makes PDF. */
export function useJournals(enabled = true) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'journals'),
    queryFn: ({ signal }) => get<Page<Journal> & { pdf?: boolean }>(inTenant(tenant, '/journals'), { signal }),
    enabled,
  });
}

/** Founds a journal, or changes one that was read at a version. */
export function useSaveJournal() {
  const tenant = useTenantCode();
  return useAction(({ id, version, input }: { id?: string; version?: number; input: JournalInput }, key) =>
    (id
      ? put<Journal>(inTenant(tenant, `/journals/${id}`), { body: input, ifMatch: version, key })
      : post<Journal>(inTenant(tenant, '/journals'), { body: input, key })), ['journals', 'issues', 'issue']);
}

/** The templates in use. */
export function useDocumentTemplates() {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'journals', 'templates'),
    queryFn: async ({ signal }) => (await get<Page<DocumentTemplate>>(inTenant(tenant, '/document-templates'), { signal })).items,
  });
}

/** What a template of that purpose may hold. */
export function usePlaceholders(purpose: Purpose) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'journals', 'placeholders', purpose),
    queryFn: async ({ signal }) => (await get<Page<Placeholder>>(inTenant(tenant, '/document-placeholders'), { query: { purpose }, signal })).items,
    staleTime: Infinity,
  });
}

/** Takes in a template whose file was uploaded. */
export function useCreateTemplate() {
  const tenant = useTenantCode();
  return useAction((body: { name: string; purpose: Purpose; attachment_id: string }, key) =>
    post<DocumentTemplate>(inTenant(tenant, '/document-templates'), { body, key }), ['journals']);
}

/** Takes a template out of use. */
export function useRetireTemplate() {
  const tenant = useTenantCode();
  return useAction(({ id }: { id: string }, key) => post<void>(inTenant(tenant, `/document-templates/${id}/retire`), { key }), ['journals']);
}
