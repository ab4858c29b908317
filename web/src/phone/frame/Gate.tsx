import { useQuery } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { enterTenant, logIn, meIn } from '@/features/session/api/session';
import { isApiError } from '@/lib/errors';
import { qk } from '@/lib/query';
import { MeContext } from '@/lib/tenant';
import type { Me } from '@/lib/types';
import { useLive } from '@/lib/useLive';
import { ReloginDialog } from '@/ui/plain/ReloginDialog';
import { ErrorState, PageSkeleton } from '@/ui/plain/states';
import { rememberUnit } from '../account/lastUnit';
import { here, Redirect } from './router';

/** Enters the unit of the address before anything of it is shown. */
export function Gate({ tenant, children }: { tenant: string; children: ReactNode }) {
  const me = useQuery({ queryKey: qk(tenant, 'me'), queryFn: () => meIn(tenant), retry: 1 });
  if (me.data) return <Inside me={me.data}>{children}</Inside>;
  if (!me.error) return <PageSkeleton />;
  if (isApiError(me.error) && me.error.status === 401) {
    return <Redirect to={`/login?next=${encodeURIComponent(here().path)}`} />;
  }
  return <ErrorState error={me.error} onRetry={() => void me.refetch()} />;
}

function Inside({ me, children }: { me: Me; children: ReactNode }) {
  const { code } = me.tenant;
  useLive(code, me.person.id);
  useEffect(() => rememberUnit(code), [code]);
  return (
    <MeContext.Provider value={me}>
      {children}
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
