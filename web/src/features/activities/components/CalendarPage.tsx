import { Button, Segmented, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import { dateText, time } from '@/lib/format';
import { useMay } from '@/lib/tenant';
import { activityKindText, label } from '@/lib/texts';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { monthAfter, useActivities, type Activity } from '../api/activities';
import { ActivityDetail } from './ActivityDetail';
import styles from './activities.module.css';

const ActivityDialog = lazy(() => import('./ActivityDialog'));

/** What the unit does beside the desk, and what units above arranged: month by month. */
export default function CalendarPage() {
  const [params, setParams] = useSearchParams();
  const [month, setMonth] = useState(dateText(new Date()).slice(0, 7));
  const [view, setView] = useState('month');
  const [kind, setKind] = useState<string>();
  const [adding, setAdding] = useState(false);
  const mayWrite = useMay('activity:write');
  const activities = useActivities(month, monthAfter(month, view === 'month' ? 1 : 6), kind);
  const shown = params.get('id') ?? '';
  const open = (id: string) => setParams({ id }, { replace: true });
  return (
    <>
      <PageHead title="履职活动" hint="调研、协商、监督、服务、走访；上级安排的活动也在这里，线索随活动收集">
        <Segmented<string> value={view} onChange={setView} options={[{ value: 'month', label: '月历' }, { value: 'list', label: '列表' }]} />
        {mayWrite && <Button type="primary" onClick={() => setAdding(true)}>安排活动</Button>}
      </PageHead>
      <div className={styles.layout}>
        <Panel flush>
          <div className={styles.bar}>
            <Button aria-label="上个月" onClick={() => setMonth(monthAfter(month, -1))}>‹</Button>
            <b aria-live="polite">{month.slice(0, 4)}年{Number(month.slice(5))}月{view === 'list' && '起'}</b>
            <Button aria-label="下个月" onClick={() => setMonth(monthAfter(month, 1))}>›</Button>
            <Button onClick={() => setMonth(dateText(new Date()).slice(0, 7))}>本月</Button>
            <Select allowClear aria-label="种类" placeholder="全部种类" style={{ width: 120 }} value={kind} onChange={setKind} options={Object.entries(activityKindText).map(([value, text]) => ({ value, label: text }))} />
          </div>
          <Loaded query={activities}>
            {(items) => (view === 'month'
              ? <Month month={month} items={items} onOpen={open} />
              : <List items={items} shown={shown} onOpen={open} />)}
          </Loaded>
        </Panel>
        {shown ? <ActivityDetail key={shown} id={shown} /> : <Panel><EmptyState title="请选择一项活动" hint="红色是上级单位安排的活动。" /></Panel>}
      </div>
      <Suspense>{adding && <ActivityDialog onClose={(id) => { setAdding(false); if (id) open(id); }} />}</Suspense>
    </>
  );
}

const look = (one: Activity) => `${styles.entry} ${one.from ? styles.above : ''} ${one.state === 'cancelled' ? styles.off : ''}`;

/** The weeks of a month, each from Monday; an empty string is a day of another month. */
function weeks(month: string): string[][] {
  const first = new Date(`${month}-01T00:00:00Z`);
  const next = new Date(`${monthAfter(month, 1)}-01T00:00:00Z`);
  const days: string[] = Array.from({ length: (first.getUTCDay() + 6) % 7 }, () => '');
  for (let day = first; day < next; day = new Date(day.getTime() + 86_400_000)) days.push(day.toISOString().slice(0, 10));
  while (days.length % 7) days.push('');
  return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
}

function Month({ month, items, onOpen }: { month: string; items: Activity[]; onOpen: (id: string) => void }) {
  const today = dateText(new Date());
  const on = (day: string) => items.filter((one) => dateText(one.starts_at) <= day && dateText(one.ends_at) >= day);
  return (
    <table className={styles.month}>
      <caption className="sd-visually-hidden">{month} 的活动</caption>
      <thead><tr>{['一', '二', '三', '四', '五', '六', '日'].map((day) => <th key={day} scope="col">{day}</th>)}</tr></thead>
      <tbody>
        {weeks(month).map((week, index) => (
          <tr key={index}>
            {week.map((day, at) => (
              <td key={day || `none-${at}`} className={day === today ? styles.today : undefined}>
                {day && <span>{Number(day.slice(8))}</span>}
                {day && on(day).map((one) => (
                  <button key={one.id} type="button" className={look(one)} title={one.title} onClick={() => onOpen(one.id)}>{one.mine && '● '}{one.title}</button>
                ))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function List({ items, shown, onOpen }: { items: Activity[]; shown: string; onOpen: (id: string) => void }) {
  if (!items.length) return <EmptyState title="这半年没有活动" />;
  return items.map((one) => (
    <button key={one.id} type="button" data-row={one.id} className={`${styles.row} ${one.id === shown ? styles.current : ''}`} onClick={() => onOpen(one.id)}>
      <span className={styles.line}>
        <b>{one.title}</b>
        {one.state === 'cancelled' && <StatusTag>已取消</StatusTag>}
        {one.mine && <StatusTag tone="warn">有我的任务</StatusTag>}
        {one.clues > 0 && <StatusTag tone="ok">线索 {one.clues}</StatusTag>}
      </span>
      <small>{[label(activityKindText, one.kind), time(one.starts_at), one.place, one.from?.name].filter(Boolean).join(' · ')}</small>
    </button>
  ));
}
