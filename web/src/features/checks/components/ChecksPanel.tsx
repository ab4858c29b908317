import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { ConsultationsPart } from '@/features/consultations/components/ConsultationsPart';
import { useMay } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import { useChecks, useProof, type Check, type CheckSheet } from '../api/checks';
import { CheckRow, Needs, ProofRows } from './CheckRows';
import styles from './checks.module.css';

const RecordDialog = lazy(() => import('./CheckDialog').then((part) => ({ default: part.RecordDialog })));
const AnswerDialog = lazy(() => import('./CheckDialog').then((part) => ({ default: part.AnswerDialog })));
const AskDialog = lazy(() => import('./AskDialog').then((part) => ({ default: part.AskDialog })));
const CancelDialog = lazy(() => import('./CancelDialog').then((part) => ({ default: part.CancelDialog })));
const ProofDialog = lazy(() => import('./ProofDialog').then((part) => ({ default: part.ProofDialog })));

type Open = { what: 'record' | 'ask' | 'proof' } | { what: 'answer' | 'cancel'; check: Check };

/** 核实与会商 of a report: what is asked for, what was checked, and what may be done. */
export default function ChecksPanel({ report }: { report: Report }) {
  const reads = useMay('check:read') && report.state !== 'draft';
  const sheet = useChecks(report.id);
  if (!reads) return null;
  return (
    <Panel flush title="核实与会商">
      <Loaded query={sheet}>{(data) => <Content report={report.id} version={report.version} category={report.category} sheet={data} />}</Loaded>
    </Panel>
  );
}

function Content({ report, version, category, sheet }: { report: string; version: number; category?: string; sheet: CheckSheet }) {
  const [open, setOpen] = useState<Open>();
  const proof = useProof(report);
  const proofs = proof.data?.proofs ?? [];
  const close = () => setOpen(undefined);
  return (
    <>
      <Needs needs={sheet.needs} />
      <div className={styles.sub}>
        <h3>核实与校对</h3>
        <div className={styles.buttons}>
          {sheet.can.includes('record') && <Button size="small" onClick={() => setOpen({ what: 'record' })}>登记核实</Button>}
          {sheet.can.includes('ask') && <Button size="small" onClick={() => setOpen({ what: 'ask' })}>请人核实</Button>}
          {sheet.can.includes('proofread') && <Button size="small" onClick={() => setOpen({ what: 'proof' })}>校对</Button>}
        </div>
      </div>
      {sheet.checks.length + proofs.length === 0 && <p className={styles.none}>还没有核实和校对记录。</p>}
      {sheet.checks.map((check) => (
        <CheckRow
          key={check.id}
          check={check}
          actions={check.can.length > 0 && (
            <div className={styles.buttons}>
              {check.can.includes('answer') && <Button size="small" type="primary" onClick={() => setOpen({ what: 'answer', check })}>{check.department ? '录入答复' : '答复'}</Button>}
              {check.can.includes('cancel') && <Button size="small" onClick={() => setOpen({ what: 'cancel', check })}>撤销</Button>}
            </div>
          )}
        />
      ))}
      <ProofRows proofs={proofs} />
      <ConsultationsPart report={report} category={category} />
      <Suspense>
        {open?.what === 'record' && <RecordDialog report={report} version={version} onClose={close} />}
        {open?.what === 'ask' && <AskDialog report={report} onClose={close} />}
        {open?.what === 'proof' && <ProofDialog report={report} onClose={close} />}
        {open?.what === 'answer' && <AnswerDialog check={open.check} onClose={close} />}
        {open?.what === 'cancel' && <CancelDialog check={open.check} onClose={close} />}
      </Suspense>
    </>
  );
}
