import { App, Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { MemberPicker } from '@/features/members/components/MemberPicker';
import { useOrganisation } from '@/features/organisation/api/organisation';
import { Field, Fields, faultsOf, FormFault } from '@/ui/Field';
import { NOBODY, useAssign, useChangeRow, type Assignment, type LedgerRow } from '../api/ledger';
import { RefusedList } from './RefusedList';

interface Props {
  rows: LedgerRow[];
  onClose: (done: boolean) => void;
}

/** Who answers for one report or for several at once; what is left empty stays as it is. */
export default function AssignDialog({ rows, onClose }: Props) {
  const { message, modal } = App.useApp();
  const organisation = useOrganisation();
  const only = rows.length === 1 ? rows[0] : undefined;
  const [lead, setLead] = useState(only?.lead);
  const [follow, setFollow] = useState(only?.follow);
  const [office, setOffice] = useState(only?.office?.id);
  const [due, setDue] = useState(only?.due_set ? only.due_on : '');
  const [note, setNote] = useState(only?.note ?? '');
  const many = useAssign();
  const one = useChangeRow();
  const error = many.error ?? one.error;
  const faults = faultsOf(error);
  // Of one row, what was emptied is taken away; of several, what is empty stays.
  const part = (now: string | undefined, before: string | undefined) => (now === before ? undefined : (now ?? (only && NOBODY)));
  const body: Assignment = {
    lead: part(lead?.id, only?.lead?.id), follow: part(follow?.id, only?.follow?.id), office: part(office, only?.office?.id),
    due_on: due === (only?.due_set ? only.due_on : '') ? undefined : due, note: note.trim() === (only?.note ?? '') ? undefined : note.trim(),
  };
  const nothing = Object.values(body).every((value) => value === undefined);
  const submit = () => {
    if (only) {
      return one.mutate({ id: only.id, version: only.version, ...body }, { onSuccess: () => { message.success('已指定，责任人已收到通知'); onClose(true); } });
    }
    many.mutate({ reports: rows.map((row) => row.id), ...body }, {
      onSuccess: ({ done, refused }) => {
        onClose(true);
        if (!refused.length) return void message.success(`已指定 ${done} 篇，责任人已收到通知`);
        const named = refused.map((refusal) => ({ title: rows.find((row) => row.id === refusal.report)?.title ?? '', reason: refusal.reason }));
        void modal.warning({ title: `已指定 ${done} 篇，${refused.length} 篇没有办理`, content: <RefusedList refused={named} />, width: 560 });
      },
    });
  };
  return (
    <Modal
      open title={only ? `《${only.title}》的责任人` : `指定 ${rows.length} 篇的责任人`} okText="确定" okButtonProps={{ disabled: nothing, loading: many.isPending || one.isPending }}
      onOk={submit} onCancel={() => onClose(false)}
    >
      <Fields>
        <Field label="牵头副秘书长" fault={faults.lead}><MemberPicker label="牵头副秘书长" value={lead} onChange={(member) => setLead(member && { id: member.id, name: member.name })} /></Field>
        <Field label="联系委室" fault={faults.office}>
          <Select allowClear showSearch={{ optionFilterProp: 'label' }} aria-label="联系委室" placeholder="请选择" value={office} onChange={(id?: string) => setOffice(id)} options={organisation.data?.units.map((unit) => ({ value: unit.id, label: unit.name }))} />
        </Field>
        <Field label="跟踪人" fault={faults.follow}><MemberPicker label="跟踪人" value={follow} onChange={(member) => setFollow(member && { id: member.id, name: member.name })} /></Field>
        <Field label="办理期限" fault={faults.due_on} hint="不填则按设置的时限">
          <span style={{ display: 'flex', gap: 6 }}>
            <Input type="date" aria-label="办理期限" value={due} onChange={(event) => setDue(event.target.value)} />
            {due && <Button onClick={() => setDue('')}>清除</Button>}
          </span>
        </Field>
        <Field wide label="备注" fault={faults.note}><Input aria-label="备注" value={note} maxLength={200} onChange={(event) => setNote(event.target.value)} /></Field>
      </Fields>
      <FormFault error={Object.keys(faults).length ? undefined : error} />
    </Modal>
  );
}
