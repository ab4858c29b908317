import { App, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { dateText, time } from '@/lib/format';
import { activityKindText } from '@/lib/texts';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useRecipients, useSaveActivity, type Activity, type NewActivity } from '../api/activities';
import { Units } from './ActivityDialogs';

/** What a field for date and time shows, on the Chinese clock. */
const local = (iso?: string) => (iso ? time(iso).replace(' ', 'T') : '');
const moment = (text: string) => `${text}:00+08:00`;

/** Arranges an activity, or changes one. */
export default function ActivityDialog({ activity, onClose }: { activity?: Activity; onClose: (id?: string) => void }) {
  const { message } = App.useApp();
  const today = dateText(new Date());
  const [form, setForm] = useState({
    kind: activity?.kind ?? ('survey' as NewActivity['kind']), title: activity?.title ?? '', body: activity?.body ?? '', place: activity?.place ?? '',
    starts: local(activity?.starts_at) || `${today}T09:00`, ends: local(activity?.ends_at) || `${today}T12:00`,
  });
  const [below, setBelow] = useState<string[]>([]);
  const units = useRecipients(!activity);
  const save = useSaveActivity();
  const faults = faultsOf(save.error);
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const submit = () => {
    const { starts, ends, ...rest } = form;
    save.mutate({ activity, body: { ...rest, starts_at: moment(starts), ends_at: moment(ends), below: activity ? undefined : below } }, {
      onSuccess: (saved) => {
        void message.success(activity ? '已保存，收到活动的单位随即得知' : '活动已安排');
        onClose(saved.id);
      },
    });
  };
  return (
    <Modal open width={640} title={activity ? '修改活动' : '安排活动'} okText={activity ? '保存' : '安排'} okButtonProps={{ disabled: !form.title.trim() || !form.starts || !form.ends, loading: save.isPending }} onOk={submit} onCancel={() => onClose()}>
      <Fields>
        <Field wide label="活动名称" fault={faults.title}><Input value={form.title} maxLength={100} onChange={(event) => set({ title: event.target.value })} /></Field>
        <Field label="种类" fault={faults.kind}><Select value={form.kind} onChange={(kind) => set({ kind })} options={Object.entries(activityKindText).map(([value, label]) => ({ value: value as NewActivity['kind'], label }))} /></Field>
        <Field label="地点" fault={faults.place}><Input value={form.place} maxLength={100} onChange={(event) => set({ place: event.target.value })} /></Field>
        <Field label="开始" fault={faults.starts_at}><Input type="datetime-local" value={form.starts} onChange={(event) => set({ starts: event.target.value })} /></Field>
        <Field label="结束" fault={faults.ends_at}><Input type="datetime-local" value={form.ends} onChange={(event) => set({ ends: event.target.value })} /></Field>
        <Field wide label="内容和要求" fault={faults.body}><Input.TextArea rows={5} value={form.body} maxLength={3000} onChange={(event) => set({ body: event.target.value })} /></Field>
      </Fields>
      {!activity && (units.data?.length ?? 0) > 0 && <><p>同时下发给（对方及其委员可以看到）：</p><Units units={units.data ?? []} value={below} onChange={setBelow} /></>}
      <FormFault error={save.error} />
    </Modal>
  );
}
