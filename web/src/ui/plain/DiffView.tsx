import { useMemo } from 'react';
import { difference, tally } from '@/lib/diff';
import type { ReportText } from '@/lib/types';
import styles from './plain.module.css';
import { sections } from './ReportText';

/** One text with its difference from an earlier one marked by characters. */
export function DiffText({ before, after }: { before: string; after: string }) {
  const parts = useMemo(() => difference(before, after), [before, after]);
  return (
    <span style={{ whiteSpace: 'pre-wrap' }}>
      {parts.map((part, index) => {
        if (part.kind === 'added') return <ins key={index} className={styles.added}>{part.text}</ins>;
        if (part.kind === 'removed') return <del key={index} className={styles.removed}>{part.text}</del>;
        return <span key={index}>{part.text}</span>;
      })}
    </span>
  );
}

/** How much was added and removed between two reports. */
export function diffTally(before: ReportText, after: ReportText): { added: number; removed: number } {
  const names = ['title', 'problem', 'cause', 'advice'] as const;
  return names
    .map((name) => tally(difference(before[name] ?? '', after[name] ?? '')))
    .reduce((sum, one) => ({ added: sum.added + one.added, removed: sum.removed + one.removed }), { added: 0, removed: 0 });
}

/** A report with its difference from an earlier text, section by section. */
export function DiffView({ before, after }: { before: ReportText; after: ReportText }) {
  return (
    <article className={styles.text}>
      <h2><DiffText before={before.title} after={after.title} /></h2>
      {sections.map(({ name, title }) => (
        <section key={name}>
          <h3>{title}</h3>
          <DiffText before={before[name] ?? ''} after={after[name] ?? ''} />
        </section>
      ))}
    </article>
  );
}
