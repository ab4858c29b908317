import { App, Button, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { MembersSelect } from '@/features/members/components/MemberSelect';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useActivityStep, useRecipients, type Activity } from '../api/activities';
import styles from './activities.module.css';

interface Props {
  activity: Activity;
  onClose: () => void;
}

/** The dialog that is open over an activity. */
export default function ActivityDialogs({ dialog, ...props }: Props & { dialog?: string }) {
  switch (dialog) {
    case 'cancel': return <CancelDialog {...props} />;
    case 'task': return <TaskDialog {...props} />;
    case 'send': return <SendDialog {...props} />;
    default: return null;
  }
}

function useDone(text: string, onClose: () => void) {
  const { message } = App.useApp();
  return { onSuccess: () => { void message.success(text); onClose(); } };
}

function CancelDialog({ activity, onClose }: Props) {
  const [reason, setReason] = useState('');
  const step = useActivityStep();
  const done = useDone('已取消，收到活动的单位随即得知', onClose);
  return (
    <Modal open title="取消活动" okText="确认取消活动" cancelText="返回" okButtonProps={{ disabled: !reason.trim(), loading: step.isPending }} onOk={() => step.mutate({ id: activity.id, step: 'cancel', body: { reason } }, done)} onCancel={onClose}>
      <Fields><Field wide label="取消的原因" fault={faultsOf(step.error).reason}><Input value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} /></Field></Fields>
      <FormFault error={step.error} />
    </Modal>
  );
}

function TaskDialog({ activity, onClose }: Props) {
  const [form, setForm] = useState({ text: '收集线索', due_on: '', members: [] as string[] });
  const step = useActivityStep();
  const faults = faultsOf(step.error);
  const done = useDone('任务已布置，已通知有关成员', onClose);
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  return (
    <Modal open title="布置收集任务" okText="布置" okButtonProps={{ disabled: !form.text.trim() || !form.due_on || !form.members.length, loading: step.isPending }} onOk={() => step.mutate({ id: activity.id, step: 'tasks', body: form }, done)} onCancel={onClose}>
      <Fields>
        <Field wide label="任务" fault={faults.text}><Input value={form.text} maxLength={200} onChange={(event) => set({ text: event.target.value })} /></Field>
        <Field wide label="交给" fault={faults.members}><MembersSelect value={form.members} onChange={(members) => set({ members })} /></Field>
        <Field wide label="期限" fault={faults.due_on}><Input type="date" value={form.due_on} onChange={(event) => set({ due_on: event.target.value })} /></Field>
      </Fields>
      <FormFault error={step.error} />
    </Modal>
  );
}

function SendDialog({ activity, onClose }: Props) {
  const units = useRecipients(true);
  const [below, setBelow] = useState<string[]>((activity.sendings ?? []).map((one) => one.tenant));
  const step = useActivityStep();
  const done = useDone('已下发', onClose);
  return (
    <Modal open title="下发给所属单位" okText="下发" okButtonProps={{ disabled: !below.length, loading: step.isPending }} onOk={() => step.mutate({ id: activity.id, step: 'send', body: { below } }, done)} onCancel={onClose}>
      <Units units={units.data ?? []} value={below} onChange={setBelow} />
      <FormFault error={step.error} />
    </Modal>
  );
}

interface UnitsProps {
  units: { tenant: string; name: string }[];
  value: string[];
  onChange: (value: string[]) => void;
}

/** The units below, ticked; all at once. */
export function Units({ units, value, onChange }: UnitsProps) {
  if (!units.length) return <p>没有向本单位报送的单位。</p>;
  return (
    <div role="group" aria-label="下发单位">
      <Button size="small" onClick={() => onChange(value.length === units.length ? [] : units.map((unit) => unit.tenant))}>{value.length === units.length ? '都不选' : '全选'}</Button>
      <Checkbox.Group className={styles.bar} value={value} onChange={(next) => onChange(next)} options={units.map((unit) => ({ value: unit.tenant, label: unit.name }))} />
    </div>
  );
}
