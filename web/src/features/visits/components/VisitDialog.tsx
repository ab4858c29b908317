import { App, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { MembersSelect } from '@/features/members/components/MemberSelect';
import { dateText } from '@/lib/format';
import { visitKindText } from '@/lib/texts';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useSaveVisit, type Duty, type NewVisit, type Visit } from '../api/visits';

interface Props {
  /** The line of the rota that is carried out. */
  duty?: Duty;
  /** The visit that is changed. */
  visit?: Visit;
  onClose: (id?: string) => void;
}

/** Notes a visit: when, who, where, what was heard. */
export default function VisitDialog({ duty, visit, onClose }: Props) {
  const { message } = App.useApp();
  const [form, setForm] = useState<NewVisit>({
    duty_id: visit?.duty_id ?? duty?.id, kind: visit?.kind ?? duty?.kind ?? 'grassroots', place: visit?.place ?? duty?.target ?? '',
    held_on: visit?.held_on ?? dateText(new Date()), people: visit?.people ?? '', members: visit?.members ?? duty?.members ?? [], heard: visit?.heard ?? '',
  });
  const save = useSaveVisit();
  const faults = faultsOf(save.error);
  const fixed = Boolean(form.duty_id);
  const people = visit ?? duty;
  const known = people ? people.members.map((id, index) => ({ id, name: people.names[index] ?? '' })) : [];
  const set = (part: Partial<NewVisit>) => setForm({ ...form, ...part });
  const submit = () =>
    save.mutate({ visit, body: form }, {
      onSuccess: (saved) => {
        void message.success(visit ? '已保存' : '走访已登记');
        onClose(saved.id);
      },
    });
  return (
    <Modal open width={680} title={visit ? '修改走访记录' : '登记走访'} okText={visit ? '保存' : '登记'} okButtonProps={{ disabled: !form.place.trim() || !form.heard.trim(), loading: save.isPending }} onOk={submit} onCancel={() => onClose()}>
      <Fields>
        <Field label="走访地点" fault={faults.place}><Input disabled={fixed} value={form.place} maxLength={60} onChange={(event) => set({ place: event.target.value })} /></Field>
        <Field label="类别" fault={faults.kind}>
          <Select disabled={fixed} value={form.kind} onChange={(kind) => set({ kind })} options={Object.entries(visitKindText).map(([value, label]) => ({ value: value as NewVisit['kind'], label }))} />
        </Field>
        <Field label="日期" fault={faults.held_on}><Input type="date" value={form.held_on} onChange={(event) => set({ held_on: event.target.value })} /></Field>
        <Field label="见到的人" fault={faults.people}><Input value={form.people} maxLength={500} onChange={(event) => set({ people: event.target.value })} /></Field>
        <Field wide label="同行成员" fault={faults.members} hint="登记人总在其中"><MembersSelect value={form.members ?? []} known={known} onChange={(members) => set({ members })} /></Field>
        <Field wide label="听到的情况" fault={faults.heard}><Input.TextArea rows={8} value={form.heard} maxLength={10_000} onChange={(event) => set({ heard: event.target.value })} /></Field>
      </Fields>
      <FormFault error={save.error} />
    </Modal>
  );
}
