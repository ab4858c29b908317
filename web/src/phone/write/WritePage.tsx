import { useEffect } from 'react';
import { useReport } from '@/features/reports/api/report';
import { useKept } from '@/features/reports/api/useKept';
import type { Report } from '@/lib/types';
import { Loaded, PageSkeleton } from '@/ui/plain/states';
import { Page } from '../frame/Page';
import { Redirect } from '../frame/router';
import { Writer } from './Writer';

/** A new report, or the one begun last on this device. */
export function NewPage() {
  const { owner, kept } = useKept();
  if (!kept.data) return <PageSkeleton />;
  return <Writer owner={owner} id={kept.data.id} local={kept.data.local} />;
}

/** A draft, or a report that came back. */
export function EditPage({ id }: { id: string }) {
  const report = useReport(id);
  // What was fetched before this visit may be older than what the server has; without a connection it has to do.
  const { refetch } = report;
  useEffect(() => void refetch(), [refetch]);
  const fresh = report.isFetchedAfterMount || report.fetchStatus === 'paused';
  if (!report.data || !fresh) return <Page title="修改信息"><Loaded query={{ ...report, data: undefined }}>{() => null}</Loaded></Page>;
  return <Edit report={report.data} />;
}

function Edit({ report }: { report: Report }) {
  const { owner, kept } = useKept(report.id);
  if (!report.can?.includes('edit') || (report.state !== 'draft' && report.state !== 'returned')) return <Redirect to={`/t/${owner.tenant}/reports/${report.id}`} />;
  if (!kept.data) return <PageSkeleton />;
  return <Writer owner={owner} id={report.id} report={report} local={kept.data.local} />;
}
