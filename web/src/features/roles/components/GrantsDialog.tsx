import { App, Button, Modal, Select } from 'antd';
import { useState } from 'react';
import { scopeText } from '@/lib/texts';
import type { Scope } from '@/lib/types';
import { FormFault } from '@/ui/Field';
import { StatusTag, type Tone } from '@/ui/plain/StatusTag';
import { useSetGrants, type Grants, type Matrix, type Role } from '../api/roles';
import { byClass, classText, grantable, grantDifference, type GrantChange } from './grants';
import styles from './roles.module.css';

const marks: Record<GrantChange['kind'], { text: string; tone: Tone }> = {
  added: { text: '增加', tone: 'ok' }, removed: { text: '收回', tone: 'risk' }, changed: { text: '改变', tone: 'warn' },
};
const scopes = (['own', 'unit', 'tenant'] as const).map((value) => ({ value, label: scopeText[value] }));

interface Props {
  matrix: Matrix;
  role: Role;
  onClose: () => void;
}

/** Changes the rights of an own role; what changes is shown before it is saved. */
export default function GrantsDialog({ matrix, role, onClose }: Props) {
  const { message } = App.useApp();
  // What the difference is shown against stays what the editing began with.
  const [before] = useState<Grants>(matrix.grants[role.code] ?? {});
  const [after, setAfter] = useState<Grants>(before);
  const [checking, setChecking] = useState(false);
  const save = useSetGrants();
  const permissions = grantable(matrix, role);
  const changes = grantDifference(permissions, before, after);
  const set = (permission: string, scope?: Scope) => {
    const next = { ...after };
    if (scope) next[permission] = scope;
    else delete next[permission];
    setAfter(next);
  };
  const submit = () =>
    save.mutate({ role: role.code, grants: after }, {
      onSuccess: () => {
        void message.success('已保存，对担任此角色的成员立即生效');
        onClose();
      },
    });
  const footer = checking
    ? [
      <Button key="back" onClick={() => setChecking(false)}>返回修改</Button>,
      <Button key="save" type="primary" loading={save.isPending} onClick={submit}>确认保存</Button>,
    ]
    : [
      <Button key="cancel" onClick={onClose}>取消</Button>,
      <Button key="check" type="primary" disabled={!changes.length} onClick={() => setChecking(true)}>
        {changes.length ? `核对 ${changes.length} 处改动` : '没有改动'}
      </Button>,
    ];
  return (
    <Modal open width={640} title={checking ? `“${role.name}”将有以下改动` : `修改“${role.name}”的权限`} footer={footer} onCancel={onClose}>
      <div className={styles.editBody}>
        {checking ? <Changes changes={changes} /> : byClass(permissions).map((group) => (
          <section key={group.class} className={styles.editGroup}>
            <h2>{classText[group.class]}</h2>
            {group.items.map((permission) => (
              <div key={permission.code} className={styles.editRow}>
                <span>{permission.sentence}</span>
                <Select
                  allowClear
                  aria-label={permission.sentence}
                  placeholder="没有"
                  value={after[permission.code]}
                  onChange={(scope) => set(permission.code, scope)}
                  options={scopes}
                />
              </div>
            ))}
          </section>
        ))}
      </div>
      <FormFault error={save.error} />
    </Modal>
  );
}

function Changes({ changes }: { changes: GrantChange[] }) {
  return (
    <ul className={styles.changes}>
      {changes.map((change) => (
        <li key={change.permission}>
          <StatusTag bare tone={marks[change.kind].tone}>{marks[change.kind].text}</StatusTag>
          <span>{change.sentence}</span>
          <b>{change.scope}</b>
        </li>
      ))}
    </ul>
  );
}
