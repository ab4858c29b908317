import { NavLink } from 'react-router';
import { useReportsTop } from '@/features/reports/api/lists';
import { mayAny, useMe } from '@/lib/tenant';
import { menuFor } from './menu';
import styles from './shell.module.css';

const CAP = 100;

/** How many wait in a box; counted up to a hundred. */
function Waiting({ box }: { box: 'inbox' | 'review' }) {
  const found = useReportsTop(box, CAP);
  const size = found.data?.items.length ?? 0;
  if (!size) return null;
  return <span className={styles.count}>{found.data?.next ? '99+' : size}</span>;
}

function Counter({ path }: { path: string }) {
  const me = useMe();
  if (path === 'inbox' && mayAny(me, 'report:screen')) return <Waiting box="inbox" />;
  if (path === 'review' && mayAny(me, 'review:act')) return <Waiting box="review" />;
  if (path === 'notices' && me.unread > 0) return <span className={styles.count}>{me.unread > 99 ? '99+' : me.unread}</span>;
  return null;
}

/** The side menu. */
export function Sider() {
  const me = useMe();
  const root = `/t/${me.tenant.code}`;
  return (
    <nav className={styles.sider} aria-label="主菜单">
      {menuFor(me).map((group) => (
        <div key={group.text}>
          {group.text && <div className={styles.group}>{group.text}</div>}
          {group.entries.map((entry) => (
            <NavLink
              key={entry.path}
              to={entry.path ? `${root}/${entry.path}` : root}
              end={!entry.path}
              className={({ isActive }) => `${styles.link} ${isActive ? styles.active : ''}`}
            >
              {entry.text}
              <Counter path={entry.path} />
            </NavLink>
          ))}
        </div>
      ))}
    </nav>
  );
}
