import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useReports } from '@/features/reports/api/lists';
import { useReport } from '@/features/reports/api/report';
import { allowed, type ActionName } from '@/features/reports/components/actions';
import { Attachments } from '@/features/attachments/components/Attachments';
import { fromSentence, Marks } from '@/features/reports/components/marks';
import { ReportDialogs } from '@/features/reports/components/ReportDialogs';
import { useReportActions } from '@/features/reports/components/useReportActions';
import { DuplicatePanel } from '@/features/similarity/components/DuplicatePanel';
import { day } from '@/lib/format';
import { useShortcuts } from '@/lib/shortcuts';
import { useMe } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { PageHead, Panel } from '@/ui/Page';
import { ReportText } from '@/ui/plain/ReportText';
import { EmptyState, Loaded } from '@/ui/plain/states';
import ScreeningPanel from './ScreeningPanel';
import styles from './quality.module.css';

/** The inbox one by one, what is most pressing first: each decision opens the next. */
export default function TriagePage() {
  const queue = useReports('inbox', { order: 'priority' });
  // Whatever was opened here stays until it is decided: taken up, it is no longer in the inbox.
  const [open, setOpen] = useState<string>();
  const [passed, setPassed] = useState<string[]>([]);
  const waiting = (queue.data?.pages.flatMap((page) => page.items) ?? []).filter((one) => !passed.includes(one.id));
  const id = open ?? waiting[0]?.id;
  const next = () => {
    if (id) setPassed([...passed, id]);
    setOpen(undefined);
    if (waiting.length < 3 && queue.hasNextPage) void queue.fetchNextPage();
  };
  return (
    <>
      <PageHead title="逐篇初筛" hint={`按紧急程度、标记和分数排列，每作出一个决定就打开下一篇${waiting.length ? `；待筛 ${waiting.length}${queue.hasNextPage ? '+' : ''} 篇` : ''}`} />
      <Loaded query={queue}>
        {() => (id
          ? <One key={id} id={id} onOpen={() => setOpen(id)} onNext={next} />
          : <Panel><EmptyState title="没有待初筛的来稿" hint={passed.length ? `本次已看 ${passed.length} 篇。` : '新的来稿会自动出现在这里，不用刷新。'} /></Panel>)}
      </Loaded>
    </>
  );
}

function One({ id, onOpen, onNext }: { id: string; onOpen: () => void; onNext: () => void }) {
  const report = useReport(id);
  return <Loaded query={report}>{(data) => <Content report={data} onOpen={onOpen} onNext={onNext} />}</Loaded>;
}

// What ends the matter, or sends it back: then the next one opens.
const decisions: ActionName[] = ['return', 'keep', 'decline'];

function Content({ report, onOpen, onNext }: { report: Report; onOpen: () => void; onNext: () => void }) {
  const { tenant } = useMe();
  const { act, busy, dialog, close } = useReportActions(report);
  const decided = () => {
    close();
    onNext();
  };
  useShortcuts({ j: onNext }, !dialog);
  const from = fromSentence(report);
  return (
    <div className={styles.triage}>
      <Panel flush>
        <div className={styles.triageHead}>
          <Marks report={report} />
          <span>{[from.main, from.side, report.category, day(report.submitted_at)].filter(Boolean).join(' · ')}</span>
          <Link to={`/t/${tenant.code}/reports/${report.id}`}>打开全文页</Link>
        </div>
        <div className={styles.triageText} tabIndex={0} role="region" aria-label="稿件正文">
          <ReportText text={report} />
          {report.evidence && <p className={styles.evidence}><b>数据与来源</b>　{report.evidence}</p>}
          {report.attachments.length > 0 && <Attachments attachments={report.attachments} />}
        </div>
        <div className={styles.triageActs}>
          {allowed(report.can).filter((action) => action.name === 'take_up' || decisions.includes(action.name)).map((action) => (
            <Button
              key={action.name}
              disabled={busy}
              onClick={() => {
                onOpen();
                act(action.name);
              }}
            >
              {action.text}
            </Button>
          ))}
          <i />
          <Button type={report.score === undefined ? 'default' : 'primary'} onClick={onNext}>{report.state === 'submitted' ? '先放一放，看下一篇（J）' : '留待编辑，看下一篇（J）'}</Button>
        </div>
      </Panel>
      <div className={styles.triageSide}>
        <ScreeningPanel report={report} onSave={onOpen} />
        <DuplicatePanel id={report.id} />
      </div>
      <ReportDialogs report={report} dialog={dialog} onClose={close} onDone={decided} />
    </div>
  );
}
