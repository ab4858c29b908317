import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { time } from '@/lib/format';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useSaveMeeting, type Meeting } from '../api/meetings';
import styles from './meetings.module.css';

/** A meeting as it is planned, and what was said in it. */
export default function MeetingDialog({ meeting, onClose, onSaved }: { meeting?: Meeting; onClose: () => void; onSaved?: (meeting: Meeting) => void }) {
  const { message } = App.useApp();
  const [form, setForm] = useState({
    title: meeting?.title ?? '', held_at: time(meeting?.held_at ?? new Date().toISOString()).replace(' ', 'T'), place: meeting?.place ?? '', host: meeting?.host ?? '',
    attendees: meeting?.attendees ?? '', agenda: (meeting?.agenda ?? []).join('\n'), minutes: meeting?.minutes ?? '',
  });
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const save = useSaveMeeting();
  const faults = faultsOf(save.error);
  const submit = () =>
    save.mutate({ of: meeting, plan: { ...form, held_at: `${form.held_at}:00+08:00`, agenda: form.agenda.split('\n').map((line) => line.trim()).filter(Boolean) } }, {
      onSuccess: (saved) => {
        void message.success('已保存');
        onClose();
        onSaved?.(saved);
      },
    });
  return (
    <Modal open width={680} title={meeting ? '修改例会' : '安排例会'} okText="保存" okButtonProps={{ loading: save.isPending, disabled: !form.title.trim() || !form.held_at }} onOk={submit} onCancel={onClose}>
      <div className={styles.form}>
        <Fields>
          <Field label="名称" wide fault={faults.title}><Input value={form.title} maxLength={100} placeholder="如：第四季度社情民意信息工作例会" onChange={(event) => set({ title: event.target.value })} /></Field>
          <Field label="时间" fault={faults.held_at}><Input type="datetime-local" value={form.held_at} onChange={(event) => set({ held_at: event.target.value })} /></Field>
          <Field label="地点" fault={faults.place}><Input value={form.place} maxLength={100} onChange={(event) => set({ place: event.target.value })} /></Field>
          <Field label="主持人" fault={faults.host}><Input value={form.host} maxLength={60} onChange={(event) => set({ host: event.target.value })} /></Field>
          <Field label="参加人员" fault={faults.attendees}><Input value={form.attendees} maxLength={1000} onChange={(event) => set({ attendees: event.target.value })} /></Field>
          <Field label="议题" wide fault={faults.agenda} hint="每行一个"><Input.TextArea value={form.agenda} rows={4} onChange={(event) => set({ agenda: event.target.value })} /></Field>
          <Field label="纪要" wide fault={faults.minutes} hint="会后填写，办结前可以修改"><Input.TextArea value={form.minutes} rows={5} maxLength={20000} onChange={(event) => set({ minutes: event.target.value })} /></Field>
        </Fields>
      </div>
      <FormFault error={save.error} />
    </Modal>
  );
}
