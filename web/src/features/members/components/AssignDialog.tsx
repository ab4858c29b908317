import { App, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useAssignRoles, type Role } from '@/features/roles/api/roles';
import { memberClassText } from '@/features/roles/components/grants';
import { FormFault } from '@/ui/Field';
import { EmptyState } from '@/ui/plain/states';
import type { Member } from '../api/members';
import styles from './members.module.css';

interface Props {
  member: Member;
  roles: Role[];
  onClose: () => void;
}

/** The roles of a member: only those of the member's class can be held. */
export default function AssignDialog({ member, roles, onClose }: Props) {
  const { message } = App.useApp();
  const [held, setHeld] = useState(member.roles);
  const assign = useAssignRoles();
  const fitting = roles.filter((role) => role.class === member.class);
  const name = (code: string) => roles.find((role) => role.code === code)?.name ?? '其他角色';
  const added = held.filter((code) => !member.roles.includes(code));
  const removed = member.roles.filter((code) => !held.includes(code));
  const submit = () =>
    assign.mutate({ member: member.id, roles: held }, {
      onSuccess: () => {
        void message.success(`${member.name}的角色已更新，立即生效`);
        onClose();
      },
    });
  return (
    <Modal
      open
      title={`${member.name}的角色`}
      okText="保存"
      okButtonProps={{ disabled: !added.length && !removed.length, loading: assign.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      <p className={styles.hint}>{[member.title, memberClassText[member.class]].filter(Boolean).join(' · ')}；业务人员与三类管理员互不兼任。</p>
      {fitting.length === 0
        ? <EmptyState title="没有可授予的角色" />
        : <Checkbox.Group className={styles.choices} value={held} onChange={setHeld} options={fitting.map((role) => ({ value: role.code, label: role.name + (role.origin === 'own' ? '（自设）' : '') }))} />}
      <p className={styles.change} role="status">
        {added.length > 0 && <>授予：{added.map(name).join('、')}　</>}
        {removed.length > 0 && <>收回：{removed.map(name).join('、')}</>}
        {!added.length && !removed.length && '没有改动'}
      </p>
      <FormFault error={assign.error} />
    </Modal>
  );
}
