import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Attachments } from '@/features/attachments/components/Attachments';
import { isAuthor } from '@/features/reports/api/form';
import { time } from '@/lib/format';
import { useMay, useMe } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useAssignments, type ActName, type Assignment, type Part } from '../api/assignments';
import { useInstructions, type Instruction } from '../api/instructions';
import { becameOf } from '../api/satisfactions';
import { dateText, instructedText } from '../api/words';
import { AssignmentRow } from './AssignmentRow';
import { BecamePart } from './BecamePart';
import styles from './handling.module.css';

const InstructionDialog = lazy(() => import('./InstructionDialog'));
const AssignDialog = lazy(() => import('./AssignDialog'));
const ActDialog = lazy(() => import('./ActDialog'));
const CloseDialog = lazy(() => import('./EndDialogs').then((part) => ({ default: part.CloseDialog })));
const CancelDialog = lazy(() => import('./EndDialogs').then((part) => ({ default: part.CancelDialog })));

type Open =
  | { what: 'record' | 'assign' }
  | { what: 'correct'; instruction: Instruction }
  | { what: 'act'; part: Part; act: ActName }
  | { what: 'close' | 'cancel'; assignment: Assignment };

/** 批示与办理 of a report: what leaders wrote, who handles the matter, and what came of it. */
export default function HandlingPanel({ report }: { report: Report }) {
  const me = useMe();
  const supervises = useMay('assignment:read');
  const submitted = report.state !== 'draft' && report.state !== 'submitted';
  const instructions = useInstructions(report.id, submitted);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const author = isAuthor(report, me.membership.id);
  const told = becameOf(report.outcomes).filter((one) => one.tenant !== me.tenant.code || author || !supervises);
  const can = (name: string) => report.can.includes(name);
  if (!submitted || (!supervises && !told.length)) return null;
  return (
    <Panel
      flush
      title="批示与办理"
      extra={
        <div className={styles.buttons}>
          {can('instruct') && <Button size="small" onClick={() => setOpen({ what: 'record' })}>登记批示</Button>}
          {can('assign') && <Button size="small" type="primary" ghost onClick={() => setOpen({ what: 'assign' })}>交办</Button>}
        </div>
      }
    >
      {supervises && (
        <Loaded query={instructions}>
          {(all) => <Instructions all={all} empty={!told.length} onCorrect={(instruction) => setOpen({ what: 'correct', instruction })} />}
        </Loaded>
      )}
      {told.length > 0 && <BecamePart report={report} told={told} author={author} />}
      <Handling report={report} onOpen={setOpen} />
      <Suspense>
        {open?.what === 'record' && <InstructionDialog report={report.id} onClose={close} />}
        {open?.what === 'correct' && <InstructionDialog report={report.id} corrects={open.instruction} onClose={close} />}
        {open?.what === 'assign' && <AssignDialog report={report.id} instructions={(instructions.data ?? []).filter((one) => one.state === 'standing')} onClose={close} />}
        {open?.what === 'act' && <ActDialog part={open.part} act={open.act} onClose={close} />}
        {open?.what === 'close' && <CloseDialog assignment={open.assignment} onClose={close} />}
        {open?.what === 'cancel' && <CancelDialog assignment={open.assignment} onClose={close} />}
      </Suspense>
    </Panel>
  );
}

function Instructions({ all, empty, onCorrect }: { all: Instruction[]; empty: boolean; onCorrect: (one: Instruction) => void }) {
  if (!all.length) return empty ? <p className={styles.none}>还没有领导批示。</p> : null;
  return (
    <>
      {all.map((one) => (
        <div key={one.id} className={`${styles.row} ${one.state === 'standing' ? '' : styles.gone}`}>
          <div className={styles.rowHead}>
            <b>{one.state === 'withdrawal' ? '撤销登记' : instructedText[one.level]}</b>
            {one.leader && <span>{one.leader}{one.leader_title && `（${one.leader_title}）`}</span>}
            {one.state === 'corrected' && <StatusTag tone="quiet">已更正</StatusTag>}
            {one.corrects && <StatusTag tone="warn">更正登记</StatusTag>}
            {one.released && one.state === 'standing' && <StatusTag tone="ok">内容已公开</StatusTag>}
            <time dateTime={one.given_on}>{dateText(one.given_on)}</time>
          </div>
          {one.state !== 'withdrawal' && one.body && <p className={styles.said}>{one.body}</p>}
          {one.reason && <p className={styles.quiet}>更正理由：{one.reason}</p>}
          {one.confidential && !one.body && <p className={styles.quiet}>批示内容按权限查看。</p>}
          {one.attachments.length > 0 && <Attachments attachments={one.attachments} />}
          {one.recorder && <p className={styles.quiet}>{one.recorder} 登记于 {time(one.recorded_at)}</p>}
          {one.can.includes('correct') && <div className={styles.buttons}><Button size="small" onClick={() => onCorrect(one)}>更正</Button></div>}
        </div>
      ))}
    </>
  );
}

function Handling({ report, onOpen }: { report: Report; onOpen: (open: Open) => void }) {
  const may = useMay('assignment:read');
  const assignments = useAssignments(report.id);
  if (!may) return null;
  return (
    <Loaded query={assignments}>
      {(all) => (
        <>
          {all.map((one) => (
            <AssignmentRow
              key={one.id}
              assignment={one}
              onAct={(part, act) => onOpen({ what: 'act', part, act })}
              onEnd={(what) => onOpen({ what, assignment: one })}
            />
          ))}
        </>
      )}
    </Loaded>
  );
}
