import { useBoard } from '@/features/boards/api/boards';
import { count, percent, time } from '@/lib/format';
import { levels, levelText } from '@/lib/texts';
import { useMay } from '@/lib/tenant';
import { Loaded } from '@/ui/plain/states';
import { Card } from '../frame/Page';
import styles from './home.module.css';

/** Four figures of the year, in 篇 and 篇次, and where adoptions happened. */
export function BoardCard() {
  const tree = useMay('board:tree');
  const board = useBoard(tree ? 'tree' : 'unit', { period: String(new Date().getFullYear()) });
  return (
    <Card title={tree ? '本年统计（本单位及所属单位）' : '本年统计（本单位）'}>
      <Loaded query={board}>
        {({ tree: { submitted, forwarded, forwardings, adopted, adoption_rate }, as_of }) => (
          <>
            <dl className={styles.figures}>
              <Figure name="提交" reports={submitted} />
              <Figure name="报送上级" reports={forwarded} times={forwardings} />
              <Figure name="被采用" reports={adopted.reports} times={adopted.times} />
              <div><dt>采用率</dt><dd><b>{percent(adoption_rate ?? undefined)}</b></dd></div>
            </dl>
            <Levels byLevel={adopted.by_level} />
            <p className={styles.when}>数字截至 {time(as_of)}</p>
          </>
        )}
      </Loaded>
    </Card>
  );
}

function Figure({ name, reports, times }: { name: string; reports: number; times?: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{count(reports)}</b> 篇
        {times !== undefined && <span>{count(times)} 篇次</span>}
      </dd>
    </div>
  );
}

type ByLevel = Record<(typeof levels)[number], { reports: number; times: number }>;

/** One bar a level. */
function Levels({ byLevel }: { byLevel: ByLevel }) {
  const most = Math.max(1, ...levels.map((level) => byLevel[level].times));
  return (
    <ul className={styles.levels} aria-label="各级采用">
      {levels.map((level) => (
        <li key={level}>
          <span>{levelText[level]}</span>
          <i aria-hidden="true"><i style={{ width: `${(byLevel[level].times / most) * 100}%` }} /></i>
          <span>{count(byLevel[level].reports)} 篇 {count(byLevel[level].times)} 篇次</span>
        </li>
      ))}
    </ul>
  );
}
