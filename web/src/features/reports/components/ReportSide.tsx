import { lazy, Suspense } from 'react';
import { SourcesPanel } from '@/features/clues/components/SourcesPanel';
import { ProposalPanel } from '@/features/proposals/components/ProposalPanel';
import type { Report } from '@/lib/types';
import { DuplicatePanel } from '@/features/similarity/components/DuplicatePanel';
import { Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { Timeline } from '@/ui/plain/Timeline';
import { useTimeline } from '../api/report';
import { SharesPanel } from './SharesPanel';
import { Attachments } from '@/features/attachments/components/Attachments';
import styles from './report.module.css';

const HandoverPanel = lazy(() => import('./HandoverPanel'));
const LinksPanel = lazy(() => import('./LinksPanel'));
const ScreeningPanel = lazy(() => import('@/features/quality/components/ScreeningPanel'));

/** Beside the text: the whole way, the files, the sources of a combined report. */
export function ReportSide({ report }: { report: Report }) {
  const timeline = useTimeline(report.id);
  return (
    <aside className={styles.side} tabIndex={0} aria-label="附件与全程">
      <Suspense><HandoverPanel report={report} /></Suspense>
      {report.attachments && report.attachments.length > 0 && (
        <Panel title={`附件（${report.attachments.length}）`}><Attachments attachments={report.attachments} /></Panel>
      )}
      <SharesPanel report={report} />
      {report.evidence && <Panel title="数据与来源"><p className={styles.evidence}>{report.evidence}</p></Panel>}
      {report.can.includes('screen') && <Suspense><ScreeningPanel report={report} /></Suspense>}
      <Suspense><LinksPanel report={report} /></Suspense>
      <SourcesPanel report={report.id} />
      <ProposalPanel report={report} />
      {report.state !== 'draft' && <DuplicatePanel id={report.id} />}
      <Panel title="全程">
        <Loaded query={timeline}>
          {(entries) => (entries.length ? <Timeline entries={entries} narrow /> : <EmptyState title="还没有动态" hint="提交后，每一步都会记在这里。" />)}
        </Loaded>
      </Panel>
    </aside>
  );
}
