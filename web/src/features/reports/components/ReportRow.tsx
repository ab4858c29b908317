import { Checkbox } from 'antd';
import { Link } from 'react-router';
import type { AnswerClock } from '@/features/forwardings/api/received';
import { DueTag } from '@/features/forwardings/components/DueTag';
import type { Badge } from '@/features/similarity/api/similarity';
import { SimilarTag } from '@/features/similarity/components/SimilarTag';
import { ago } from '@/lib/format';
import type { Report } from '@/lib/types';
import { ReportStatus, StatusTag } from '@/ui/plain/StatusTag';
import styles from './list.module.css';
import { adoptionSentence, fromSentence, Marks } from './marks';

const waiting: Report['state'][] = ['submitted', 'taken_up', 'editing', 'returned', 'reviewing'];

interface Props {
  report: Report;
  to: string;
  current: boolean;
  author: boolean;
  /** Left out: nothing can be ticked. */
  ticked?: boolean;
  onTick?: (on: boolean) => void;
  onPick: () => void;
  /** How alike another report is. */
  similar?: Badge;
  /** By when an answer is due, where it came from another unit. */
  due?: AnswerClock;
  root: string;
}

/** One report of a list. */
export function ReportRow({ report, to, current, author, ticked, onTick, onPick, similar, due, root }: Props) {
  const from = fromSentence(report);
  // While it waits for somebody, the state says more than an earlier adoption.
  const adopted = waiting.includes(report.state) ? '' : adoptionSentence(report);
  return (
    <li className={`${styles.row} ${current ? styles.current : ''}`} onClick={onPick} aria-current={current || undefined} data-row={report.id}>
      <span onClick={(event) => event.stopPropagation()}>
        {onTick && <Checkbox checked={ticked} onChange={(event) => onTick(event.target.checked)} aria-label={`选择：${report.title}`} />}
      </span>
      <div style={{ minWidth: 0 }}>
        <div className={styles.title}>
          <Marks report={report} />
          <Link to={to} title={report.title} onClick={(event) => event.stopPropagation()}>{report.title || '（未填标题）'}</Link>
          <SimilarTag badge={similar} root={root} />
          <DueTag clock={due} />
        </div>
        <div className={styles.excerpt}>{[report.number, report.category, report.excerpt].filter(Boolean).join(' · ')}</div>
      </div>
      <div className={styles.from}>
        <div title={from.main}>{from.main}</div>
        <small title={from.side}>{from.side}</small>
      </div>
      <div>{adopted ? <StatusTag tone="ok">{adopted}</StatusTag> : <ReportStatus state={report.state} author={author} />}</div>
      <time className={styles.when} dateTime={report.updated_at}>{ago(report.submitted_at ?? report.updated_at)}</time>
    </li>
  );
}
