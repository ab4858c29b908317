import { monthAfter, useActivities, useActivity, useActivityStep, type Activity } from '@/features/activities/api/activities';
import { sentence } from '@/lib/errors';
import { dateText, time } from '@/lib/format';
import { useMay, useTenantCode } from '@/lib/tenant';
import { activityKindText, label } from '@/lib/texts';
import { Button } from '@/ui/plain/Button';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { Card, Page } from '../frame/Page';
import { go, Link } from '../frame/router';
import styles from './intake.module.css';

/** The activities of this month and the five after it, the unit's own and those from above. */
export function CalendarPage() {
  const tenant = useTenantCode();
  const month = dateText(new Date()).slice(0, 7);
  const activities = useActivities(month, monthAfter(month, 6));
  return (
    <Page title="履职活动">
      <Loaded query={activities}>
        {(items) => (items.length === 0
          ? <EmptyState title="近期没有活动" />
          : (
            <Card>
              <ul className={styles.list}>
                {items.map((one) => <li key={one.id}><Link to={`/t/${tenant}/calendar/${one.id}`} className={styles.item}><Summary activity={one} /></Link></li>)}
              </ul>
            </Card>
          ))}
      </Loaded>
    </Page>
  );
}

function Summary({ activity }: { activity: Activity }) {
  return (
    <>
      <strong>{activity.title}</strong>
      <span className={styles.tags}>
        <StatusTag tone={activity.state === 'planned' ? 'run' : 'quiet'}>{activity.state === 'planned' ? label(activityKindText, activity.kind) : '已取消'}</StatusTag>
        {activity.mine && <StatusTag tone="warn">有我的任务</StatusTag>}
      </span>
      <span className={styles.meta}>{[time(activity.starts_at), activity.place, activity.from?.name].filter(Boolean).join(' · ')}</span>
    </>
  );
}

/** One activity: what it asks of this person, and the button to leave a clue. */
export function ActivityPage({ id }: { id: string }) {
  const tenant = useTenantCode();
  const activity = useActivity(id);
  const may = useMay('clue:write');
  const open = activity.data?.state === 'planned';
  return (
    <Page title="活动" actions={may && open && <Button main onClick={() => go(`/t/${tenant}/clues/new?activity=${id}`)}>登记线索</Button>}>
      <Loaded query={activity}>
        {(data) => (
          <Card>
            <div className={styles.item}><Summary activity={data} /></div>
            {data.reason && <p>取消原因：{data.reason}</p>}
            {data.body && <p className={styles.body}>{data.body}</p>}
            <Tasks activity={data} />
          </Card>
        )}
      </Loaded>
    </Page>
  );
}

function Tasks({ activity }: { activity: Activity }) {
  const step = useActivityStep();
  const mine = (activity.tasks ?? []).filter((task) => task.mine);
  return (
    <>
      {mine.map((task) => (
        <div key={task.id} className={styles.task}>
          <span>{task.text}<br /><span className={styles.meta}>{task.due_on} 前{task.overdue && '，已逾期'}</span></span>
          {task.state === 'done' ? <StatusTag tone="ok">已完成</StatusTag> : <Button disabled={step.isPending} onClick={() => step.mutate({ id: activity.id, step: `tasks/${task.id}/done` })}>完成</Button>}
        </div>
      ))}
      {step.error && <p className={styles.fault} role="alert">{sentence(step.error)}</p>}
    </>
  );
}
