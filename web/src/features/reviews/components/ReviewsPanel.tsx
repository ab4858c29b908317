import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { time } from '@/lib/format';
import { addresseeText, checkText, followText, label, reviewText, signModeText, stepText, taskText } from '@/lib/texts';
import type { Report, Review, ReviewStep } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { StatusTag, type Tone } from '@/ui/plain/StatusTag';
import { missing } from '../api/runs';
import styles from './reviews.module.css';
import { verbs, type VerbName } from './verbs';

const VerbDialog = lazy(() => import('./VerbDialog'));
const DecisionDialog = lazy(() => import('./DecisionDialog'));
const ActsList = lazy(() => import('./ActsList'));

const tones: Record<Review['state'], Tone> = { running: 'run', released: 'risk', signed: 'ok', returned: 'warn', withdrawn: 'quiet' };

/** The flows a report went through: each step with its people, opinions and times, and what may be done now. */
export function ReviewsPanel({ report, reviews }: { report: Report; reviews: Review[] }) {
  if (!reviews.length) return null;
  return (
    <Panel flush title="审签">
      {[...reviews].reverse().map((review, index) => <One key={review.id} report={report} review={review} latest={index === 0} />)}
    </Panel>
  );
}

function One({ report, review, latest }: { report: Report; review: Review; latest: boolean }) {
  const [signing, setSigning] = useState(false);
  const [verb, setVerb] = useState<VerbName>();
  const [history, setHistory] = useState(false);
  const lacks = missing(review);
  const able = verbs.filter((one) => review.can.includes(one.can));
  return (
    <div className={styles.review}>
      <div className={styles.reviewHead}>
        {review.chain_name}
        <StatusTag tone={tones[review.state] ?? 'quiet'}>{label(reviewText, review.state)}</StatusTag>
        {review.addressees.map((one) => <StatusTag key={one} bare>拟报{addresseeText[one]}</StatusTag>)}
        {review.state === 'signed' && review.then.length > 0 && <span className={styles.quiet}>接下来：{review.then.map((one) => followText[one]).join('、')}</span>}
      </div>
      {lacks.length > 0 && (
        <p className={styles.lacks} role="status">绿色通道签发，还缺 {lacks.length} 个签署：{lacks.map((step) => step.title).join('、')}</p>
      )}
      <ol className={styles.steps}>{review.steps.map((step) => <Step key={step.id} step={step} />)}</ol>
      {review.copies.length > 0 && (
        <p className={styles.copies}>
          抄送：{review.copies.map((copy) => `${copy.name}${copy.read_at ? `（${time(copy.read_at)} 已阅${copy.remark ? `：${copy.remark}` : ''}）` : '（未阅）'}`).join('、')}
        </p>
      )}
      <div className={styles.verbs}>
        {review.turn?.late && <Button type="primary" onClick={() => setSigning(true)}>补签</Button>}
        {able.map((one) => <Button key={one.name} danger={one.name === 'release'} onClick={() => setVerb(one.name)}>{one.text}</Button>)}
        {review.acts.length > 1 && (
          <Button type="link" aria-expanded={history} onClick={() => setHistory(!history)}>{history ? '收起审签记录' : '审签记录和修改痕迹'}</Button>
        )}
      </div>
      {(history || latest && review.acts.some((act) => act.after && act.before)) && <Suspense><ActsList acts={review.acts} changesOnly={!history} /></Suspense>}
      {signing && <Suspense><DecisionDialog report={report} review={review} act="approve" onClose={() => setSigning(false)} /></Suspense>}
      {verb && <Suspense><VerbDialog review={review} verb={verb} onClose={() => setVerb(undefined)} /></Suspense>}
    </div>
  );
}

function Step({ step }: { step: ReviewStep }) {
  const several = step.tasks.length > 1;
  return (
    <li className={`${styles.step} ${styles[step.state] ?? ''}`}>
      <span className={styles.no}>{step.no}</span>
      <span>{step.title}{step.added_by && <small className={styles.quiet}>（{step.added_by}加签）</small>}</span>
      <span className={styles.quiet}>
        {label(stepText, step.state)}
        {several && <small className={styles.mode}>{signModeText[step.mode]}{step.mode === 'vote' && ` ≥${step.ratio}%`}</small>}
      </span>
      <ul className={styles.tasks}>
        {step.tasks.map((task) => (
          <li key={task.id} className={task.state === 'open' ? styles.open : ''}>
            <span className={styles.who}>
              {task.by ? `${task.by}（代${task.name}）` : task.name}
              {task.deputy && <small>，{task.deputy} 受托代办</small>}
              {task.from && !step.added_by && <small>，{task.from} 转来</small>}
            </span>
            {(several || task.state !== 'open') && <span className={styles.quiet}>{taskText[task.state]}</span>}
            <span className={styles.opinion}>{task.opinion}</span>
            {task.ticks?.map((tick) => (
              <span key={tick.item} className={tick.ok ? styles.tickOk : styles.tickNo}>{checkText[tick.item]}{tick.ok ? '✓' : '✗'}{tick.remark && ` ${tick.remark}`}</span>
            ))}
            {task.stuck && <StatusTag tone="risk">无人可办</StatusTag>}
            {task.overdue && <StatusTag tone="risk">已超时</StatusTag>}
            {task.state === 'open' && task.due_at ? <small className={styles.quiet}>限 {time(task.due_at)}</small> : task.at && <time dateTime={task.at}>{time(task.at)}</time>}
          </li>
        ))}
      </ul>
    </li>
  );
}
