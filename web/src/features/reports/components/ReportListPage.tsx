import { App, Button, Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useAnswerClocks } from '@/features/forwardings/api/received';
import { useBadges } from '@/features/similarity/api/similarity';
import { sentence } from '@/lib/errors';
import { useMay, useMe } from '@/lib/tenant';
import { boxText } from '@/lib/texts';
import type { Box } from '@/lib/types';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { useReportStep } from '../api/actions';
import { useReports, type ReportFilter } from '../api/lists';
import { ListChips } from './ListChips';
import { ListFilters } from './ListFilters';
import { ReportRow } from './ReportRow';
import { TickBar, TICKS } from './TickBar';
import { useListKeys } from './useListKeys';
import styles from './list.module.css';

const ExportListDialog = lazy(() => import('./ExportListDialog'));
const QuickLook = lazy(() => import('./QuickLook'));

const names = ['q', 'state', 'category', 'adopted_level', 'adopted_form', 'measure', 'from', 'to', 'sender', 'until', 'order'] as const;

const hints: Record<Box, string> = {
  mine: '我撰写的全部信息，以及它们走到了哪里', inbox: '成员提交和下级报送、等待受理的来稿', desk: '已受理、正在编辑或退回修改的稿件',
  shared: '我列为合作作者或代他人录入的信息', review: '轮到我审核或签发的稿件', ready: '已签发，还没有采用或报送的稿件', signed: '已签发，可以采用、报送上级的稿件', all: '本单位经手的全部稿件',
};
const empty: Record<Box, [string, string]> = {
  mine: ['还没有撰写过信息', '一事一报：一个真实问题、它的原因、具体可行的建议。'],
  inbox: ['没有待受理的来稿', '新的来稿会自动出现在这里，不用刷新。'],
  desk: ['没有在办稿件', '受理来稿后，稿件会到这里编辑、送审。'],
  review: ['没有待您审签的稿件', '轮到您时会有消息提醒。'],
  ready: ['没有待办理的已签发稿件', '已签发的稿件都已采用或报送。'],
  signed: ['还没有已签发的稿件', '审签流程走完最后一步，稿件即为签发。'],
  shared: ['还没有合作的稿件', '别人把您列为合作作者，或您代他人录入的信息会出现在这里。'],
  all: ['还没有稿件', '成员提交或下级报送后会出现在这里。'],
};

/** The filter as it stands in the address. */
function useFilter(): [ReportFilter, (filter: ReportFilter) => void] {
  const [params, setParams] = useSearchParams();
  const filter: ReportFilter = {};
  for (const name of names) filter[name] = params.get(name) ?? undefined;
  const change = (next: ReportFilter) =>
    setParams(Object.fromEntries(Object.entries(next).filter((pair): pair is [string, string] => Boolean(pair[1]))), { replace: true });
  return [filter, change];
}

/** A box of reports: search, keys, quick look, taking up, ticking for a combination. */
export default function ReportListPage({ box }: { box: Box }) {
  const { tenant } = useMe();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [filter, setFilter] = useFilter();
  const [looking, setLooking] = useState(false);
  const [ticked, setTicked] = useState<string[]>([]);
  const mayCombine = useMay('report:combine');
  const mayExport = useMay('document:export');
  const [exporting, setExporting] = useState(false);
  const mayTick = box === 'inbox' || ((box === 'desk' || box === 'signed' || box === 'ready') && mayCombine);
  const reports = useReports(box, filter);
  const step = useReportStep();
  const root = `/t/${tenant.code}`;
  const open = (id: string) => navigate(`${root}/reports/${id}`);
  const items = reports.data?.pages.flatMap((page) => page.items) ?? [];
  const badges = useBadges(items.map((item) => item.id));
  const clocks = useAnswerClocks();
  const takeUp = (id: string) => {
    const item = items.find((one) => one.id === id);
    if (item && item.can && !item.can.includes('take_up')) return;
    step.mutate({ id, step: 'take-up' }, {
      onSuccess: () => message.success('已受理，来稿人已收到通知'),
      onError: (error) => message.error(sentence(error)),
    });
  };
  const { current, setCurrent } = useListKeys({
    ids: items.map((item) => item.id),
    onOpen: open,
    onLook: () => setLooking(!looking),
    onTakeUp: box === 'inbox' ? takeUp : undefined,
  });
  const tick = (id: string, on: boolean) =>
    setTicked(on ? [...ticked, id].slice(0, TICKS) : ticked.filter((one) => one !== id));
  const [title, hint] = empty[box];
  const narrowed = Object.entries(filter).some(([name, value]) => name !== 'order' && value);
  return (
    <>
      <PageHead title={boxText[box]} hint={filter.measure ? '看板上这个数字所指的稿件；清除条件可看全部' : hints[box]}>
        {(box === 'inbox' || box === 'desk') && (
          <Segmented<string>
            aria-label="排列"
            value={filter.order ?? ''}
            onChange={(order) => setFilter({ ...filter, order: order || undefined, until: undefined })}
            options={[{ label: '按时间', value: '' }, { label: '按优先级', value: 'priority' }]}
          />
        )}
        {box === 'inbox' && <Button onClick={() => navigate(`${root}/screen`)}>逐篇初筛</Button>}
        {mayExport && <Button onClick={() => setExporting(true)}>导出</Button>}
        {box === 'mine' && <Button type="primary" onClick={() => navigate(`${root}/reports/new`)}>撰写信息</Button>}
      </PageHead>
      <div className={`${styles.split} ${looking && current ? styles.withLook : ''}`}>
        <Panel flush>
          <ListFilters box={box} filter={filter} onChange={setFilter} />
          {(filter.measure || filter.sender) && (
            <ListChips filter={filter} items={reports.isPlaceholderData || !reports.data ? undefined : items} more={reports.hasNextPage} onChange={setFilter} />
          )}
          <Loaded query={reports}>
            {() => (items.length === 0
              ? <EmptyState title={narrowed ? '没有符合条件的稿件' : title} hint={narrowed ? '可以放宽或清除条件再看。' : hint} />
              : (
                <ul aria-label={boxText[box]}>
                  {items.map((item) => (
                    <ReportRow
                      key={item.id}
                      report={item}
                      to={`${root}/reports/${item.id}`}
                      root={root}
                      similar={badges.get(item.id)}
                      due={clocks.data?.get(item.id)}
                      author={box === 'mine' || box === 'shared'}
                      current={item.id === current}
                      onPick={() => { setCurrent(item.id); setLooking(true); }}
                      ticked={ticked.includes(item.id)}
                      onTick={mayTick ? (on) => tick(item.id, on) : undefined}
                    />
                  ))}
                </ul>
              ))}
          </Loaded>
          {reports.hasNextPage && (
            <div className={styles.more}>
              <Button loading={reports.isFetchingNextPage} onClick={() => void reports.fetchNextPage()}>加载更多</Button>
            </div>
          )}
        </Panel>
        {looking && current && (
          <Suspense><QuickLook key={current} id={current} onTakeUp={takeUp} onClose={() => setLooking(false)} /></Suspense>
        )}
      </div>
      {items.length > 0 && <p className={styles.foot}>J / K 上下移动，空格速览，Enter 打开{box === 'inbox' ? '，T 受理' : ''}</p>}
      {exporting && <Suspense><ExportListDialog box={box} filter={filter} onClose={() => setExporting(false)} /></Suspense>}
      <TickBar ids={ticked} waiting={box === 'inbox'} onClear={() => setTicked([])} />
    </>
  );
}
