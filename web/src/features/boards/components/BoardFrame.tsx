import type { ReactNode } from 'react';
import { time } from '@/lib/format';
import { PageHead } from '@/ui/Page';
import type { Board } from '../api/boards';
import styles from './board.module.css';

const LATE = 10;

/** When the figures were counted. */
export function Stamp({ board }: { board: Board }) {
  const late = (board.lag_seconds ?? 0) > LATE;
  return (
    <span className={styles.stamp} role="status">
      数据截至 <time dateTime={board.as_of}>{time(board.as_of)}</time>{late && '，新的变动正在汇总'}
    </span>
  );
}

/** How a board is headed, in every state. */
export function BoardHead({ title, hint, board }: { title: string; hint?: ReactNode; board?: Board }) {
  return <PageHead title={title} hint={hint}>{board && <Stamp board={board} />}</PageHead>;
}

const names: [string, string][] = [
  ['submitted', '提交'], ['received', '收到'], ['signed', '签发'], ['forwarded', '报送（篇）'], ['forwardings', '报送（篇次）'],
  ['adopted_reports', '采用（篇）'], ['adopted_times', '采用（篇次）'], ['adoption_rate', '采用率'], ['kept', '留存'], ['declined', '不采用'],
  ['returned', '退回'], ['tree', '全口径'], ['own', '本单位办理'],
];

/** What each figure means, below the figures. */
export function Definitions({ definitions }: { definitions: Record<string, string> }) {
  const known = names.filter(([key]) => definitions[key]);
  if (!known.length) return null;
  return (
    <details className={styles.definitions}>
      <summary>指标说明</summary>
      <dl>{known.map(([key, name]) => <div key={key}><dt>{name}</dt><dd>{definitions[key]}</dd></div>)}</dl>
    </details>
  );
}
