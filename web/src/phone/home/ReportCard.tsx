import { day } from '@/lib/format';
import { levels, levelText, urgencyText } from '@/lib/texts';
import { useTenantCode } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { ReportStatus, StatusTag } from '@/ui/plain/StatusTag';
import { Even } from '../frame/Page';
import { Link } from '../frame/router';
import styles from './home.module.css';

/** The highest level that adopted a report, in words. */
function highest(report: Report): string {
  const found = (report.outcomes ?? []).filter((outcome) => outcome.kind === 'adopted').map((outcome) => levels.indexOf(outcome.level));
  const level = levels[Math.max(-1, ...found)];
  return level ? levelText[level] : '';
}

interface Props {
  report: Report;
  /** In the author's words. */
  author?: boolean;
  /** Where it leads, when not to the report. */
  to?: string;
}

/** A report in a list: title, state, adoptions. */
export function ReportCard({ report, author, to }: Props) {
  const tenant = useTenantCode();
  const writing = author && report.state === 'draft';
  const times = report.adoptions?.times ?? 0;
  const from = author ? '' : (report.origin?.name ?? report.author?.name ?? '');
  return (
    <Link to={to ?? `/t/${tenant}/reports/${report.id}${writing ? '/edit' : ''}`} className={styles.report}>
      <strong>{report.title || '（未填标题）'}</strong>
      <Even>
        <span className={styles.tags}>
          <ReportStatus state={report.state} author={author} />
          {report.urgency !== 'normal' && <StatusTag tone="risk" bare>{urgencyText[report.urgency]}</StatusTag>}
          {times > 0 && <StatusTag tone="ok" bare>采用 {report.adoptions!.reports} 篇 {times} 篇次 · 最高{highest(report)}</StatusTag>}
        </span>
      </Even>
      <span className={styles.when}>{[from, day(report.submitted_at ?? report.updated_at)].filter(Boolean).join(' · ')}</span>
    </Link>
  );
}
