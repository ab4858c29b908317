import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, Navigate, useLocation } from 'react-router';
import { enterTenant, logIn, meIn } from '@/features/session/api/session';
import { isApiError } from '@/lib/errors';
import { qk } from '@/lib/query';
import { MeContext } from '@/lib/tenant';
import type { Me } from '@/lib/types';
import { useLive } from '@/lib/useLive';
import { ReloginDialog } from '@/ui/plain/ReloginDialog';
import { ErrorState, PageSkeleton } from '@/ui/plain/states';

/** Enters the unit of the address before anything of it is shown. */
export function TenantGate({ tenant, children }: { tenant: string; children: ReactNode }) {
  const location = useLocation();
  const me = useQuery({ queryKey: qk(tenant, 'me'), queryFn: () => meIn(tenant), retry: 1 });
  if (me.data) return <Inside me={me.data}>{children}</Inside>;
  if (!me.error) return <PageSkeleton />;
  if (isApiError(me.error) && me.error.status === 401) {
    return <Navigate to={`/login?next=${encodeURIComponent(location.pathname + location.search)}`} replace />;
  }
  return (
    <main>
      <ErrorState error={me.error} onRetry={() => void me.refetch()} />
      <p style={{ textAlign: 'center' }}><Link to="/">回到我的单位</Link></p>
    </main>
  );
}

function Inside({ me, children }: { me: Me; children: ReactNode }) {
  useLive(me.tenant.code, me.person.id);
  return (
    <MeContext.Provider value={me}>
      {children}
      <ReloginDialog
        login={me.person.login}
        enter={() => enterTenant(me.tenant.code)}
        logIn={(password) => logIn(me.person.login, password)}
        // A fresh page: nothing of the ended session stays in memory.
        leave={() => window.location.assign('/login')}
      />
    </MeContext.Provider>
  );
}
