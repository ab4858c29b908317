import { App, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { faultsOf, Field, FormFault } from '@/ui/Field';
import { useCancelAssignment, useClose, type Assignment, type Closing } from '../api/assignments';
import { classText, verdictText } from '../api/words';
import styles from './handling.module.css';

/** Ends a matter with its result. */
export function CloseDialog({ assignment, onClose }: { assignment: Assignment; onClose: () => void }) {
  const { message } = App.useApp();
  const [result, setResult] = useState<Closing['result']>();
  const [feedback, setFeedback] = useState('');
  const [note, setNote] = useState('');
  const close = useClose();
  const faults = faultsOf(close.error);
  const submit = () =>
    result && close.mutate({ id: assignment.id, result, feedback: feedback.trim(), note: note.trim() || undefined }, {
      onSuccess: () => {
        void message.success('已办结，反映人已收到结果');
        onClose();
      },
    });
  return (
    <Modal open width={640} title="办结" okText="办结" okButtonProps={{ loading: close.isPending, disabled: !result || !feedback.trim() }} onOk={submit} onCancel={onClose}>
      <div className={styles.form}>
        <p className={styles.hint}>{assignment.voices.length ? `反映人评价：${assignment.voices.map((one) => verdictText[one.verdict]).join('、')}` : '反映人还没有评价。'}</p>
        <fieldset className={styles.group}>
          <legend>办理结果</legend>
          <Radio.Group aria-label="办理结果" value={result} onChange={(event) => setResult(event.target.value)} options={(['A', 'B', 'C'] as const).map((value) => ({ value, label: classText[value] }))} />
          {faults.result && <span className={styles.fault}>{faults.result}</span>}
        </fieldset>
        <Field label="公众反馈" fault={faults.feedback} hint="反映人和来稿单位会看到">
          <Input.TextArea value={feedback} rows={4} maxLength={3000} showCount onChange={(event) => setFeedback(event.target.value)} />
        </Field>
        <Field label="备注（可不填，仅本单位可见）" fault={faults.note}><Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} /></Field>
      </div>
      <FormFault error={close.error} />
    </Modal>
  );
}

/** Takes an assignment back. */
export function CancelDialog({ assignment, onClose }: { assignment: Assignment; onClose: () => void }) {
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const cancel = useCancelAssignment();
  const submit = () =>
    cancel.mutate({ id: assignment.id, reason: reason.trim() }, {
      onSuccess: () => {
        void message.success('已撤销');
        onClose();
      },
    });
  return (
    <Modal open title="撤销交办" okText="撤销交办" okButtonProps={{ loading: cancel.isPending, disabled: !reason.trim() }} onOk={submit} onCancel={onClose}>
      <div className={styles.form}>
        <Field label="理由" fault={faultsOf(cancel.error).reason}><Input.TextArea autoFocus value={reason} rows={2} maxLength={500} onChange={(event) => setReason(event.target.value)} /></Field>
      </div>
      <FormFault error={cancel.error} />
    </Modal>
  );
}
