import { useState } from 'react';
import type { TimelineEntry } from '@/lib/types';
import { Timeline } from '@/ui/plain/Timeline';
import { Even } from '../frame/Page';
import styles from './report.module.css';

const SHOWN = 4;

/** The way of a report, the latest stations first; the earlier ones on demand. */
export function Way({ entries }: { entries: TimelineEntry[] }) {
  const [whole, setWhole] = useState(false);
  const hidden = entries.length - SHOWN;
  return (
    <>
      <Even><Timeline entries={whole ? entries : entries.slice(-SHOWN)} narrow /></Even>
      {hidden > 0 && (
        <button type="button" className={styles.whole} aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? '收起较早的经过' : `查看全部经过（还有 ${hidden} 条）`}
        </button>
      )}
    </>
  );
}
