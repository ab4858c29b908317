import { Button, Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCheckTasks, useInvitedText, type Check } from '@/features/checks/api/checks';
import { CheckRow } from '@/features/checks/components/CheckRows';
import { PageHead, Panel } from '@/ui/Page';
import { ReportText } from '@/ui/plain/ReportText';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { useOpinionTasks, type Opinion, type Sheet } from '../api/consultations';
import { waitingChecks, waitingSheets } from '../api/waiting';
import styles from './consultations.module.css';
import { SheetView } from './SheetView';

const AnswerDialog = lazy(() => import('@/features/checks/components/CheckDialog').then((part) => ({ default: part.AnswerDialog })));
const OpinionDialog = lazy(() => import('./OpinionDialog').then((part) => ({ default: part.OpinionDialog })));

type Open = { check: Check } | { sheet: Sheet; opinion: Opinion };

/** 我的会商: what the person, or the person's unit, was asked to check or to give an opinion on. */
export default function TasksPage() {
  const checks = useCheckTasks();
  const sheets = useOpinionTasks();
  const [shown, setShown] = useState<'waiting' | 'all'>('waiting');
  const [open, setOpen] = useState<Open>();
  const pick = <T,>(all: T[], waiting: (all: T[]) => T[]) => (shown === 'all' ? all : waiting(all));
  return (
    <>
      <PageHead title="我的会商" hint="请您或您所在机构核实、提意见的信息">
        <Segmented<'waiting' | 'all'> value={shown} onChange={setShown} options={[{ label: '待办', value: 'waiting' }, { label: '全部', value: 'all' }]} />
      </PageHead>
      <Panel flush>
        <Loaded query={checks}>
          {(allChecks) => (
            <Loaded query={sheets}>
              {(allSheets) => {
                const [some, others] = [pick(allChecks, waitingChecks), pick(allSheets, waitingSheets)];
                if (!some.length && !others.length) return <EmptyState title={shown === 'all' ? '还没有请您核实或会商的信息' : '没有待办'} hint="有人请您核实或提意见时，会有消息提醒。" />;
                return (
                  <>
                    {some.map((check) => (
                      <Task key={check.id} report={check.report_id} title={check.report_title} readable={check.state === 'asked'}>
                        <CheckRow check={check} actions={check.can.includes('answer') && <div><Button type="primary" onClick={() => setOpen({ check })}>答复</Button></div>} />
                      </Task>
                    ))}
                    {others.map((sheet) => (
                      <Task key={sheet.id} report={sheet.report_id} title={sheet.report_title} readable={sheet.state === 'open'}>
                        <SheetView sheet={sheet} lineActions={(opinion) => opinion.can.includes('answer') && <Button type="primary" onClick={() => setOpen({ sheet, opinion })}>提意见</Button>} />
                      </Task>
                    ))}
                  </>
                );
              }}
            </Loaded>
          )}
        </Loaded>
      </Panel>
      <Suspense>
        {open && 'check' in open && <AnswerDialog check={open.check} onClose={() => setOpen(undefined)} />}
        {open && 'sheet' in open && <OpinionDialog sheet={open.sheet} opinion={open.opinion} onClose={() => setOpen(undefined)} />}
      </Suspense>
    </>
  );
}

/** One request, with the text it is about when it is asked for. */
function Task({ report, title, readable, children }: { report: string; title: string; readable: boolean; children: React.ReactNode }) {
  const [reading, setReading] = useState(false);
  const text = useInvitedText(report, reading);
  return (
    <section className={styles.task} aria-label={title}>
      <div className={styles.head}>
        <h3>{title}</h3>
        {readable && <Button size="small" aria-expanded={reading} onClick={() => setReading(!reading)}>{reading ? '收起正文' : '阅读正文'}</Button>}
      </div>
      {reading && <div className={styles.text}><Loaded query={text}>{(data) => <ReportText text={data} untitled />}</Loaded></div>}
      {children}
    </section>
  );
}
