import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useMay, useMe } from '@/lib/tenant';
import { useShortcuts } from '@/lib/shortcuts';
import { ChunkBoundary } from '@/ui/plain/ChunkBoundary';
import { Header } from './Header';
import { Sider } from './Sider';
import styles from './shell.module.css';

const KeysDialog = lazy(() => import('./KeysDialog'));

interface Props {
  large: boolean;
  onLarge: (on: boolean) => void;
  children: ReactNode;
}

/** Header, side menu, and the page between them. */
export function Frame({ large, onLarge, children }: Props) {
  const me = useMe();
  const navigate = useNavigate();
  const location = useLocation();
  const mayWrite = useMay('report:write');
  const [keys, setKeys] = useState(false);
  const root = `/t/${me.tenant.code}`;
  useShortcuts({
    n: () => mayWrite && navigate(`${root}/reports/new`),
    '?': () => setKeys(true),
    '/': () => {
      const search = document.querySelector<HTMLInputElement>('[data-search] input, input[data-search]');
      if (search) search.focus();
      else navigate(`${root}/search`);
    },
  });
  return (
    <div className={styles.frame}>
      <Header large={large} onLarge={onLarge} onKeys={() => setKeys(true)} />
      <Sider />
      <main className={styles.main} id="main">
        <ChunkBoundary key={location.pathname}>{children}</ChunkBoundary>
      </main>
      {keys && <Suspense><KeysDialog open onClose={() => setKeys(false)} /></Suspense>}
    </div>
  );
}
