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
import { underLink, type RankFigure, type RankTarget } from './links';
import { basisText, hasParties, kindOf, measureText, officialOrder, type RankMeasure } from './measures';
import styles from './board.module.css';

interface Props {
  basis: Rank['basis'];
  rows: Rank[];
  measure: RankMeasure;
  params: URLSearchParams;
  /** The way down so far, carried along for the way back. */
  state: unknown;
  target: (row: Rank, figure: RankFigure) => RankTarget;
  definitions: Record<string, string>;
}

/** The units that report here, by one measure; says what it is counted on. */
export function Ranking({ basis, rows, measure, params, state, target, definitions }: Props) {
  const navigate = useNavigate();
  const [order, setOrder] = useState('rank');
  const shown = useMemo(() => (order === 'official' ? officialOrder(rows) : rows), [rows, order]);
  const option = useMemo(() => rankingChart(shown, measure), [shown, measure]);
  const { title, name } = basisText[basis];
  const stateOf = (to: string) => (to.startsWith('?') ? state : undefined);
  const figure = (row: Rank, kind: RankFigure, value: number) => {
    const way = target(row, kind);
    return <Figure value={value} to={way?.to} says={way?.says} state={way && stateOf(way.to)} />;
  };
  const columns: Column<Rank>[] = [
    { key: 'rank', title: '名次', figure: true, render: (row) => row.rank },
    { key: 'name', title: '单位', pinned: true, width: '9em', render: (row) => <Unit row={row} params={params} state={state} /> },
    { key: 'submitted', title: <Term says={definitions.submitted}>{basis === 'own' ? '来稿（篇）' : '提交（篇）'}</Term>, figure: true, render: (row) => figure(row, 'submitted', row.submitted) },
    { key: 'forwarded', title: <Term says={definitions.forwarded}>报送（篇）</Term>, figure: true, render: (row) => figure(row, 'forwarded', row.forwarded) },
    { key: 'reports', title: <Term says={definitions.reports}>采用（篇）</Term>, figure: true, render: (row) => figure(row, 'adopted', row.adopted_reports) },
    { key: 'times', title: <Term says={definitions.times}>采用（篇次）</Term>, figure: true, render: (row) => figure(row, 'adopted', row.adopted_times) },
    ...(basis === 'tree' ? levels : []).map((level): Column<Rank> => ({
      key: level,
      title: <>{levelText[level]}<small>（篇/篇次）</small></>,
      figure: true,
      render: ({ by_level }) => (by_level[level].times ? `${by_level[level].reports}/${by_level[level].times}` : '—'),
    })),
    { key: 'rate', title: <Term says={definitions.adoption_rate}>采用率</Term>, figure: true, render: (row) => percent(row.adoption_rate ?? undefined) },
  ];
  const heading = `${title}，按${measureText(measure)}`;
  return (
    <ChartPanel
      title={heading}
      name={heading}
      option={option}
      height={rows.length * 30 + 24}
      onPick={(index) => {
        const row = shown[index];
        const way = row && target(row, 'adopted');
        if (way) void navigate(way.to, { state: stateOf(way.to) });
      }}
      extra={hasParties(rows) && (
        <Select size="small" aria-label="排列" value={order} onChange={setOrder} style={{ width: 130 }} options={[{ value: 'rank', label: '按名次' }, { value: 'official', label: '按规范顺序' }]} />
      )}
      note={<p className={styles.basis}><b>{name}</b>{definitions[`ranking_${basis}`]}</p>}
      table={<Table name={heading} columns={columns} rows={shown} rowKey={(row) => row.tenant} />}
    />
  );
}

function Unit({ row, params, state }: { row: Rank; params: URLSearchParams; state: unknown }) {
  return (
    <span className={styles.unit} title={row.name}>
      {row.has_children && row.basis === 'tree' ? <Link to={underLink(params, row.tenant)} state={state}>{row.short_name}</Link> : row.short_name}
      <small>{row.class || kindOf(row)}</small>
    </span>
  );
}
