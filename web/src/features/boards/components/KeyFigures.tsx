import type { ReactNode } from 'react';
import { percent } from '@/lib/format';
import type { TreeFigures } from '../api/boards';
import type { Drill } from './links';
import { Figure, Term } from './Figure';
import styles from './board.module.css';

/** Where a figure leads; nowhere for those who may not see what it counts. */
export type LinkOf = (drill: Drill) => string | undefined;

function Card({ title, says, children, foot }: { title: string; says?: string; children: ReactNode; foot: ReactNode }) {
  return (
    <div className={styles.key}>
      <div className={styles.keyTitle}><Term says={says}>{title}</Term></div>
      <div className={styles.keyValue}>{children}</div>
      <div className={styles.keyFoot}>{foot}</div>
    </div>
  );
}

interface Props {
  tree: TreeFigures;
  definitions: Record<string, string>;
  linkOf: LinkOf;
}

/** Submitted, forwarded, adopted, adoption rate; 篇 and 篇次 always both. */
export function KeyFigures({ tree, definitions, linkOf }: Props) {
  const { adopted } = tree;
  return (
    <div className={styles.keys}>
      <Card title="提交信息" says={definitions.submitted} foot="来源单位提交的信息，一篇计一次">
        <Figure value={tree.submitted} unit="篇" to={linkOf({ figure: 'tree_submitted' })} />
      </Card>
      <Card title="向上报送" says={definitions.forwarded} foot="一篇报多家，计一篇、多篇次">
        <Figure value={tree.forwarded} unit="篇" to={linkOf({ figure: 'tree_forwarded' })} />
        <Figure value={tree.forwardings} unit="篇次" to={linkOf({ figure: 'tree_forwardings' })} />
      </Card>
      <Card title="采用" says={definitions.adopted} foot="各级单位采用，单篇、综合、转送合计">
        <Figure value={adopted.reports} unit="篇" to={linkOf({ figure: 'tree_reports' })} />
        <Figure value={adopted.times} unit="篇次" to={linkOf({ figure: 'tree_times' })} />
      </Card>
      <Card title="采用率" says={definitions.adoption_rate} foot="采用篇数与提交篇数之比">
        <span className={styles.figure}>{percent(tree.adoption_rate ?? undefined)}</span>
      </Card>
    </div>
  );
}
