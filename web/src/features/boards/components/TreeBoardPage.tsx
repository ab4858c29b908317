import { Select } from 'antd';
import { Link, useLocation } from 'react-router';
import { scopeOf, useMe } from '@/lib/tenant';
import { Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { useBoard, type Board } from '../api/boards';
import { BoardHead, Definitions } from './BoardFrame';
import { Categories } from './Categories';
import { KeyFigures } from './KeyFigures';
import { LevelForm } from './LevelForm';
import { boardLink, listLink, rankTarget, underLink, type Drill } from './links';
import { isRankMeasure, rankMeasures, type RankMeasure } from './measures';
import { PeriodPicker } from './PeriodPicker';
import { periodCode } from './period';
import { Ranking } from './Ranking';
import { Trend } from './Trend';
import { useBoardAddress } from './useBoardAddress';
import styles from './board.module.css';

const rankedBy: Record<string, RankMeasure> = {
  tree_submitted: 'submitted', tree_forwarded: 'forwarded', tree_forwardings: 'forwarded', tree_reports: 'reports', tree_times: 'times',
};

interface Place {
  code: string;
  name: string;
}

/** The units passed on the way down; the browser keeps them with the address. */
function useTrail(): Place[] {
  const state: unknown = useLocation().state;
  const trail = typeof state === 'object' && state && 'trail' in state ? state.trail : undefined;
  return Array.isArray(trail) ? (trail as Place[]) : [];
}

/** The board of all units that report here, directly or not. */
export default function TreeBoardPage() {
  const { params, period, choose, set } = useBoardAddress();
  const trail = useTrail();
  const asked = params.get('measure');
  const measure = isRankMeasure(asked) ? asked : 'times';
  const under = params.get('under') ?? undefined;
  const group = params.get('class') ?? undefined;
  const board = useBoard('tree', { period: periodCode(period), class: group, under, measure });
  const classes = board.data?.classes ?? [];
  return (
    <>
      <BoardHead title="所属单位看板" hint={board.data && `${board.data.unit.name}及所属各单位 · ${board.data.period.label}`} board={board.data} />
      {under && <Trail trail={trail} here={board.isPlaceholderData ? undefined : board.data?.unit} params={params} />}
      <div className={styles.bar}>
        <PeriodPicker period={period} onChange={choose} />
        {(classes.length > 0 || group) && (
          <Select allowClear aria-label="单位分组" placeholder="全部单位" style={{ width: 150 }} value={group} onChange={(value) => set('class', value)} options={classes.map((value) => ({ value, label: value }))} />
        )}
        <span className={styles.choice}>
          排名依据
          <Select<RankMeasure> aria-label="排名依据" style={{ width: 130 }} value={measure} onChange={(value) => set('measure', value)} options={rankMeasures.map(({ value, text }) => ({ value, label: text }))} />
        </span>
      </div>
      <Loaded query={board}>
        {(data) => <Body board={data} old={board.isPlaceholderData} measure={measure} params={params} trail={trail} under={under} />}
      </Loaded>
    </>
  );
}

/** Where one is below one's own unit, and the way back up. */
function Trail({ trail, here, params }: { trail: Place[]; here?: Place; params: URLSearchParams }) {
  const { tenant } = useMe();
  return (
    <nav className={styles.trail} aria-label="所在位置">
      <Link to={underLink(params, undefined)}>{tenant.name}</Link>
      {trail.map((place, index) => (
        <span key={place.code}>› <Link to={underLink(params, place.code)} state={{ trail: trail.slice(0, index) }}>{place.name}</Link></span>
      ))}
      {here && <span aria-current="page">› {here.name}</span>}
    </nav>
  );
}

interface BodyProps {
  board: Board;
  old: boolean;
  measure: RankMeasure;
  params: URLSearchParams;
  trail: Place[];
  under?: string;
}

function Body({ board, old, measure, params, trail, under }: BodyProps) {
  const me = useMe();
  const lists = scopeOf(me, 'report:read') === 'tenant';
  const { definitions, period } = board;
  const down = under ? [...trail, board.unit] : [];
  const ranking = board.ranking ?? [];
  const bases = (['tree', 'own'] as const).filter((basis) => ranking.some((row) => row.basis === basis));
  // A figure over all units opens the ranking by it, where each unit's share leads on.
  const ranked = ({ figure }: Drill) => `${boardLink(params, { measure: rankedBy[figure] ?? 'times' })}#ranking`;
  const inMonth = (_: Drill, month: string) => boardLink(params, { period: month });
  const inCategory = ({ category }: Drill) =>
    (lists && !under ? listLink(me.tenant.code, period, { figure: '', category }) : undefined);
  return (
    <div className={`${styles.body} ${old ? styles.old : ''}`} aria-busy={old}>
      <KeyFigures tree={board.tree} definitions={definitions} linkOf={ranked} />
      <div id="ranking" className={styles.rankings}>
        {bases.map((basis) => (
          <Ranking
            key={basis}
            basis={basis}
            rows={ranking.filter((row) => row.basis === basis)}
            measure={measure}
            params={params}
            state={{ trail: down }}
            definitions={definitions}
            target={(row, figure) => rankTarget(row, figure, { tenant: me.tenant.code, period, params, top: !under, lists })}
          />
        ))}
        {ranking.length === 0 && <Panel title="单位排名"><EmptyState title={params.has('class') ? '这一组没有单位' : '没有所属单位'} /></Panel>}
      </div>
      <div className={styles.two}>
        <div className={styles.column}>
          <LevelForm adopted={board.tree.adopted} definitions={definitions} linkOf={ranked} />
          <Trend trend={board.trend} linkOf={inMonth} />
        </div>
        <Categories categories={board.categories} linkOf={inCategory} empty={trail.length ? '隔级的单位不作分类统计' : undefined} />
      </div>
      <Definitions definitions={definitions} />
    </div>
  );
}
