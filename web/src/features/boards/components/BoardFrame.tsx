import type { ReactNode } from 'react';
import { time } from '@/lib/format';
import { PageHead } from '@/ui/Page';
import type { Board } from '../api/boards';
import styles from './board.module.css';

const LATE = 10;

/** When the figures were counted. */
export function Stamp({ board }: { board: Board }) {
  const late = board.lag_seconds > LATE;
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

const order = [
  'tree', 'own', 'submitted', 'received', 'signed', 'forwarded', 'forwardings', 'adopted', 'reports', 'times', 'adoption_rate', 'kept', 'declined',
  'returned',
];

/** What each figure means, below the figures. */
export function Definitions({ definitions }: { definitions: Record<string, string> }) {
  const known = order.flatMap((key) => definitions[key] ?? []);
  if (!known.length) return null;
  return (
    <details className={styles.definitions}>
      <summary>指标说明</summary>
      <ul>{known.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
    </details>
  );
}
