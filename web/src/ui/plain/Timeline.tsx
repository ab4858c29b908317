import { time } from '@/lib/format';
import { label, levelText } from '@/lib/texts';
import type { TimelineEntry } from '@/lib/types';
import styles from './plain.module.css';

const good = /adopt|sign|approve/;
const bad = /return|decline|kept|keep|fail|recall|withdraw|correct/;

/** What another unit decided is told in words only. */
function mood({ kind, text }: TimelineEntry): string | undefined {
  if (bad.test(kind) || /不采用|不予采用|退回|留存/.test(text)) return styles.bad;
  return good.test(kind) || /采用/.test(text) ? styles.good : '';
}

interface Props {
  entries: TimelineEntry[];
  /** One column for the phone and narrow panes. */
  narrow?: boolean;
}

/** The whole way of a report, like a parcel's: the latest stop on top. */
export function Timeline({ entries, narrow }: Props) {
  return (
    <ol className={`${styles.timeline} ${narrow ? styles.narrow : ''}`}>
      {[...entries].reverse().map((entry, index) => (
        <li key={entry.id} className={`${styles.entry} ${mood(entry)} ${index === 0 ? styles.latest : ''}`}>
          <time className={styles.when} dateTime={entry.occurred_at}>{time(entry.occurred_at)}</time>
          <span className={styles.rail} aria-hidden="true"><span className={styles.dot} /></span>
          <div className={styles.what}>
            <div className={styles.whatText}>{entry.text}</div>
            <div className={styles.where}>
              {[entry.tenant.name, label(levelText, entry.tenant.level, ''), entry.actor].filter(Boolean).map((part, at) => (
                <span key={at}>{at > 0 && ' · '}<span className={styles.whole}>{part}</span></span>
              ))}
            </div>
            {entry.detail && <div className={styles.detail}>{entry.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
