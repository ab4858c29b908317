import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { unfinishedDraft } from '@/features/reports/api/keptDraft';
import { useReports, useReportsTop, type ReportFilter } from '@/features/reports/api/lists';
import { useMay, useMe, useTenantCode } from '@/lib/tenant';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { NextIcon, PenIcon } from '../frame/icons';
import { Card, More, TabPage } from '../frame/Page';
import { Link } from '../frame/router';
import { IntakeLinks } from '../intake/Links';
import { Adoptions } from './Adoptions';
import styles from './home.module.css';
import { ReportCard } from './ReportCard';

const Asked = lazy(() => import('./Asked'));
const Shared = lazy(() => import('./Shared'));
const BoardCard = lazy(() => import('./BoardCard').then((part) => ({ default: part.BoardCard })));

/** What waits, the button to write, the figures, the person's own reports. */
export function HomePage() {
  const me = useMe();
  const writes = useMay('report:write');
  const reviews = useMay('review:act');
  const reads = useMay('board:unit');
  return (
    <TabPage title={me.tenant.short_name || me.tenant.name} aside={<span className={styles.person}>{me.person.name}</span>}>
      {reviews && <Waiting />}
      <Suspense><Asked>{(count) => <Counted path="consultations" title="请我核实和会商" count={`${count}`} unit="件" some />}</Asked></Suspense>
      {writes && (
        <>
          <Link to={`/t/${me.tenant.code}/reports/new`} className={styles.write}><PenIcon />写信息</Link>
          <Unfinished />
          <Adoptions />
        </>
      )}
      <IntakeLinks />
      {reads && <Suspense><BoardCard /></Suspense>}
      {writes && <Mine />}
      {writes && <Suspense><Shared /></Suspense>}
      {!writes && !reviews && !reads && (
        <EmptyState title="手机上没有需要您办理的事" hint="管理工作请在电脑上打开本系统办理；有消息时会在“消息”里提醒您。" />
      )}
    </TabPage>
  );
}

/** How many reports wait for this person's word. */
function Waiting() {
  const waiting = useReportsTop('review', 100);
  const items = waiting.data?.items ?? [];
  if (!waiting.data) return null;
  return <Counted path="review" title="待我审签" count={waiting.data.next ? `${items.length}+` : `${items.length}`} unit="篇" some={items.length > 0} />;
}

/** A line that leads to what waits. */
function Counted({ path, title, count, unit, some }: { path: string; title: string; count: string; unit: string; some: boolean }) {
  return (
    <Link to={`/t/${useTenantCode()}/${path}`} className={`${styles.waiting} ${some ? styles.some : ''}`}>
      <span>{title}</span>
      <span><b>{count}</b> {unit} <NextIcon /></span>
    </Link>
  );
}

/** A new report that is only on this phone yet. */
function Unfinished() {
  const me = useMe();
  const owner = { tenant: me.tenant.code, person: me.person.id };
  const draft = useQuery({ queryKey: ['', 'unfinished', owner.tenant, owner.person], queryFn: () => unfinishedDraft(owner), staleTime: 0, gcTime: 0, networkMode: 'always' });
  if (!draft.data) return null;
  return (
    <Link to={`/t/${me.tenant.code}/reports/new`} className={styles.unfinished}>
      <span>继续写：{draft.data.title || '未填标题的草稿'}<small>只存在本机，尚未提交</small></span>
      <NextIcon />
    </Link>
  );
}

const filters: { name: string; filter: ReportFilter; empty: string }[] = [
  { name: '全部', filter: {}, empty: '您还没有写过信息' },
  { name: '草稿', filter: { state: 'draft' }, empty: '没有草稿' },
  { name: '退回', filter: { state: 'returned' }, empty: '没有退回修改的信息' },
  { name: '已采用', filter: { measure: 'tree_reports' }, empty: '还没有被采用的信息' },
];

function Mine() {
  const [chosen, choose] = useState(filters[0]!);
  const list = useReports('mine', chosen.filter);
  return (
    <Card title="我的信息">
      <div className={styles.filters} role="group" aria-label="筛选我的信息">
        {filters.map((one) => (
          <button key={one.name} type="button" aria-pressed={one === chosen} onClick={() => choose(one)}>{one.name}</button>
        ))}
      </div>
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (!items.length) return <EmptyState title={chosen.empty} hint="一事一报：写清一个问题、原因和建议。" />;
          return (
            <>
              <ul className={styles.list}>{items.map((report) => <li key={report.id}><ReportCard report={report} author /></li>)}</ul>
              <More query={list} />
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}
