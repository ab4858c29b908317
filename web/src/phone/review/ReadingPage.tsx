import { useState } from 'react';
import { useReport } from '@/features/reports/api/report';
import { useReviews } from '@/features/reviews/api/reviews';
import { time } from '@/lib/format';
import { useTenantCode } from '@/lib/tenant';
import { classText, label, stepText, urgencyText } from '@/lib/texts';
import type { Report, Review } from '@/lib/types';
import { Button } from '@/ui/plain/Button';
import { ReportText } from '@/ui/plain/ReportText';
import { Loaded } from '@/ui/plain/states';
import { Card, MainLink, Page } from '../frame/Page';
import { go } from '../frame/router';
import { Files } from '../report/Files';
import { DecisionSheet } from './DecisionSheet';
import styles from './review.module.css';
import { lastStep } from './steps';

/** A report to be read in peace, and the two words about it. */
export function ReadingPage({ id }: { id: string }) {
  const report = useReport(id);
  const reviews = useReviews(id);
  if (!report.data) return <Page title="审签"><Loaded query={report}>{() => null}</Loaded></Page>;
  if (!reviews.data) return <Page title="审签"><Loaded query={reviews}>{() => null}</Loaded></Page>;
  const review = reviews.data.find((one) => one.can?.includes('approve'));
  return <Reading report={report.data} review={review} all={reviews.data} />;
}

function Reading({ report, review, all }: { report: Report; review?: Review; all: Review[] }) {
  const tenant = useTenantCode();
  const [act, setAct] = useState<'approve' | 'return'>();
  const decided = (flash: string) => go(`/t/${tenant}/review`, { replace: true, flash });
  const actions = review ? (
    <>
      <Button onClick={() => setAct('return')}>退回</Button>
      <Button main onClick={() => setAct('approve')}>{lastStep(review) ? '签发' : '同意'}</Button>
    </>
  ) : (
    <MainLink to={`/t/${tenant}/reports/${report.id}`}>这篇信息现在不需要您审签，查看详情</MainLink>
  );
  return (
    <Page title="审签" actions={actions}>
      <Card>
        <ReportText text={report} />
        <Files files={report.attachments ?? []} />
        <p className={styles.facts}>
          {[report.origin?.name, report.author?.name, report.category, label(classText, report.class), label(urgencyText, report.urgency)].filter(Boolean).join(' · ')}
        </p>
      </Card>
      {all.length > 0 && <Card title="审签经过"><Steps review={review ?? all[all.length - 1]!} /></Card>}
      {review && act && <DecisionSheet review={review} act={act} onDone={decided} onClose={() => setAct(undefined)} />}
    </Page>
  );
}

/** Each step with its opinion. */
function Steps({ review }: { review: Review }) {
  return (
    <ol className={styles.steps}>
      {review.steps.map((step) => (
        <li key={step.no} className={step.state === 'current' ? styles.current : ''}>
          <div><b>{step.title}</b><span>{label(stepText, step.state)}</span></div>
          {step.opinion && <p>{step.opinion}</p>}
          {step.by && <small>{[step.by, time(step.at)].filter(Boolean).join(' · ')}</small>}
        </li>
      ))}
    </ol>
  );
}
