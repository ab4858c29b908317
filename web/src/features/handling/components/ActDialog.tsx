import { App, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { AttachmentField } from '@/features/attachments/components/AttachmentField';
import { dateText as dateOf } from '@/lib/format';
import type { Attachment } from '@/lib/types';
import { faultsOf, Field, FormFault } from '@/ui/Field';
import { useAct, type ActName, type Part } from '../api/assignments';
import { actText, dateText } from '../api/words';
import styles from './handling.module.css';

const byHand: ActName[] = ['accept', 'refuse', 'ask_extension', 'reply'];
const noteText: Record<ActName, string> = {
  accept: '说明（可不填）', refuse: '申退的理由', insist: '不同意申退的理由', reassign: '说明（可不填）', ask_extension: '申请延期的理由', grant: '说明（可不填）',
  deny: '不同意延期的理由', reply: '答复内容', pass: '审核意见（可不填）', send_back: '退回的意见',
};
const needsNote: ActName[] = ['refuse', 'insist', 'ask_extension', 'deny', 'reply', 'send_back'];
const daysText: Partial<Record<ActName, string>> = { ask_extension: '申请延长（工作日）', reassign: '新的期限（工作日，不填则不变）', send_back: '重办期限（工作日，不填则不变）' };

/** One step of a department's part: written down for it, or decided by the unit. */
export default function ActDialog({ part, act, onClose }: { part: Part; act: ActName; onClose: () => void }) {
  const { message } = App.useApp();
  const [note, setNote] = useState('');
  const [on, setOn] = useState(dateOf(new Date()));
  const [days, setDays] = useState<number | null>(act === 'ask_extension' ? 5 : null);
  const [department, setDepartment] = useState('');
  const [files, setFiles] = useState<Attachment[]>([]);
  const [busy, setBusy] = useState(false);
  const step = useAct();
  const faults = faultsOf(step.error);
  const hand = byHand.includes(act);
  const missing = (needsNote.includes(act) && !note.trim()) || (act === 'reassign' && !department.trim()) || (act === 'ask_extension' && !days);
  const submit = () =>
    step.mutate({ part: part.id, step: act, note: note.trim() || undefined, on: hand ? on : undefined, days: days ?? undefined, department: department.trim() || undefined, attachments: files.map((file) => file.id) }, {
      onSuccess: () => {
        void message.success(`已${actText[act]}`);
        onClose();
      },
    });
  return (
    <Modal open width={act === 'reply' ? 640 : 520} title={`${part.department}：${actText[act]}`} okText={actText[act]} okButtonProps={{ loading: step.isPending, disabled: busy || missing }} onOk={submit} onCancel={onClose}>
      <div className={styles.form}>
        {hand && <p className={styles.hint}>由本单位人工登记，登记人会注明。</p>}
        {(act === 'grant' || act === 'deny') && <p>申请延至 {dateText(part.asked_due)}</p>}
        {(act === 'pass' || act === 'send_back') && part.answer && <p className={styles.said}>{part.answer}</p>}
        {act === 'reassign' && <Field label="改派给" fault={faults.department}><Input value={department} maxLength={60} placeholder="如：市住房和城乡建设局" onChange={(event) => setDepartment(event.target.value)} /></Field>}
        <Field label={noteText[act]} fault={faults.note}>
          <Input.TextArea value={note} rows={act === 'reply' ? 6 : 3} maxLength={act === 'reply' ? 3000 : 500} showCount onChange={(event) => setNote(event.target.value)} />
        </Field>
        {daysText[act] && <Field label={daysText[act]} fault={faults.days}><InputNumber value={days} min={1} max={250} onChange={setDays} /></Field>}
        {hand && <Field label="日期" fault={faults.on}><Input type="date" value={on} max={dateOf(new Date())} onChange={(event) => setOn(event.target.value)} /></Field>}
        {(act === 'reply' || act === 'refuse' || act === 'ask_extension') && (
          <AttachmentField attachments={files} fault={faults.attachments} onBusy={setBusy} onChange={(update) => setFiles(update)} />
        )}
      </div>
      <FormFault error={step.error} />
    </Modal>
  );
}
