import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Navigate, Outlet, useLocation, useParams } from 'react-router';
import { enterTenant, logIn, meIn } from '@/features/session/api/session';
import { isApiError } from '@/lib/errors';
import { qk } from '@/lib/query';
import { MeContext } from '@/lib/tenant';
import type { Me } from '@/lib/types';
import { useLive } from '@/lib/useLive';
import { ReloginDialog } from '@/ui/plain/ReloginDialog';
import { ErrorState, PageSkeleton } from '@/ui/plain/states';
import { rememberUnit } from '../account/lastUnit';

/** Enters the unit of the address before anything of it is shown. */
export function Gate() {
  const { tenant = '' } = useParams();
  return <Enter key={tenant} tenant={tenant} />;
}

function Enter({ tenant }: { tenant: string }) {
  const location = useLocation();
  const me = useQuery({ queryKey: qk(tenant, 'me'), queryFn: () => meIn(tenant), retry: 1 });
  if (me.data) return <Inside me={me.data} />;
  if (!me.error) return <PageSkeleton />;
  if (isApiError(me.error) && me.error.status === 401) {
    return <Navigate to={`/login?next=${encodeURIComponent(location.pathname + location.search)}`} replace />;
  }
  return <ErrorState error={me.error} onRetry={() => void me.refetch()} />;
}

function Inside({ me }: { me: Me }) {
  const { code } = me.tenant;
  useLive(code, me.person.id);
  useEffect(() => rememberUnit(code), [code]);
  return (
    <MeContext.Provider value={me}>
      <Outlet />
      <ReloginDialog
        login={me.person.login}
        enter={() => enterTenant(code)}
        logIn={(password) => logIn(me.person.login, password)}
        // A fresh page: nothing of the ended session stays in memory.
        leave={() => window.location.assign('/m/login')}
      />
    </MeContext.Provider>
  );
}
