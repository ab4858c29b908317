import { formText } from '@/lib/texts';
import { Panel } from '@/ui/Page';
import type { OwnFigures as Own } from '../api/boards';
import { Figure, Term } from './Figure';
import type { LinkOf } from './KeyFigures';
import styles from './board.module.css';

interface Props {
  own: Own;
  definitions: Record<string, string>;
  linkOf: LinkOf;
}

/** What the unit itself received, signed, sent and decided. */
export function OwnFigures({ own, definitions, linkOf }: Props) {
  const groups: [string, [name: string, key: string, value: number, measure: string, form?: 'single' | 'combined' | 'relayed'][]][] = [
    ['来稿', [['本单位提交', 'submitted', own.submitted, 'own_submitted'], ['收到下级报送', 'received', own.received, 'own_received']]],
    ['办理', [['签发', 'signed', own.signed, 'own_signed'], ['向上报送', 'forwarded', own.forwarded, 'own_forwarded']]],
    ['本单位采用（篇次）', [
      [formText.single, '', own.adopted.single, 'own_adopted', 'single'],
      [formText.combined, '', own.adopted.combined, 'own_adopted', 'combined'],
      [formText.relayed, '', own.adopted.relayed, 'own_adopted', 'relayed'],
      ['合计', 'adopted', own.adopted.total, 'own_adopted'],
    ]],
    ['未采用', [['留存', 'kept', own.kept, 'own_kept'], ['不采用', 'declined', own.declined, 'own_declined'], ['退回', 'returned', own.returned, 'own_returned']]],
  ];
  return (
    <Panel title="本单位办理情况" flush>
      <div className={styles.own}>
        {groups.map(([title, figures]) => (
          <div key={title} className={styles.ownGroup}>
            <h3>{title}</h3>
            <ul>
              {figures.map(([name, key, value, measure, form]) => (
                <li key={name}>
                  <span><Term says={definitions[key]}>{name}</Term></span>
                  <Figure value={value} to={linkOf({ figure: measure, form })} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </Panel>
  );
}
