import { useQuery } from '@tanstack/react-query';
import { Link, Navigate } from 'react-router';
import { isApiError } from '@/lib/errors';
import { kindText, label, levelText } from '@/lib/texts';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { whoAmI } from '../api/session';
import styles from './login.module.css';

/** Which unit to work in, for a person who is in several. */
export default function ChooserPage() {
  const account = useQuery({ queryKey: ['', 'account'], queryFn: whoAmI, retry: 1, staleTime: 0 });
  if (isApiError(account.error) && account.error.status === 401) return <Navigate to="/login" replace />;
  return (
    <Loaded query={account}>
      {({ person, tenants }) => {
        if (tenants.length === 1) return <Navigate to={`/t/${tenants[0]!.code}`} replace />;
        if (!tenants.length) return <EmptyState title="您还没有加入任何单位" hint="请联系本单位的系统管理员。" />;
        return (
          <main className={styles.choose}>
            <div className={styles.card}>
              <h1>{person.name}，您好</h1>
              <p>您在 {tenants.length} 个单位任职，请选择现在要进入的单位。</p>
              {tenants.map((unit) => (
                <Link key={unit.code} className={styles.unit} to={`/t/${unit.code}`}>
                  <span className={styles.badge}>{label(levelText, unit.level, '').slice(0, 1)}</span>
                  <span>
                    <strong>{unit.name}</strong>
                    <small>{[label(kindText, unit.kind, ''), unit.title].filter(Boolean).join(' · ')}</small>
                  </span>
                </Link>
              ))}
            </div>
          </main>
        );
      }}
    </Loaded>
  );
}
