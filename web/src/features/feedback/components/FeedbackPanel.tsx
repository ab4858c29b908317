import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { ago, day } from '@/lib/format';
import { useMay } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useDownload } from '@/ui/useDownload';
import { useFeedback, type FeedbackSheet } from '../api/feedback';
import { useSeen } from '../api/seen';
import styles from './feedback.module.css';
import { wayText } from './words';

const RecordDialog = lazy(() => import('./RecordDialog'));
const Certificates = lazy(() => import('./CertificatesPart'));

/** 反馈记录 of a report: what its author heard of what became of it, and when. */
export default function FeedbackPanel({ report, author }: { report: Report; author: boolean }) {
  const reads = useMay('feedback:read') && report.state !== 'draft';
  useSeen(report.id, reads && author);
  const sheet = useFeedback(report.id, reads);
  if (!reads) return null;
  return <Panel flush title="反馈记录"><Loaded query={sheet}>{(data) => <Content report={report} sheet={data} />}</Loaded></Panel>;
}

function Content({ report, sheet }: { report: Report; sheet: FeedbackSheet }) {
  const [recording, setRecording] = useState(false);
  const papers = useDownload();
  const may = (what: FeedbackSheet['can'][number]) => sheet.can.includes(what);
  return (
    <>
      <div className={styles.sub}>
        <h3>{sheet.untold === undefined ? '告知情况' : <span className={styles.late}>{sheet.untold === 0 ? '今天有结果，尚未告知作者' : `已 ${sheet.untold} 天未告知作者`}</span>}</h3>
        <div className={styles.buttons}>
          {may('record') && <Button size="small" onClick={() => setRecording(true)}>登记反馈</Button>}
          {may('letter') && <Button size="small" loading={papers.busy} onClick={() => void papers.fetch(`/reports/${report.id}/papers/letter`)}>反馈函</Button>}
          {may('thanks') && <Button size="small" loading={papers.busy} onClick={() => void papers.fetch(`/reports/${report.id}/papers/thanks`)}>感谢信</Button>}
        </div>
      </div>
      {sheet.outcomes.length + sheet.records.length === 0 && <p className={styles.none}>还没有处理结果，也没有反馈记录。</p>}
      {sheet.outcomes.map((one) => (
        <div key={one.event} className={styles.row}>
          <div className={styles.head}>
            <b>{one.words}</b>
            <StatusTag>{one.told_at ? (one.days === 0 ? '当天告知' : `${one.days} 天后告知`) : '未告知'}</StatusTag>
            <time dateTime={one.occurred_at}>{day(one.occurred_at)}</time>
          </div>
        </div>
      ))}
      {sheet.records.map((one) => (
        <div key={one.id} className={styles.row}>
          <div className={styles.head}>
            <span>{one.reached}{one.recorder ? '：' : ' '}{wayText[one.way]}</span>
            <span className={styles.quiet}>{one.recorder ? `${one.recorder}登记` : '系统自动记录'}</span>
            <time dateTime={one.reached_at}>{one.recorder ? day(one.reached_at) : ago(one.reached_at)}</time>
          </div>
          {one.words && <p className={styles.said}>{one.words}</p>}
        </div>
      ))}
      <Suspense>
        {may('certificate') && <Certificates report={report.id} outcomes={sheet.outcomes} />}
        {recording && <RecordDialog report={report} onClose={() => setRecording(false)} />}
      </Suspense>
    </>
  );
}
