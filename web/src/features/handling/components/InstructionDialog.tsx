import { App, Checkbox, Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { AttachmentField } from '@/features/attachments/components/AttachmentField';
import { dateText as dateOf } from '@/lib/format';
import { levels } from '@/lib/texts';
import type { Attachment, Level } from '@/lib/types';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useCorrectInstruction, useRecordInstruction, type Entry, type Instruction } from '../api/instructions';
import { leaderText } from '../api/words';
import styles from './handling.module.css';

interface Form extends Omit<Entry, 'attachments'> {
  attachments: Attachment[];
}

/** Writes down what a leader wrote, or corrects an entry by another one. */
export default function InstructionDialog({ report, corrects, onClose }: { report: string; corrects?: Instruction; onClose: () => void }) {
  const { message } = App.useApp();
  const [form, setForm] = useState<Form>({
    leader: corrects?.leader ?? '', leader_title: corrects?.leader_title ?? '', level: corrects?.level ?? 'city', given_on: corrects?.given_on ?? dateOf(new Date()),
    body: corrects?.body ?? '', released: corrects?.released ?? false, attachments: [],
  });
  const [how, setHow] = useState<'replace' | 'withdraw'>('replace');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const record = useRecordInstruction();
  const correct = useCorrectInstruction();
  const error = record.error ?? correct.error;
  const faults = faultsOf(error);
  const set = (part: Partial<Form>) => setForm((now) => ({ ...now, ...part }));
  const entry: Entry = { ...form, attachments: form.attachments.map((file) => file.id) };
  const done = (text: string) => ({
    onSuccess: () => {
      void message.success(text);
      onClose();
    },
  });
  const submit = () =>
    corrects
      ? correct.mutate({ id: corrects.id, reason: reason.trim(), entry: how === 'replace' ? entry : undefined }, done('已更正'))
      : record.mutate({ ...entry, report }, done('已登记，作者和来稿单位已收到通知'));
  const missing = corrects ? !reason.trim() : !form.leader.trim();
  return (
    <Modal
      open width={640} title={corrects ? '更正批示登记' : '登记领导批示'} okText={corrects ? '更正' : '登记'}
      okButtonProps={{ loading: record.isPending || correct.isPending, disabled: busy || missing }} onOk={submit} onCancel={onClose}
    >
      <div className={styles.form}>
        {corrects && (
          <>
            <p className={styles.hint}>原登记保留，并注明已更正。</p>
            <Radio.Group aria-label="更正方式" value={how} onChange={(event) => setHow(event.target.value)} options={[{ value: 'replace', label: '改正内容' }, { value: 'withdraw', label: '撤销这条登记' }]} />
            <Field label="更正的理由" fault={faults.reason}><Input value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} /></Field>
          </>
        )}
        {how === 'replace' && (
          <>
            <Fields>
              <Field label="领导姓名" fault={faults.leader}><Input value={form.leader} maxLength={30} onChange={(event) => set({ leader: event.target.value })} /></Field>
              <Field label="职务（可不填）" fault={faults.leader_title}><Input value={form.leader_title} maxLength={60} onChange={(event) => set({ leader_title: event.target.value })} /></Field>
              <Field label="领导层级" fault={faults.level}>
                <Select<Level> aria-label="领导层级" value={form.level} onChange={(level) => set({ level })} options={levels.map((value) => ({ value, label: leaderText[value] }))} />
              </Field>
              <Field label="批示日期" fault={faults.given_on}><Input type="date" value={form.given_on} max={dateOf(new Date())} onChange={(event) => set({ given_on: event.target.value })} /></Field>
            </Fields>
            <Field label="批示内容（可不填）" fault={faults.body} hint="只有领导、秘书长、办公室等有权限的人员能看到">
              <Input.TextArea value={form.body} rows={3} maxLength={2000} showCount onChange={(event) => set({ body: event.target.value })} />
            </Field>
            <Checkbox checked={form.released} onChange={(event) => set({ released: event.target.checked })}>内容可以告知反映人和来稿单位</Checkbox>
            {faults.released && <span className={styles.fault}>{faults.released}</span>}
            <AttachmentField attachments={form.attachments} fault={faults.attachments} onBusy={setBusy} onChange={(update) => setForm((now) => ({ ...now, attachments: update(now.attachments) }))} />
          </>
        )}
      </div>
      <FormFault error={error} />
    </Modal>
  );
}
