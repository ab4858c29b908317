import { App, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useCreateUnit, type Unit } from '../api/organisation';

const kinds = ['办事机构', '专门委员会', '界别组', '委员联络组', '乡镇联络组', '支部', '专班'];

/** A new inner unit. */
export default function UnitDialog({ units, onClose }: { units: Unit[]; onClose: () => void }) {
  const { message } = App.useApp();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<string>();
  const [parent, setParent] = useState<string>();
  const create = useCreateUnit();
  const faults = faultsOf(create.error);
  const submit = () =>
    create.mutate({ name: name.trim(), kind, parent_id: parent }, {
      onSuccess: () => {
        void message.success('内设机构已建立');
        onClose();
      },
    });
  return (
    <Modal open title="新建内设机构" okText="建立" okButtonProps={{ disabled: !name.trim(), loading: create.isPending }} onOk={submit} onCancel={onClose}>
      <Fields>
        <Field wide label="机构名称" fault={faults.name}>
          <Input value={name} maxLength={40} placeholder="如：研究室" onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="类别（可不填）" fault={faults.kind}>
          <Select allowClear placeholder="请选择" value={kind} onChange={setKind} options={kinds.map((value) => ({ value, label: value }))} />
        </Field>
        <Field label="隶属（可不填）" fault={faults.parent_id}>
          <Select allowClear placeholder="直属本单位" value={parent} onChange={setParent} options={units.map((unit) => ({ value: unit.id, label: unit.name }))} />
        </Field>
      </Fields>
      <FormFault error={create.error} />
    </Modal>
  );
}
