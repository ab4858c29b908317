import { App, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { MemberSelect } from '@/features/members/components/MemberSelect';
import { useCategories } from '@/features/reports/api/catalogues';
import type { Clue } from '@/lib/types';
import { stageText } from '@/lib/texts';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useClueStep, useEditClue } from '../api/clues';

export type DialogName = 'drop' | 'reserve' | 'decide' | 'edit';

interface Props {
  clue: Clue;
  onClose: () => void;
}

/** The dialog that is open over a clue. */
export default function ClueDialogs({ clue, dialog, onClose }: Props & { dialog?: DialogName }) {
  switch (dialog) {
    case 'drop': return <DropDialog clue={clue} onClose={onClose} />;
    case 'reserve': return <ReserveDialog clue={clue} onClose={onClose} />;
    case 'decide': return <DecideDialog clue={clue} onClose={onClose} />;
    case 'edit': return <EditDialog clue={clue} onClose={onClose} />;
    default: return null;
  }
}

function useDone(text: string, onClose: () => void) {
  const { message } = App.useApp();
  return { onSuccess: () => { void message.success(text); onClose(); } };
}

function DropDialog({ clue, onClose }: Props) {
  const [reason, setReason] = useState('');
  const step = useClueStep();
  const done = useDone('已放弃，需要时可以取回', onClose);
  return (
    <Modal open title="放弃线索" okText="确认放弃" okButtonProps={{ disabled: !reason.trim(), loading: step.isPending }} onOk={() => step.mutate({ id: clue.id, step: 'drop', body: { reason } }, done)} onCancel={onClose}>
      <Fields>
        <Field wide label="理由" fault={faultsOf(step.error).reason}><Input.TextArea value={reason} onChange={(event) => setReason(event.target.value)} rows={3} maxLength={200} placeholder="如：重复反映、不属本地职权" /></Field>
      </Fields>
      <FormFault error={step.error} />
    </Modal>
  );
}

function ReserveDialog({ clue, onClose }: Props) {
  const [form, setForm] = useState({ reason: '', until: '' });
  const step = useClueStep();
  const faults = faultsOf(step.error);
  const done = useDone('已存入储备', onClose);
  return (
    <Modal open title="存入储备" okText="存入" okButtonProps={{ loading: step.isPending }} onOk={() => step.mutate({ id: clue.id, step: 'reserve', body: form }, done)} onCancel={onClose}>
      <Fields>
        <Field wide label="储备说明" fault={faults.reason}><Input.TextArea value={form.reason} onChange={(event) => setForm({ ...form, reason: event.target.value })} rows={2} maxLength={200} placeholder="如：等年度数据出来后再写" /></Field>
        <Field wide label="何时提醒" fault={faults.until} hint="到这一天自动回到待处理；不填则一直储备，随时可取回"><Input type="date" value={form.until} onChange={(event) => setForm({ ...form, until: event.target.value })} /></Field>
      </Fields>
      <FormFault error={step.error} />
    </Modal>
  );
}

function DecideDialog({ clue, onClose }: Props) {
  const [form, setForm] = useState({ topic: clue.topic || clue.title, angle: clue.angle ?? '', writer_id: clue.writer?.id, note: '' });
  const step = useClueStep();
  const faults = faultsOf(step.error);
  const done = useDone('已定题', onClose);
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  return (
    <Modal open title="定题" okText="确定" okButtonProps={{ disabled: !form.topic.trim(), loading: step.isPending }} onOk={() => step.mutate({ id: clue.id, step: 'decision', body: form }, done)} onCancel={onClose}>
      <Fields>
        <Field wide label="选题" fault={faults.topic}><Input value={form.topic} maxLength={100} onChange={(event) => set({ topic: event.target.value })} /></Field>
        <Field wide label="角度" fault={faults.angle}><Input.TextArea rows={2} value={form.angle} maxLength={500} onChange={(event) => set({ angle: event.target.value })} /></Field>
        <Field wide label="撰写人" fault={faults.writer_id} hint="选定后通知本人，由其转为稿件；不选则谁都可以写"><MemberSelect value={form.writer_id} known={clue.writer ? [clue.writer] : []} onChange={(writer_id) => set({ writer_id })} /></Field>
        <Field wide label="讨论情况" fault={faults.note}><Input.TextArea rows={2} value={form.note} maxLength={1000} onChange={(event) => set({ note: event.target.value })} /></Field>
      </Fields>
      <FormFault error={step.error} />
    </Modal>
  );
}

function EditDialog({ clue, onClose }: Props) {
  const [form, setForm] = useState({ title: clue.title, body: clue.body, category: clue.category ?? '', place: clue.place ?? '', stage: clue.stage });
  const [based] = useState(clue);
  const categories = useCategories();
  const edit = useEditClue();
  const faults = faultsOf(edit.error);
  const done = useDone('已保存，原文另存', onClose);
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  return (
    <Modal open width={720} title="整理" okText="保存" okButtonProps={{ disabled: !form.title.trim() || !form.body.trim(), loading: edit.isPending }} onOk={() => edit.mutate({ clue: based, ...form }, done)} onCancel={onClose}>
      <Fields>
        <Field wide label="标题" fault={faults.title}><Input value={form.title} maxLength={100} onChange={(event) => set({ title: event.target.value })} /></Field>
        <Field wide label="内容" fault={faults.body}><Input.TextArea rows={9} value={form.body} maxLength={10_000} onChange={(event) => set({ body: event.target.value })} /></Field>
        <Field label="分类" fault={faults.category}>
          <Select allowClear showSearch value={form.category || undefined} onChange={(category) => set({ category: category ?? '' })} options={categories.data?.map((one) => ({ value: one.name, label: one.name }))} />
        </Field>
        <Field label="地点" fault={faults.place}><Input value={form.place} maxLength={50} onChange={(event) => set({ place: event.target.value })} /></Field>
        <Field label="归入" fault={faults.stage} hint="整理成形的归入素材"><Select value={form.stage} onChange={(stage) => set({ stage })} options={Object.entries(stageText).map(([value, label]) => ({ value: value as Clue['stage'], label }))} /></Field>
      </Fields>
      <FormFault error={edit.error} />
    </Modal>
  );
}
