import { scopeOf, useMe } from '@/lib/tenant';
import { Loaded } from '@/ui/plain/states';
import { useBoard, type Board } from '../api/boards';
import { BoardHead, Definitions } from './BoardFrame';
import { Categories } from './Categories';
import { KeyFigures } from './KeyFigures';
import { LevelForm } from './LevelForm';
import { listLink, type Drill } from './links';
import { OwnFigures } from './OwnFigures';
import { PeriodPicker } from './PeriodPicker';
import { periodCode } from './period';
import { Trend } from './Trend';
import { useBoardAddress } from './useBoardAddress';
import styles from './board.module.css';

/** The board of the unit: what it did, and what became of its own reports. */
export default function UnitBoardPage() {
  const { period, choose } = useBoardAddress();
  const board = useBoard('unit', { period: periodCode(period) });
  return (
    <>
      <BoardHead title="本单位看板" hint={board.data && `${board.data.unit.name} · ${board.data.period.label}`} board={board.data} />
      <div className={styles.bar}><PeriodPicker period={period} onChange={choose} /></div>
      <Loaded query={board}>{(data) => <Body board={data} old={board.isPlaceholderData} />}</Loaded>
    </>
  );
}

function Body({ board, old }: { board: Board; old: boolean }) {
  const me = useMe();
  const lists = scopeOf(me, 'report:read') === 'tenant';
  const { definitions } = board;
  const months = (drill: Drill, from: string, to: string) => (lists ? listLink(me.tenant.code, { from, to }, drill) : undefined);
  const linkOf = (drill: Drill) => months(drill, board.period.from, board.period.to);
  return (
    <div className={`${styles.body} ${old ? styles.old : ''}`} aria-busy={old}>
      <KeyFigures tree={board.tree} definitions={definitions} linkOf={linkOf} />
      {board.own && <OwnFigures own={board.own} definitions={definitions} linkOf={linkOf} />}
      <div className={styles.two}>
        <div className={styles.column}>
          <LevelForm adopted={board.tree.adopted} definitions={definitions} linkOf={linkOf} />
          <Trend trend={board.trend} linkOf={(drill, month) => months(drill, month, month)} />
        </div>
        <Categories categories={board.categories} linkOf={linkOf} />
      </div>
      <Definitions definitions={definitions} />
    </div>
  );
}
