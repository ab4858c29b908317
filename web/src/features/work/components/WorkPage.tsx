import { lazy, Suspense } from 'react';
import { useNavigate } from 'react-router';
import { WaitingPanel } from '@/features/consultations/components/WaitingPanel';
import { useReportsTop } from '@/features/reports/api/lists';
import { useListKeys } from '@/features/reports/components/useListKeys';
import { useMay, useMe } from '@/lib/tenant';
import { boxText } from '@/lib/texts';
import type { Box, Report } from '@/lib/types';
import { PageHead } from '@/ui/Page';
import { EmptyState } from '@/ui/plain/states';
import { Lane, type LaneSpec } from './Lane';
import { MyReports, RecentNotices } from './Recent';
import styles from './work.module.css';

const OffersPanel = lazy(() => import('@/features/reports/components/OffersPanel'));

const LOOK = 50;

/** A signed report that this unit has not sent anywhere yet. */
const unsent = (report: Report, tenant: string) =>
  !report.outcomes?.some((outcome) => outcome.kind === 'forwarded' && outcome.tenant === tenant);

function useLane(spec: LaneSpec & { box: Box }, shown: boolean, keep?: (report: Report) => boolean) {
  const query = useReportsTop(spec.box, LOOK, shown);
  const all = query.data?.items ?? [];
  return { ...spec, query, shown, items: keep ? all.filter(keep) : all, more: Boolean(query.data?.next) };
}

function greeting(now: Date): string {
  const hour = (now.getUTCHours() + 8) % 24;
  if (hour < 11) return '早上好';
  if (hour < 13) return '中午好';
  return hour < 18 ? '下午好' : '晚上好';
}

function summary(lanes: { title: string; items: unknown[] }[]): string {
  const busy = lanes.filter((lane) => lane.items.length);
  if (!busy.length) return '没有待办。';
  return busy.map((lane) => `${lane.title} ${lane.items.length} 篇`).join('，');
}

/** 工作台: what waits for this person, lane by lane, and what has come back. */
export default function WorkPage() {
  const me = useMe();
  const navigate = useNavigate();
  const screens = useMay('report:screen');
  const acts = useMay('review:act');
  const sends = useMay('report:forward');
  const writes = useMay('report:write');
  const hears = useMay('notice:read');
  const lanes = [
    useLane({ title: '待受理', box: 'inbox', path: 'inbox', none: '没有待受理的来稿。' }, screens),
    useLane({ title: '待编辑', box: 'desk', path: 'desk', none: '没有在办稿件。' }, screens),
    useLane({ title: boxText.review, box: 'review', path: 'review', none: '没有轮到您审签的稿件。' }, acts),
    useLane(
      { title: '已签发待办理', box: 'ready', path: 'ready', none: '已签发的稿件都已采用或报送。' },
      sends,
      (report) => unsent(report, me.tenant.code),
    ),
  ].filter((lane) => lane.shown);
  const ids = lanes.flatMap((lane) => lane.items.slice(0, 5).map((item) => item.id));
  const { current } = useListKeys({ ids: [...new Set(ids)], onOpen: (id) => navigate(`/t/${me.tenant.code}/reports/${id}`) });
  return (
    <>
      <PageHead title={`${me.person.name}，${greeting(new Date())}`} hint={lanes.length ? summary(lanes) : me.tenant.name} />
      {writes && <Suspense><OffersPanel /></Suspense>}
      {lanes.length > 0 && <div className={styles.lanes}>{lanes.map((lane) => <Lane key={lane.title} {...lane} current={current} />)}</div>}
      <WaitingPanel />
      {(writes || hears) && (
        <div className={styles.grid}>
          {writes && <MyReports />}
          {hears && <RecentNotices />}
        </div>
      )}
      {!lanes.length && !writes && !hears && <EmptyState title="请从左侧菜单进入" hint="您的岗位没有稿件办理事项。" />}
    </>
  );
}
