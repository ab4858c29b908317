import { App, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useCopyRole, type Role } from '../api/roles';
import { byClass, classText, newRoleCode } from './grants';

interface Props {
  roles: Role[];
  onClose: () => void;
  /** Goes on to the rights of the new role. */
  onMade: (code: string) => void;
}

/** A role of the unit's own, made as a complete copy of another. */
export default function CopyDialog({ roles, onClose, onMade }: Props) {
  const { message } = App.useApp();
  const [code] = useState(newRoleCode);
  const [name, setName] = useState('');
  const [source, setSource] = useState<string>();
  const copy = useCopyRole();
  const faults = faultsOf(copy.error);
  const submit = () =>
    copy.mutate({ code, name: name.trim(), copy_of: source ?? '' }, {
      onSuccess: () => {
        void message.success('角色已建立，可以调整它的权限');
        onClose();
        onMade(code);
      },
    });
  return (
    <Modal open title="新建角色" okText="建立" okButtonProps={{ disabled: !name.trim() || !source, loading: copy.isPending }} onOk={submit} onCancel={onClose}>
      <Fields>
        <Field wide label="复制自" fault={faults.copy_of} hint="新角色先有它的全部权限，之后可增减；类别随它，不能改变">
          <Select
            placeholder="请选择角色"
            value={source}
            onChange={setSource}
            options={byClass(roles).map((group) => ({ label: `${classText[group.class]}类`, options: group.items.map((role) => ({ value: role.code, label: role.name })) }))}
          />
        </Field>
        <Field wide label="角色名称" fault={faults.name}>
          <Input value={name} maxLength={30} placeholder="如：界别联组组长" onChange={(event) => setName(event.target.value)} />
        </Field>
      </Fields>
      <FormFault error={copy.error} />
    </Modal>
  );
}
