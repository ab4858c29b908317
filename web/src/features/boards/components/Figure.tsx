import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { count } from '@/lib/format';
import styles from './board.module.css';

interface Props {
  value: number;
  /** 篇 or 篇次, where the heading does not say it. */
  unit?: string;
  /** The list or the board behind the figure; without it the figure cannot be opened by this person. */
  to?: string;
  state?: unknown;
  says?: string;
}

/** A figure that opens what it counts. */
export function Figure({ value, unit, to, state, says = '查看明细' }: Props) {
  const here: unknown = useLocation().state;
  const text = <>{count(value)}{unit && <small>{unit}</small>}</>;
  if (!to || value === 0) return <span className={styles.figure}>{text}</span>;
  return <Link className={`${styles.figure} ${styles.open}`} to={to} state={state ?? (to.startsWith('?') ? here : undefined)} title={says}>{text}</Link>;
}

/** A word of the figures with its definition. */
export function Term({ children, says }: { children: ReactNode; says?: string }) {
  if (!says) return <>{children}</>;
  return (
    <Tooltip title={says}>
      <span className={styles.term} tabIndex={0}>{children}</span>
    </Tooltip>
  );
}
