import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';
import { useForwardings } from '@/features/forwardings/api/forwardings';
import { ForwardingsPanel } from '@/features/forwardings/components/ForwardingsPanel';
import { useReviews } from '@/features/reviews/api/reviews';
import { ReviewsPanel } from '@/features/reviews/components/ReviewsPanel';
import { useMe } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { Loaded } from '@/ui/plain/states';
import { isAuthor } from '../api/form';
import { useReport, useVersions } from '../api/report';
import { ReportDialogs } from './ReportDialogs';
import { ReportHead } from './ReportHead';
import { ReportSide } from './ReportSide';
import { TextPanes } from './TextPanes';
import { useReportActions } from './useReportActions';
import styles from './report.module.css';

const OriginalsPanel = lazy(() => import('@/features/forwardings/components/OriginalsPanel'));
const ExchangesPanel = lazy(() => import('@/features/exchanges/components/ExchangesPanel'));
const HandlingPanel = lazy(() => import('@/features/handling/components/HandlingPanel'));
const ChecksPanel = lazy(() => import('@/features/checks/components/ChecksPanel'));
const FeedbackPanel = lazy(() => import('@/features/feedback/components/FeedbackPanel'));

/** One report: what it says, where it is, and what may be done with it. */
export default function ReportPage() {
  const { id = '' } = useParams();
  const report = useReport(id);
  return <Loaded query={report}>{(data) => <Content report={data} />}</Loaded>;
}

function Content({ report }: { report: Report }) {
  const me = useMe();
  const versions = useVersions(report.id);
  const reviews = useReviews(report.id);
  const forwardings = useForwardings(report.id);
  const { act, busy, dialog, close } = useReportActions(report);
  const author = isAuthor(report, me.membership.id);
  const running = reviews.data?.find((review) => review.turn);
  return (
    <>
      <ReportHead report={report} author={author} busy={busy} onAct={act} />
      <div className={styles.layout}>
        <div className={styles.main}>
          <Loaded query={versions}>{(all) => <TextPanes report={report} versions={all} />}</Loaded>
          {report.origin && <Suspense><OriginalsPanel report={report} /></Suspense>}
          <Suspense><ExchangesPanel report={report} /></Suspense>
          <ReviewsPanel report={report} reviews={reviews.data ?? []} />
          <Suspense><ChecksPanel report={report} /></Suspense>
          <Suspense><HandlingPanel report={report} /></Suspense>
          <ForwardingsPanel forwardings={forwardings.data ?? []} outcomes={report.outcomes ?? []} mayRecall={report.can?.includes('recall') ?? false} />
          <Suspense><FeedbackPanel report={report} author={author} /></Suspense>
        </div>
        <ReportSide report={report} />
      </div>
      <ReportDialogs report={report} review={running} dialog={dialog} onClose={close} />
    </>
  );
}
