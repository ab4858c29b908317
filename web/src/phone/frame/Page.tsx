import { useEffect, type ReactNode } from 'react';
import { useMay, useMe } from '@/lib/tenant';
import styles from './frame.module.css';
import { BackIcon, BellIcon, HomeIcon, PersonIcon, SealIcon } from './icons';
import { back, heard, Link, usePlace } from './router';

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
  const { tenant } = useMe();
  useTitle(title);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <button type="button" className={styles.back} onClick={() => back(`/t/${tenant.code}`)} aria-label="返回"><BackIcon /></button>
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
  useTitle(title);
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

function useTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · 上达`;
  }, [title]);
}

/** Long enough to be read by everybody. */
const FLASH = 10_000;

/** What the page before has to say, once. */
function Flash() {
  const { flash } = usePlace();
  useEffect(() => {
    if (!flash) return;
    const timer = setTimeout(heard, FLASH);
    return () => clearTimeout(timer);
  }, [flash]);
  return <div role="status">{flash && <p className={styles.flash}>{flash}</p>}</div>;
}

function Tabs() {
  const me = useMe();
  const reviews = useMay('review:act');
  const root = `/t/${me.tenant.code}`;
  return (
    <nav className={styles.tabs} aria-label="主要页面">
      <Tab to={root}><HomeIcon />首页</Tab>
      {reviews && <Tab to={`${root}/review`}><SealIcon />审签</Tab>}
      <Tab to={`${root}/notices`} name={me.unread ? `消息，${me.unread} 条未读` : '消息'}>
        <span className={styles.bell}>
          <BellIcon />
          {me.unread > 0 && <b>{me.unread > 99 ? '99+' : me.unread}</b>}
        </span>
        消息
      </Tab>
      <Tab to={`${root}/mine`}><PersonIcon />我的</Tab>
    </nav>
  );
}

function Tab({ to, name, children }: { to: string; name?: string; children: ReactNode }) {
  const open = usePlace().path === to;
  return <Link to={to} className={`${styles.tab} ${open ? styles.here : ''}`} aria-current={open ? 'page' : undefined} aria-label={name}>{children}</Link>;
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
