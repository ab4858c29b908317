import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useListKeys } from '@/features/reports/components/useListKeys';
import { useShortcuts } from '@/lib/shortcuts';
import { useMay, useMe } from '@/lib/tenant';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { ledgerFile, useLedger, type LedgerFilter } from '../api/ledger';
import { BulkBar } from './BulkBar';
import { usual } from './columns';
import { LedgerFilters } from './LedgerFilters';
import { LedgerTable } from './LedgerTable';
import { ViewBar } from './ViewBar';
import styles from './ledger.module.css';

const QuickLook = lazy(() => import('@/features/reports/components/QuickLook'));
const AssignDialog = lazy(() => import('./AssignDialog'));
const ColumnDialog = lazy(() => import('./ColumnDialog'));

const words = ['state', 'category', 'q', 'lead', 'office', 'follow', 'from', 'to'] as const;
const flags = ['mine', 'overdue', 'open'] as const;

/** Filter and columns as they stand in the address, so that a view can be sent on as a link. */
function useAddress() {
  const [params, setParams] = useSearchParams();
  const filter: LedgerFilter = {};
  for (const name of words) filter[name] = params.get(name) ?? undefined;
  for (const name of flags) filter[name] = params.get(name) === '1' || undefined;
  const columns = params.get('columns')?.split(',') ?? usual;
  const go = (next: LedgerFilter, shown: string[]) => {
    const pairs = [...words.map((name) => [name, next[name]]), ...flags.map((name) => [name, next[name] && '1']), ['columns', String(shown) !== String(usual) && shown.join(',')]];
    setParams(Object.fromEntries(pairs.filter((pair): pair is [string, string] => Boolean(pair[1]))), { replace: true });
  };
  return { filter, columns, go };
}

/** 台账: a row a report, who answers for it, where it stands, what is overdue. */
export default function LedgerPage() {
  const { tenant } = useMe();
  const navigate = useNavigate();
  const root = `/t/${tenant.code}`;
  const { filter, columns, go } = useAddress();
  const ledger = useLedger(filter);
  const mayExport = useMay('document:export');
  const mayAssign = useMay('ledger:write');
  const [ticked, setTicked] = useState<string[]>([]);
  const [looking, setLooking] = useState(false);
  const [dialog, setDialog] = useState<'assign' | 'columns'>();
  const items = ledger.data?.pages.flatMap((page) => page.items) ?? [];
  const narrow = (next: LedgerFilter) => {
    setTicked([]);
    go(next, columns);
  };
  const tick = (id: string) => setTicked((all) => (all.includes(id) ? all.filter((one) => one !== id) : [...all, id]));
  const { current, setCurrent } = useListKeys({ ids: items.map((item) => item.id), onOpen: (id) => navigate(`${root}/reports/${id}`), onLook: () => setLooking(!looking) });
  useShortcuts({ x: () => current && tick(current) }, !dialog);
  const chosen = items.filter((item) => ticked.includes(item.id));
  const narrowed = Object.values(filter).some(Boolean);
  return (
    <>
      <PageHead title="台账" hint="每一篇由谁牵头、谁联系、谁跟踪，走到哪一步，是否逾期">
        <Button onClick={() => setDialog('columns')}>选择列</Button>
        {mayExport && <Button href={ledgerFile(tenant.code, filter, columns)} download>导出当前台账</Button>}
      </PageHead>
      <ViewBar filter={filter} columns={columns} onOpen={(view) => go(view.filter, view.columns.length ? view.columns : usual)} />
      <div className={looking && current ? styles.split : ''}>
        <Panel flush>
          <LedgerFilters filter={filter} onChange={narrow} />
          <Loaded query={ledger}>
            {() => (items.length === 0
              ? <EmptyState title={narrowed ? '没有符合条件的稿件' : '台账还是空的'} hint={narrowed ? '可以放宽或清除条件再看。' : '收到或提交的稿件会自动登记在这里。'} />
              : (
                <LedgerTable
                  rows={items} columns={columns} root={root} current={current} onPick={setCurrent}
                  ticked={ticked} onTick={tick} onTickAll={(on) => setTicked(on ? items.map((item) => item.id) : [])}
                />
              ))}
          </Loaded>
          {ledger.hasNextPage && (
            <div className={styles.more}><Button loading={ledger.isFetchingNextPage} onClick={() => void ledger.fetchNextPage()}>加载更多</Button></div>
          )}
        </Panel>
        {looking && current && <Suspense><QuickLook key={current} id={current} onTakeUp={() => undefined} onClose={() => setLooking(false)} /></Suspense>}
      </div>
      {items.length > 0 && <p className={styles.foot}>J / K 上下移动，空格速览，Enter 打开，X 勾选</p>}
      <BulkBar rows={chosen} mayAssign={mayAssign} onAssign={() => setDialog('assign')} onClear={() => setTicked([])} />
      <Suspense>
        {dialog === 'assign' && <AssignDialog rows={chosen} onClose={(done) => { setDialog(undefined); if (done) setTicked([]); }} />}
        {dialog === 'columns' && <ColumnDialog columns={columns} onClose={(next) => { setDialog(undefined); if (next) go(filter, next); }} />}
      </Suspense>
    </>
  );
}
