import { Select } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { percent } from '@/lib/format';
import { levels, levelText } from '@/lib/texts';
import { Table, type Column } from '@/ui/Table';
import type { Rank } from '../api/boards';
import { ChartPanel } from './ChartPanel';
import { rankingChart } from './charts';
import { Figure, Term } from './Figure';
import { underLink, type RankTarget } from './links';
import { basisText, hasParties, kindOf, measureText, officialOrder, type RankMeasure } from './measures';
import styles from './board.module.css';

interface Props {
  rows: Rank[];
  measure: RankMeasure;
  params: URLSearchParams;
  /** The way down so far, carried along for the way back. */
  state: unknown;
  target: (row: Rank, figure: 'submitted' | 'forwarded' | 'adopted') => RankTarget;
  definitions: Record<string, string>;
}

/** The units that report here, by one measure; says what it is counted on. */
export function Ranking({ rows, measure, params, state, target, definitions }: Props) {
  const navigate = useNavigate();
  const [order, setOrder] = useState('rank');
  const shown = useMemo(() => (order === 'official' ? officialOrder(rows) : rows), [rows, order]);
  const option = useMemo(() => rankingChart(shown, measure), [shown, measure]);
  const bases = [...new Set(rows.map((row) => row.basis))];
  const figure = (row: Rank, kind: 'submitted' | 'forwarded' | 'adopted', value: number) => {
    const way = target(row, kind);
    return <Figure value={value} to={way?.to} says={way?.says} state={way?.to.startsWith('?') ? state : undefined} />;
  };
  const columns: Column<Rank>[] = [
    { key: 'rank', title: '名次', figure: true, render: (row) => row.rank },
    { key: 'name', title: '单位', pinned: true, width: '11em', render: (row) => <Unit row={row} params={params} state={state} mixed={bases.length > 1} /> },
    { key: 'submitted', title: <Term says={definitions.submitted}>提交（篇）</Term>, figure: true, render: (row) => figure(row, 'submitted', row.submitted) },
    { key: 'forwarded', title: <Term says={definitions.forwarded}>报送（篇）</Term>, figure: true, render: (row) => figure(row, 'forwarded', row.forwarded) },
    { key: 'reports', title: <Term says={definitions.adopted_reports}>采用（篇）</Term>, figure: true, render: (row) => figure(row, 'adopted', row.adopted_reports) },
    { key: 'times', title: <Term says={definitions.adopted_times}>采用（篇次）</Term>, figure: true, render: (row) => figure(row, 'adopted', row.adopted_times) },
    ...levels.map((level): Column<Rank> => ({
      key: level,
      title: `${levelText[level]}（篇/篇次）`,
      figure: true,
      render: (row) => {
        const both = row.by_level?.[level];
        return both?.times ? `${both.reports}/${both.times}` : <span className={styles.stamp}>—</span>;
      },
    })),
    { key: 'rate', title: <Term says={definitions.adoption_rate}>采用率</Term>, figure: true, render: (row) => percent(row.submitted ? row.adoption_rate : undefined) },
  ];
  return (
    <ChartPanel
      title={`单位排名 · ${measureText(measure)}`}
      name={`单位排名，按${measureText(measure)}`}
      option={option}
      height={Math.max(160, rows.length * 30 + 16)}
      empty={rows.length ? undefined : '没有所属单位'}
      onPick={(index) => {
        const row = shown[index];
        const way = row && target(row, 'adopted');
        if (way) void navigate(way.to, { state: way.to.startsWith('?') ? state : undefined });
      }}
      extra={hasParties(rows) && (
        <Select size="small" aria-label="排列" value={order} onChange={setOrder} style={{ width: 130 }} options={[{ value: 'rank', label: '按名次' }, { value: 'official', label: '按规范顺序' }]} />
      )}
      note={bases.map((basis) => (
        <p key={basis} className={styles.basis}><b>{basisText[basis].name}</b>{definitions[basis] ?? basisText[basis].sentence}</p>
      ))}
      table={<Table name={`单位排名，按${measureText(measure)}`} columns={columns} rows={shown} rowKey={(row) => row.tenant} />}
    />
  );
}

function Unit({ row, params, state, mixed }: { row: Rank; params: URLSearchParams; state: unknown; mixed: boolean }) {
  return (
    <span className={styles.unit}>
      {row.has_children && row.basis === 'tree' ? <Link to={underLink(params, row.tenant)} state={state}>{row.name}</Link> : row.name}
      <small>{[row.class || kindOf(row), mixed && basisText[row.basis].name].filter(Boolean).join(' · ')}</small>
    </span>
  );
}
