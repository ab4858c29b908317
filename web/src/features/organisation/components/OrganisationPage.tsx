import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useMay, useMe } from '@/lib/tenant';
import { levelText } from '@/lib/texts';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { useOrganisation, type Line } from '../api/organisation';
import { endKind, figuresSentence, lineState, lineTime, unitTree } from './lines';
import { LineTag } from './LineTag';
import styles from './organisation.module.css';

const UnitDialog = lazy(() => import('./UnitDialog'));

/** How the unit is made, and along which lines it sends and is sent to. */
export default function OrganisationPage() {
  const { tenant } = useMe();
  const mayWrite = useMay('organisation:write');
  const organisation = useOrganisation();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHead title="组织与报送关系" hint={tenant.name} />
      <Loaded query={organisation}>
        {({ units, up, down }) => (
          <div className={styles.page}>
            <div className={styles.lines}>
              <Panel title="向上报送" flush>
                <Lines lines={up} own="lower" empty="没有上级报送渠道" />
              </Panel>
              <Panel title="接收下级报送" flush>
                <Lines lines={down} own="upper" empty="没有单位向本单位报送" />
              </Panel>
              <p className={styles.note}>报送渠道由平台运营方建立、终止或暂停。</p>
            </div>
            <Panel title="内设机构" flush extra={mayWrite && <Button size="small" onClick={() => setAdding(true)}>新建机构</Button>}>
              {units.length === 0
                ? <EmptyState title="还没有内设机构" />
                : (
                  <ul className={styles.units}>
                    {unitTree(units).map(({ unit, depth }) => (
                      <li key={unit.id} style={{ paddingLeft: 18 + depth * 22 }}>{unit.name}<small>{unit.kind}</small></li>
                    ))}
                  </ul>
                )}
            </Panel>
            {adding && <Suspense><UnitDialog units={units} onClose={() => setAdding(false)} /></Suspense>}
          </div>
        )}
      </Loaded>
    </>
  );
}

interface LinesProps {
  lines: Line[];
  own: 'lower' | 'upper';
  empty: string;
}

function Lines({ lines, own, empty }: LinesProps) {
  const now = new Date();
  const month = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}`;
  if (!lines.length) return <EmptyState title={empty} />;
  const place = { open: 0, later: 1, stopped: 2, closed: 3 };
  const sorted = [...lines].sort((a, b) => place[lineState(a, month)] - place[lineState(b, month)]);
  return (
    <ul>
      {sorted.map((line) => {
        const other = own === 'lower' ? line.upper : line.lower;
        return (
          <li key={line.id} className={styles.line}>
            <span className={styles.badge} title={levelText[other.level]}>{levelText[other.level]?.slice(0, 1)}</span>
            <div>
              <strong>{other.name}</strong>
              <small>{[endKind(other.kind), lineTime(line)].filter(Boolean).join(' · ')}</small>
              <small>{figuresSentence(line, own)}</small>
            </div>
            <LineTag state={lineState(line, month)} />
          </li>
        );
      })}
    </ul>
  );
}
