import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { percent } from '@/lib/format';
import { Table } from '@/ui/Table';
import type { CategoryFigures } from '../api/boards';
import { ChartPanel } from './ChartPanel';
import { categoryChart } from './charts';
import { Figure } from './Figure';
import type { LinkOf } from './KeyFigures';

interface Props {
  categories: CategoryFigures[];
  linkOf: LinkOf;
  /** Why there may be none. */
  empty?: string;
}

/** What the reports are about, as a chart and as a table. */
export function Categories({ categories, linkOf, empty = '本周期没有分类数据' }: Props) {
  const navigate = useNavigate();
  const option = useMemo(() => categoryChart(categories), [categories]);
  const open = (index: number) => {
    const to = linkOf({ figure: 'tree_submitted', category: categories[index]?.category });
    if (to) void navigate(to);
  };
  return (
    <ChartPanel
      title="按分类"
      name="各分类的提交和采用"
      option={option}
      height={Math.max(300, categories.length * 40 + 48)}
      onPick={linkOf({ figure: 'tree_submitted' }) ? open : undefined}
      empty={categories.length ? undefined : empty}
      table={(
        <Table
          name="各分类的提交和采用"
          rows={categories}
          rowKey={(row) => row.category}
          columns={[
            { key: 'category', title: '分类', pinned: true, render: (row) => row.category },
            { key: 'submitted', title: '提交（篇）', figure: true, render: (row) => <Figure value={row.submitted} to={linkOf({ figure: 'tree_submitted', category: row.category })} /> },
            { key: 'reports', title: '采用（篇）', figure: true, render: (row) => <Figure value={row.adopted_reports} to={linkOf({ figure: 'tree_reports', category: row.category })} /> },
            { key: 'times', title: '采用（篇次）', figure: true, render: (row) => <Figure value={row.adopted_times} to={linkOf({ figure: 'tree_times', category: row.category })} /> },
            { key: 'rate', title: '采用率', figure: true, render: (row) => percent(row.submitted ? row.adopted_reports / row.submitted : undefined) },
          ]}
        />
      )}
    />
  );
}
