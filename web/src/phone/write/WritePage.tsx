import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useReport } from '@/features/reports/api/report';
import { useMe } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { Loaded, PageSkeleton } from '@/ui/plain/states';
import { Page } from '../frame/Page';
import { Redirect } from '../frame/router';
import { keptDraft, NEW } from './keptDraft';
import { Writer } from './Writer';

/** Asked once a visit of the page: what is written afterwards is in the form. */
function useKept(id?: string) {
  const me = useMe();
  const owner = { tenant: me.tenant.code, person: me.person.id };
  const kept = useQuery({
    queryKey: ['', 'kept', owner.tenant, owner.person, id ?? NEW],
    queryFn: () => keptDraft(owner, id),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    networkMode: 'always',
  });
  return { owner, kept };
}

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
  if (!report.can?.includes('submit')) return <Redirect to={`/t/${owner.tenant}/reports/${report.id}`} />;
  if (!kept.data) return <PageSkeleton />;
  return <Writer owner={owner} id={report.id} report={report} local={kept.data.local} />;
}
