import { Link } from 'react-router';
import { useMay, useMe } from '@/lib/tenant';
import { label, sourceText } from '@/lib/texts';
import { Panel } from '@/ui/Page';
import { useCluesOfReport } from '../api/clues';
import styles from './clues.module.css';

/** The clues a report grew from, as far as the reader may see them. */
export function SourcesPanel({ report }: { report: string }) {
  const { tenant } = useMe();
  const clues = useCluesOfReport(report, useMay('clue:read'));
  if (!clues.data?.length) return null;
  return (
    <Panel title={`来源线索（${clues.data.length}）`}>
      {clues.data.map((clue) => (
        <p key={clue.id} className={styles.source}>
          <Link to={`/t/${tenant.code}/clues?id=${clue.id}`}>{clue.title}</Link>
          <small>{[label(sourceText, clue.source_kind), clue.occasion].filter(Boolean).join(' · ')}</small>
        </p>
      ))}
    </Panel>
  );
}
