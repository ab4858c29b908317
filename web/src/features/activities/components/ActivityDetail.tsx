import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { sentence } from '@/lib/errors';
import { time } from '@/lib/format';
import { useMay, useMe } from '@/lib/tenant';
import { activityKindText, forwardingText, label } from '@/lib/texts';
import { Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useActivity, useActivityStep, type Activity, type ActivityTask } from '../api/activities';
import styles from './activities.module.css';

const ActivityDialog = lazy(() => import('./ActivityDialog'));
const ActivityDialogs = lazy(() => import('./ActivityDialogs'));
const EntryDialog = lazy(() => import('@/features/clues/components/EntryDialog'));

/** One activity: what it is, its tasks, where it was sent, and what came of it. */
export function ActivityDetail({ id }: { id: string }) {
  const activity = useActivity(id);
  return <Loaded query={activity}>{(data) => <Content activity={data} />}</Loaded>;
}

function Content({ activity }: { activity: Activity }) {
  const { tenant } = useMe();
  const [dialog, setDialog] = useState<string>();
  const mayClue = useMay('clue:write');
  const can = (what: string) => activity.can.some((one) => one === what);
  const close = () => setDialog(undefined);
  const when = activity.starts_at === activity.ends_at ? time(activity.starts_at) : `${time(activity.starts_at)} 至 ${time(activity.ends_at)}`;
  return (
    <Panel title={activity.title} extra={<StatusTag tone={activity.state === 'planned' ? 'run' : 'quiet'}>{activity.state === 'planned' ? label(activityKindText, activity.kind) : '已取消'}</StatusTag>}>
      <p className={styles.meta}>{[when, activity.place].filter(Boolean).join(' · ')}</p>
      {activity.from && <p className={styles.meta}>由{activity.from.name}安排</p>}
      {activity.reason && <p>取消原因：{activity.reason}</p>}
      {activity.body && <p className={styles.body}>{activity.body}</p>}
      <p>收集线索 <Link to={`/t/${tenant.code}/clues?activity=${activity.id}`}><b>{activity.clues}</b> 条</Link>，形成信息 {activity.reports} 篇</p>
      <Tasks activity={activity} />
      {activity.sendings && activity.sendings.length > 0 && (
        <section className={styles.part} aria-label="下发情况">
          <h3>下发情况</h3>
          {activity.sendings.map((one) => <p key={one.tenant}>{one.name} <StatusTag tone={one.state === 'delivered' ? 'ok' : one.state === 'failed' ? 'risk' : 'run'}>{label(forwardingText, one.state)}</StatusTag>{one.problem && <small> {one.problem}</small>}</p>)}
        </section>
      )}
      <div className={styles.actions}>
        {mayClue && activity.state === 'planned' && <Button type="primary" onClick={() => setDialog('clue')}>登记线索</Button>}
        {can('task') && <Button onClick={() => setDialog('task')}>布置收集任务</Button>}
        {can('send') && <Button onClick={() => setDialog('send')}>下发</Button>}
        {can('edit') && <Button onClick={() => setDialog('edit')}>修改</Button>}
        {can('cancel') && <Button onClick={() => setDialog('cancel')}>取消活动</Button>}
      </div>
      <Suspense>
        {dialog === 'clue' && <EntryDialog start={{ source_kind: 'activity', activity_id: activity.id, occasion: activity.title }} onClose={close} />}
        {dialog === 'edit' && <ActivityDialog activity={activity} onClose={close} />}
        <ActivityDialogs activity={activity} dialog={dialog} onClose={close} />
      </Suspense>
    </Panel>
  );
}

function Tasks({ activity }: { activity: Activity }) {
  const { message } = App.useApp();
  const step = useActivityStep();
  const mayWrite = useMay('activity:write');
  if (!activity.tasks?.length) return null;
  const finish = (task: ActivityTask) =>
    step.mutate({ id: activity.id, step: `tasks/${task.id}/done` }, { onSuccess: () => void message.success('任务已完成'), onError: (error) => void message.error(sentence(error)) });
  return (
    <section className={styles.part} aria-label="收集任务">
      <h3>收集任务</h3>
      {activity.tasks.map((task) => (
        <div key={task.id} className={styles.task}>
          <span>{task.text}<br /><small className={styles.meta}>{task.names.join('、')} · {task.due_on} 前{task.done_by && ` · ${task.done_by}完成`}</small></span>
          <StatusTag tone={task.state === 'done' ? 'ok' : task.overdue ? 'risk' : 'run'}>{task.state === 'done' ? '已完成' : task.overdue ? '已逾期' : '进行中'}</StatusTag>
          {task.state === 'open' && (task.mine || mayWrite) && <Button size="small" disabled={step.isPending} onClick={() => finish(task)}>完成</Button>}
        </div>
      ))}
    </section>
  );
}
