import { lazy, Suspense } from 'react';
import { useSeen } from '@/features/feedback/api/seen';
import { useReportStep } from '@/features/reports/api/actions';
import { isAuthor } from '@/features/reports/api/form';
import { useReport, useTimeline } from '@/features/reports/api/report';
import { sentence } from '@/lib/errors';
import { day } from '@/lib/format';
import { useMe } from '@/lib/tenant';
import { classText, label, levelText, formText, urgencyText } from '@/lib/texts';
import type { Report } from '@/lib/types';
import { Button } from '@/ui/plain/Button';
import { ReportText } from '@/ui/plain/ReportText';
import { Loaded } from '@/ui/plain/states';
import { ReportStatus } from '@/ui/plain/StatusTag';
import { Card, Even, Page } from '../frame/Page';
import { go } from '../frame/router';
import { Files } from './Files';
import styles from './report.module.css';
import { returnReason } from './returned';
import { Way } from './Way';

const Offers = lazy(() => import('./Offers'));
const Became = lazy(() => import('./Became'));
const Talk = lazy(() => import('./Talk'));

/** One report: where it stands, its way, its text, and what its author can do now. */
export function ReportPage({ id }: { id: string }) {
  const report = useReport(id);
  if (!report.data) return <Page title="信息"><Loaded query={report}>{() => null}</Loaded></Page>;
  return <Shown report={report.data} />;
}

function Shown({ report }: { report: Report }) {
  const me = useMe();
  const author = isAuthor(report, me.membership.id);
  useSeen(report.id, author && report.state !== 'draft');
  const timeline = useTimeline(report.id);
  const step = useReportStep();
  const reason = author && report.state === 'returned' ? returnReason(timeline.data ?? []) : undefined;
  return (
    <Page title="信息" aside={<Even><ReportStatus state={report.state} author={author} /></Even>} actions={<Actions report={report} author={author} step={step} />}>
      {step.error && <p className={styles.fault} role="alert">{sentence(step.error)}</p>}
      {author && report.state === 'returned' && (
        <section className={styles.returned} aria-label="退回意见">
          <h2>退回修改</h2>
          <p>{reason ?? '请按本单位的意见修改后重新提交。'}</p>
        </section>
      )}
      {(report.state === 'draft' || report.state === 'returned') && <Suspense><Offers report={report.id} /></Suspense>}
      <Card>
        <h2 className={styles.title}>{report.title || '（未填标题）'}</h2>
        <Meta report={report} author={author} />
      </Card>
      <Adopted report={report} />
      <Suspense><Became report={report} author={author} /></Suspense>
      <Suspense><Talk report={report.id} begins={author && report.state !== 'draft'} /></Suspense>
      <Card title="办理经过"><Loaded query={timeline}>{(entries) => <Way entries={entries} />}</Loaded></Card>
      <Card title="正文">
        <ReportText text={report} untitled />
        <Files files={report.attachments ?? []} />
      </Card>
    </Page>
  );
}

function Meta({ report, author }: { report: Report; author: boolean }) {
  const facts: [string, string | undefined][] = [
    ['编号', report.number],
    ['分类', [report.category, report.topic].filter(Boolean).join(' · ')],
    ['类别', `${label(classText, report.class)} · ${label(urgencyText, report.urgency)}`],
    ['来自', report.origin?.name],
    ['反映人', author && !report.co_authors?.length && !report.author?.recorder ? undefined : [report.author?.name, report.author?.title].filter(Boolean).join(' · ')],
    ['合作作者', report.co_authors?.map((one) => `${one.name} ${one.share}%`).join('、')],
    ['代录', report.author?.recorder],
    [report.submitted_at ? '提交' : '撰写', day(report.submitted_at ?? report.created_at)],
  ];
  return (
    <dl className={styles.meta}>
      {facts.filter(([, text]) => text).map(([name, text]) => <div key={name}><dt>{name}</dt><dd>{text}</dd></div>)}
    </dl>
  );
}

/** Who adopted it, in which form. */
function Adopted({ report }: { report: Report }) {
  const all = (report.outcomes ?? []).filter((outcome) => outcome.kind === 'adopted');
  if (!all.length) return null;
  return (
    <section className={styles.adopted} aria-label="采用情况">
      <h2>采用 {report.adoptions?.reports ?? 1} 篇 {report.adoptions?.times ?? all.length} 篇次</h2>
      <ul>
        {all.map((outcome) => (
          <li key={outcome.tenant}>
            <b>{outcome.name}</b>
            <span>{[label(levelText, outcome.level, ''), label(formText, outcome.form, '采用'), day(outcome.occurred_at)].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ActionProps {
  report: Report;
  author: boolean;
  step: ReturnType<typeof useReportStep>;
}

function Actions({ report, author, step }: ActionProps) {
  const { tenant } = useMe();
  const root = `/t/${tenant.code}`;
  const can = (act: string) => report.can?.includes(act);
  if (can('approve')) return <Button main onClick={() => go(`${root}/review/${report.id}`)}>去审签</Button>;
  if (!author) return null;
  if (can('withdraw')) {
    return <Button disabled={step.isPending} onClick={() => step.mutate({ id: report.id, step: 'withdraw' })}>{step.isPending ? '正在撤回…' : '撤回修改'}</Button>;
  }
  if (!can('edit') || (report.state !== 'draft' && report.state !== 'returned')) return null;
  return <Button main onClick={() => go(`${root}/reports/${report.id}/edit`)}>{report.state === 'returned' && can('submit') ? '修改后重新提交' : '继续写'}</Button>;
}
