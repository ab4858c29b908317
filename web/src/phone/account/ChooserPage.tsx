import { useQuery } from '@tanstack/react-query';
import { whoAmI } from '@/features/session/api/session';
import { isApiError } from '@/lib/errors';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { Redirect } from '../frame/router';
import styles from './account.module.css';
import { lastUnit } from './lastUnit';
import { Units } from './Units';

/** The unit to work in: the only one, the last one, or a choice. */
export function ChooserPage() {
  const account = useQuery({ queryKey: ['', 'account'], queryFn: whoAmI, retry: 1, staleTime: 0 });
  if (isApiError(account.error) && account.error.status === 401) return <Redirect to="/login" />;
  return (
    <Loaded query={account}>
      {({ person, tenants }) => {
        const known = tenants.length === 1 ? tenants[0] : tenants.find((unit) => unit.code === lastUnit());
        if (known) return <Redirect to={`/t/${known.code}`} />;
        if (!tenants.length) return <EmptyState title="您还没有加入任何单位" hint="请联系本单位的系统管理员。" />;
        return (
          <main className={styles.choose}>
            <h1>{person.name}，您好</h1>
            <p>您在 {tenants.length} 个单位任职，请选择现在要进入的单位。</p>
            <Units units={tenants} />
          </main>
        );
      }}
    </Loaded>
  );
}
