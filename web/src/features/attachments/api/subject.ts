import { useQuery, useQueryClient } from '@tanstack/react-query';
import { get, inTenant, send } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Attachment } from '@/lib/types';
import { useAction } from '@/lib/useAction';

const path = (tenant: string, kind: string, id: string) => inTenant(tenant, `/subjects/${kind}/${id}/attachments`);

/** The files of a clue, a material or whatever else they hang on. */
export function useSubjectFiles(kind: string, id: string) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'attachments', kind, id),
    queryFn: () => get<{ items: Attachment[] }>(path(tenant, kind, id)).then((found) => found.items),
  });
}

/** Makes exactly these the subject's files; what others put there stays. */
export function useSettleFiles(kind: string, id: string) {
  const tenant = useTenantCode();
  const client = useQueryClient();
  return useAction(async (files: Attachment[], key) => {
    client.setQueryData(qk(tenant, 'attachments', kind, id), files);
    const { data } = await send<{ items: Attachment[] }>('PUT', path(tenant, kind, id), { body: { attachments: files.map((file) => file.id) }, key });
    return data.items;
  }, ['attachments']);
}
