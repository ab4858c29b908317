import { formText, label, levelText, levels, outcomeText } from '@/lib/texts';
import type { Level, Outcome, Report } from '@/lib/types';
import styles from './report.module.css';

/** What became of a report is no station of its way up: 0 stands for that. */
const weight: Record<Outcome['kind'], number> = { adopted: 6, forwarded: 5, kept: 4, declined: 3, returned: 2, taken_up: 1, instructed: 0, handling: 0, answered: 0, handled: 0 };

/** The weightiest thing that happened at each level. */
export function bestByLevel(outcomes: Outcome[]): Partial<Record<Level, Outcome>> {
  const best: Partial<Record<Level, Outcome>> = {};
  for (const outcome of outcomes) {
    const known = best[outcome.level];
    if (!weight[outcome.kind]) continue;
    if (!known || weight[outcome.kind] > weight[known.kind]) best[outcome.level] = outcome;
  }
  return best;
}

/** 一个稿件一条线: how far up a report has come. */
export function WayStrip({ report, home }: { report: Report; home: Level }) {
  const best = bestByLevel(report.outcomes ?? []);
  return (
    <ol className={styles.way} aria-label="稿件走到了哪里">
      {levels.map((level) => {
        const outcome = best[level];
        const here = level === home;
        const sender = report.origin?.level === level ? report.origin : undefined;
        const first = outcome?.kind === 'forwarded' && here && !report.origin; // 报送 where it began, 转报 above
        const what = first ? '报送' : outcome ? (outcome.form ? label(formText, outcome.form) : label(outcomeText, outcome.kind)) : sender ? '报送' : here ? '本级办理' : '—';
        const name = outcome?.name ?? sender?.name;
        return (
          <li key={level} className={`${styles.stop} ${name || here ? styles.reached : ''}`}>
            <b>{levelText[level]}</b>
            {name ? `${name} · ${what}` : what}
          </li>
        );
      })}
    </ol>
  );
}
