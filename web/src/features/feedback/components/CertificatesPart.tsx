import { App, Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { day } from '@/lib/format';
import { faultsOf, Field, FormFault } from '@/ui/Field';
import { Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useDownload } from '@/ui/useDownload';
import { useCertificates, useIssueCertificate, useWithdrawCertificate, type Certificate, type FeedbackOutcome } from '../api/feedback';
import styles from './feedback.module.css';

/** 采用证明 on a report: those that were issued, and a new one. */
export default function CertificatesPart({ report, outcomes }: { report: string; outcomes: FeedbackOutcome[] }) {
  const sheet = useCertificates(report);
  const [issuing, setIssuing] = useState(false);
  const [withdrawing, setWithdrawing] = useState<Certificate>();
  const paper = useDownload();
  return (
    <Loaded query={sheet}>
      {(data) => (
        <>
          <div className={styles.sub}>
            <h3>采用证明</h3>
            <div className={styles.buttons}>{data.can.includes('issue') && <Button size="small" onClick={() => setIssuing(true)}>开具采用证明</Button>}</div>
          </div>
          {data.items.length === 0 && <p className={styles.none}>还没有开具采用证明。</p>}
          {data.items.map((one) => (
            <div key={one.id} className={styles.row}>
              <div className={styles.head}>
                <b>{one.person}</b>
                <span>{one.number}</span>
                {one.withdrawn_at && <StatusTag>已撤销</StatusTag>}
                <time dateTime={one.issued_at}>{day(one.issued_at)}</time>
              </div>
              <p className={styles.quiet}>{one.decider}采用，验证码 {one.code}，{one.issuer}开具{one.reason && `；撤销理由：${one.reason}`}</p>
              {!one.withdrawn_at && (
                <div className={styles.buttons}>
                  <Button size="small" loading={paper.busy} onClick={() => void paper.fetch(`/certificates/${one.id}/document`)}>打印证明</Button>
                  <Button size="small" onClick={() => setWithdrawing(one)}>撤销证明</Button>
                </div>
              )}
            </div>
          ))}
          {issuing && <IssueDialog report={report} authors={data.authors} outcomes={outcomes} onClose={() => setIssuing(false)} />}
          {withdrawing && <WithdrawDialog certificate={withdrawing} onClose={() => setWithdrawing(undefined)} />}
        </>
      )}
    </Loaded>
  );
}

function IssueDialog({ report, authors, outcomes, onClose }: { report: string; authors: string[]; outcomes: FeedbackOutcome[]; onClose: () => void }) {
  const { message } = App.useApp();
  const adopted = outcomes.filter((one) => one.kind === 'adopted');
  const [event, setEvent] = useState(adopted.at(-1)?.event ?? '');
  const [person, setPerson] = useState(authors[0] ?? '');
  const issue = useIssueCertificate();
  const faults = faultsOf(issue.error);
  const submit = () =>
    issue.mutate({ report, event, person }, {
      onSuccess: (made) => {
        void message.success(`已开具 ${made.number}`);
        onClose();
      },
    });
  return (
    <Modal open title="开具采用证明" okText="开具" okButtonProps={{ loading: issue.isPending, disabled: !event || !person }} onOk={submit} onCancel={onClose}>
      <div className={styles.form}>
        <Field label="采用情况" fault={faults.event}>
          <Select value={event} onChange={setEvent} options={adopted.map((one) => ({ value: one.event, label: `${day(one.occurred_at)} ${one.words}` }))} />
        </Field>
        <Field label="作者" fault={faults.person}><Select value={person} onChange={setPerson} options={authors.map((name) => ({ value: name, label: name }))} /></Field>
      </div>
      <FormFault error={issue.error} />
    </Modal>
  );
}

function WithdrawDialog({ certificate, onClose }: { certificate: Certificate; onClose: () => void }) {
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const withdraw = useWithdrawCertificate();
  const submit = () =>
    withdraw.mutate({ id: certificate.id, reason: reason.trim() }, {
      onSuccess: () => {
        void message.success('已撤销，核验时将显示无效');
        onClose();
      },
    });
  return (
    <Modal open title={`撤销 ${certificate.number}`} okText="撤销证明" okButtonProps={{ danger: true, loading: withdraw.isPending, disabled: !reason.trim() }} onOk={submit} onCancel={onClose}>
      <div className={styles.form}>
        <Field label="撤销理由" fault={faultsOf(withdraw.error).reason}><Input.TextArea value={reason} rows={3} maxLength={300} onChange={(event) => setReason(event.target.value)} /></Field>
      </div>
      <FormFault error={withdraw.error} />
    </Modal>
  );
}
