import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { Table } from '@/ui/Table';
import type { TrendMonth } from '../api/boards';
import { ChartPanel } from './ChartPanel';
import { trendChart } from './charts';
import { Figure } from './Figure';
import type { Drill } from './links';
import { periodLabel } from './period';

interface Props {
  trend: TrendMonth[];
  linkOf: (drill: Drill, month: string) => string | undefined;
}

/** Twelve months, as a chart and as a table. */
export function Trend({ trend, linkOf }: Props) {
  const navigate = useNavigate();
  const option = useMemo(() => trendChart(trend), [trend]);
  const open = (index: number) => {
    const month = trend[index];
    const to = month && linkOf({ figure: 'tree_submitted' }, month.month);
    if (to) void navigate(to);
  };
  return (
    <ChartPanel
      title="近 12 个月"
      name="近 12 个月走势"
      option={option}
      height={300}
      onPick={linkOf({ figure: 'tree_submitted' }, '') ? open : undefined}
      table={(
        <Table
          name="近 12 个月走势"
          rows={[...trend].reverse()}
          rowKey={(row) => row.month}
          columns={[
            { key: 'month', title: '月份', pinned: true, render: (row) => periodLabel({ kind: 'month', from: row.month, to: row.month }) },
            { key: 'submitted', title: '提交（篇）', figure: true, render: (row) => <Figure value={row.submitted} to={linkOf({ figure: 'tree_submitted' }, row.month)} /> },
            { key: 'reports', title: '采用（篇）', figure: true, render: (row) => <Figure value={row.adopted_reports} to={linkOf({ figure: 'tree_reports' }, row.month)} /> },
            { key: 'times', title: '采用（篇次）', figure: true, render: (row) => <Figure value={row.adopted_times} to={linkOf({ figure: 'tree_times' }, row.month)} /> },
          ]}
        />
      )}
    />
  );
}
