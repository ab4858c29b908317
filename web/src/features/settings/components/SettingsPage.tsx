import { Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { useMay } from '@/lib/tenant';
import { PageHead } from '@/ui/Page';
import { PageSkeleton } from '@/ui/plain/states';
import { first, panels } from './panels';
import styles from './settings.module.css';

/** What the unit sets for itself, part by part. */
export default function SettingsPage() {
  const [params, setParams] = useSearchParams();
  const mayWrite = useMay('setting:write');
  const { key, Panel } = panels.find((one) => one.key === params.get('part')) ?? first;
  return (
    <>
      <PageHead title="设置" hint={mayWrite ? '改动保存后立即对本单位生效' : '由系统管理员和研究室负责人修改'} />
      <div className={styles.page}>
        <nav className={styles.parts} aria-label="设置项">
          {panels.map((one) => (
            <button key={one.key} type="button" aria-current={one.key === key ? 'page' : undefined} onClick={() => setParams({ part: one.key }, { replace: true })}>
              {one.text}
            </button>
          ))}
        </nav>
        <div className={styles.part}><Suspense fallback={<PageSkeleton />}><Panel key={key} /></Suspense></div>
      </div>
    </>
  );
}
