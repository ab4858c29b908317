import type { ReactNode } from 'react';
import { Link, NavLink, useLocation, useNavigate } from 'react-router';
import { useMay, useMe } from '@/lib/tenant';
import styles from './frame.module.css';
import { BackIcon, BellIcon, HomeIcon, PersonIcon, SealIcon } from './icons';

interface Props {
  title: string;
  /** Beside the title: a state, a small action. */
  aside?: ReactNode;
  /** What can be done here, at the bottom within reach of the thumb. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A page one came to from another: back on top, its actions at the bottom. */
export function Page({ title, aside, actions, children }: Props) {
  const navigate = useNavigate();
  const { key } = useLocation();
  const { tenant } = useMe();
  // The first page of a visit has nothing behind it.
  const back = () => (key === 'default' ? navigate(`/t/${tenant.code}`, { replace: true }) : navigate(-1));
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <button type="button" className={styles.back} onClick={back} aria-label="返回"><BackIcon /></button>
        <h1>{title}</h1>
        <span className={styles.aside}>{aside}</span>
      </header>
      <main className={`${styles.main} ${actions ? styles.withActions : ''}`}>
        <Flash />
        {children}
      </main>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** One of the pages of the bar at the bottom. */
export function TabPage({ title, aside, children }: Omit<Props, 'actions'>) {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1 className={styles.first}>{title}</h1>
        <span className={styles.aside}>{aside}</span>
      </header>
      <main className={`${styles.main} ${styles.withTabs}`}>
        <Flash />
        {children}
      </main>
      <Tabs />
    </div>
  );
}

/** What the page before has to say, once: it goes with the next move. */
function Flash() {
  const { state } = useLocation();
  const text: unknown = (state as { flash?: unknown } | null)?.flash;
  return <div role="status">{typeof text === 'string' && <p className={styles.flash}>{text}</p>}</div>;
}

function Tabs() {
  const me = useMe();
  const reviews = useMay('review:act');
  const root = `/t/${me.tenant.code}`;
  const look = ({ isActive }: { isActive: boolean }) => `${styles.tab} ${isActive ? styles.here : ''}`;
  return (
    <nav className={styles.tabs} aria-label="主要页面">
      <NavLink to={root} end className={look}><HomeIcon />首页</NavLink>
      {reviews && <NavLink to={`${root}/review`} className={look}><SealIcon />审签</NavLink>}
      <NavLink to={`${root}/notices`} className={look} aria-label={me.unread ? `消息，${me.unread} 条未读` : '消息'}>
        <span className={styles.bell}>
          <BellIcon />
          {me.unread > 0 && <b>{me.unread > 99 ? '99+' : me.unread}</b>}
        </span>
        消息
      </NavLink>
      <NavLink to={`${root}/mine`} className={look}><PersonIcon />我的</NavLink>
    </nav>
  );
}

/** A white block of a page. */
export function Card({ title, aside, children }: { title?: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.card} aria-label={title}>
      {title && <div className={styles.cardHead}><h2>{title}</h2>{aside}</div>}
      {children}
    </section>
  );
}

/** Small type of the shared parts, brought up to the size of the phone. */
export function Even({ children }: { children: ReactNode }) {
  return <div className={styles.even}>{children}</div>;
}

/** A link that looks like the main button. */
export function MainLink({ to, children }: { to: string; children: ReactNode }) {
  return <Link to={to} className={styles.mainLink}>{children}</Link>;
}

/** A list with a button for what follows. */
export function More({ query }: { query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown } }) {
  if (!query.hasNextPage) return null;
  return (
    <button type="button" className={styles.more} disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
      {query.isFetchingNextPage ? '正在加载…' : '查看更多'}
    </button>
  );
}
