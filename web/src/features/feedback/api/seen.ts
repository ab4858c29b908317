import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';

/** Notes that an author has the page of the report before him; what cannot be noted now is noted at the next look. */
export function useSeen(report: string, author: boolean) {
  const tenant = useTenantCode();
  const client = useQueryClient();
  useEffect(() => {
    if (!author) return;
    post<void>(inTenant(tenant, `/reports/${report}/feedback/seen`))
      .then(() => client.invalidateQueries({ queryKey: qk(tenant, 'feedback', report) }))
      .catch(() => undefined);
  }, [tenant, report, author, client]);
}
