import { useState } from 'react';
import { useReport } from '@/features/reports/api/report';
import { useReviews, type Decision } from '@/features/reviews/api/reviews';
import { missing, yesText } from '@/features/reviews/api/runs';
import { time } from '@/lib/format';
import { useTenantCode } from '@/lib/tenant';
import { checkText, classText, label, partText, signModeText, stepText, taskText, urgencyText } from '@/lib/texts';
import type { Report, ReportText as Text, Review } from '@/lib/types';
import { Button } from '@/ui/plain/Button';
import { DiffText } from '@/ui/plain/DiffView';
import { ReportText } from '@/ui/plain/ReportText';
import { Loaded } from '@/ui/plain/states';
import { Card, MainLink, Page } from '../frame/Page';
import { go } from '../frame/router';
import { Files } from '../report/Files';
import { DecisionSheet } from './DecisionSheet';
import { EditText } from './EditText';
import { hasMore, MoreSheet } from './MoreSheet';
import styles from './review.module.css';

/** A report to be read in peace, and the few words about it. */
export function ReadingPage({ id }: { id: string }) {
  const report = useReport(id);
  const reviews = useReviews(id);
  if (!report.data) return <Page title="审签"><Loaded query={report}>{() => null}</Loaded></Page>;
  if (!reviews.data) return <Page title="审签"><Loaded query={reviews}>{() => null}</Loaded></Page>;
  return <Reading report={report.data} review={reviews.data.find((one) => one.turn)} all={reviews.data} />;
}

const parts = ['title', 'problem', 'cause', 'advice'] as const;

function Reading({ report, review, all }: { report: Report; review?: Review; all: Review[] }) {
  const tenant = useTenantCode();
  const [act, setAct] = useState<Decision['act'] | 'more'>();
  const [text, setText] = useState<Text>();
  const latest = review ?? all[all.length - 1];
  const decided = (flash: string) => go(`/t/${tenant}/review`, { replace: true, flash });
  const close = () => setAct(undefined);
  const edited = text && parts.some((part) => text[part] !== report[part]) ? { title: text.title, problem: text.problem, cause: text.cause, advice: text.advice } : undefined;
  return (
    <Page title="审签" actions={<Actions report={report.id} review={review} latest={latest} onAct={setAct} />}>
      {latest && missing(latest).length > 0 && <p className={styles.lacks} role="status">绿色通道签发，还缺 {missing(latest).length} 个签署</p>}
      <Card>
        {text && review?.turn ? <EditText text={text} locked={review.turn.locked} onChange={setText} /> : <ReportText text={report} />}
        {review?.turn && !review.turn.late && review.turn.locked.length < parts.length && (
          <button type="button" className={styles.pen} onClick={() => setText(text ? undefined : report)}>{text ? '不修改了' : '修改文稿'}</button>
        )}
        <Files files={report.attachments ?? []} />
        <p className={styles.facts}>
          {[report.origin?.name, report.author?.name, report.category, label(classText, report.class), label(urgencyText, report.urgency)].filter(Boolean).join(' · ')}
        </p>
      </Card>
      {latest && <LastChange review={latest} />}
      {latest && <Card title="审签经过"><Steps review={latest} /></Card>}
      {review && act && act !== 'more' && <DecisionSheet review={review} act={act} text={edited} received={Boolean(report.origin)} onDone={decided} onClose={close} />}
      {latest && act === 'more' && <MoreSheet review={latest} onDone={decided} onClose={close} />}
    </Page>
  );
}

interface ActionProps {
  report: string;
  review?: Review;
  latest?: Review;
  onAct: (act: Decision['act'] | 'more') => void;
}

function Actions({ report, review, latest, onAct }: ActionProps) {
  const tenant = useTenantCode();
  const more = latest && hasMore(latest) && <Button onClick={() => onAct('more')}>更多</Button>;
  if (!review) return <>{more}<MainLink to={`/t/${tenant}/reports/${report}`}>现在不需要您审签，查看详情</MainLink></>;
  return (
    <>
      {more}
      {review.can.includes('reject') && <Button onClick={() => onAct('reject')}>不同意</Button>}
      {review.can.includes('return') && <Button onClick={() => onAct('return')}>退回</Button>}
      <Button main onClick={() => onAct('approve')}>{yesText(review) === '审核同意' ? '同意' : yesText(review)}</Button>
    </>
  );
}

/** What the last step that changed the text changed. */
function LastChange({ review }: { review: Review }) {
  const act = review.acts.filter((one) => one.before && one.after).at(-1);
  if (!act?.before || !act.after) return null;
  const { before, after } = act;
  return (
    <Card title={`${act.by ?? ''}在“${act.step ?? ''}”的修改`}>
      {parts.filter((part) => before[part] !== after[part]).map((part) => (
        <p key={part} className={styles.change}><b>{partText[part]}</b><DiffText before={before[part]} after={after[part]} /></p>
      ))}
    </Card>
  );
}

/** Each step with its people and their opinions. */
function Steps({ review }: { review: Review }) {
  return (
    <ol className={styles.steps}>
      {review.steps.map((step) => (
        <li key={step.id} className={step.state === 'current' || step.state === 'late' ? styles.current : ''}>
          <div><b>{step.title}</b><span>{step.tasks.length > 1 && `${signModeText[step.mode]} `}{label(stepText, step.state)}</span></div>
          {step.tasks.map((task) => (
            <div key={task.id} className={styles.task}>
              <small>
                {task.by ? `${task.by}（代${task.name}）` : task.name} {taskText[task.state]}
                {task.deputy && `，${task.deputy}受托代办`}{task.overdue && '，已超时'} {time(task.at)}
              </small>
              {task.opinion && <p>{task.opinion}</p>}
              {task.ticks && task.ticks.length > 0 && <small>{task.ticks.map((tick) => `${checkText[tick.item]}${tick.ok ? '✓' : '✗'}`).join(' ')}</small>}
            </div>
          ))}
        </li>
      ))}
    </ol>
  );
}
