import { Segmented } from 'antd';
import type { EChartsCoreOption } from 'echarts/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Panel } from '@/ui/Page';
import { EmptyState } from '@/ui/plain/states';
import styles from './board.module.css';

const Chart = lazy(() => import('./Chart'));

interface Props {
  title: ReactNode;
  name: string;
  option: EChartsCoreOption;
  height: number;
  onPick?: (index: number) => void;
  table: ReactNode;
  extra?: ReactNode;
  /** Stands above the chart and the table. */
  note?: ReactNode;
  /** Nothing to draw: why. */
  empty?: string;
  className?: string;
}

/** A chart with its table beside it; small screens begin with the table. */
export function ChartPanel({ title, name, option, height, onPick, table, extra, note, empty, className }: Props) {
  const [view, setView] = useState(() => (window.matchMedia('(max-width: 700px)').matches ? 'table' : 'chart'));
  const choice = (
    <div className={styles.tools}>
      {extra}
      <Segmented size="small" aria-label={`${name}的显示方式`} value={view} onChange={setView} options={[{ value: 'chart', label: '图' }, { value: 'table', label: '表' }]} />
    </div>
  );
  return (
    <Panel title={title} extra={empty ? undefined : choice} flush className={className}>
      {!empty && note}
      {empty && <EmptyState title={empty} />}
      {!empty && view === 'table' && table}
      {!empty && view === 'chart' && (
        <div className={styles.chart}>
          <Suspense fallback={<div style={{ height }} />}><Chart name={name} option={option} height={height} onPick={onPick} /></Suspense>
        </div>
      )}
    </Panel>
  );
}
