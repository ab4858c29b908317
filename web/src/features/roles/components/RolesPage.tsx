import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useMay, useMe } from '@/lib/tenant';
import { scopeText } from '@/lib/texts';
import { PageHead, Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import { useMatrix, type Matrix, type Role } from '../api/roles';
import { byClass, classText } from './grants';
import styles from './roles.module.css';

const CopyDialog = lazy(() => import('./CopyDialog'));
const GrantsDialog = lazy(() => import('./GrantsDialog'));

/** Who may do what in this unit. */
export default function RolesPage() {
  const matrix = useMatrix();
  const mayWrite = useMay('role:write');
  const [copying, setCopying] = useState(false);
  const [editing, setEditing] = useState<string>();
  const edited = matrix.data?.roles.find((role) => role.code === editing);
  return (
    <>
      <PageHead title="角色权限" hint={mayWrite ? '内置角色不能修改，可复制为自设角色后调整' : '本单位各角色能做什么；由安全管理员调整'}>
        {mayWrite && <Button type="primary" disabled={!matrix.data} onClick={() => setCopying(true)}>新建角色</Button>}
      </PageHead>
      <Loaded query={matrix}>
        {(data) => (
          <Panel flush>
            <MatrixTable matrix={data} onEdit={mayWrite ? setEditing : undefined} />
            <p className={styles.legend}>
              本人：只对自己的稿件　本部门：对所在内设机构　本单位：对全单位　<span aria-hidden="true">·</span>：没有此项权限
            </p>
          </Panel>
        )}
      </Loaded>
      <Suspense>
        {copying && matrix.data && <CopyDialog roles={matrix.data.roles} onClose={() => setCopying(false)} onMade={setEditing} />}
        {edited && matrix.data && <GrantsDialog key={edited.code} matrix={matrix.data} role={edited} onClose={() => setEditing(undefined)} />}
      </Suspense>
    </>
  );
}

interface TableProps {
  matrix: Matrix;
  onEdit?: (role: string) => void;
}

/** Permissions down, roles across; both headings stay in sight. */
function MatrixTable({ matrix, onEdit }: TableProps) {
  const mine = new Set(useMe().roles.map((role) => role.code));
  const roles = byClass(matrix.roles);
  const columns = roles.flatMap((group) => group.items);
  return (
    <div className={styles.scroll} role="region" aria-label="角色权限表" tabIndex={0}>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th rowSpan={2} scope="col" className={styles.corner}>权限</th>
            {roles.map((group) => <th key={group.class} scope="colgroup" colSpan={group.items.length} className={styles.group}>{classText[group.class]}类角色</th>)}
          </tr>
          <tr>
            {columns.map((role) => (
              <th key={role.code} scope="col" className={styles.role}>
                {role.name}
                <RoleMark role={role} mine={mine.has(role.code)} onEdit={onEdit} />
              </th>
            ))}
          </tr>
        </thead>
        {byClass(matrix.permissions).map((group) => (
          <tbody key={group.class}>
            <tr><th scope="rowgroup" className={styles.section}>{classText[group.class]}</th><td colSpan={columns.length} className={styles.fill} /></tr>
            {group.items.map((permission) => (
              <tr key={permission.code}>
                <th scope="row">{permission.sentence}</th>
                {columns.map((role) => {
                  const scope = matrix.grants[role.code]?.[permission.code];
                  return (
                    <td key={role.code} className={scope ? styles[scope] : styles.none}>
                      {scope ? scopeText[scope] : <span aria-label="没有">·</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function RoleMark({ role, mine, onEdit }: { role: Role; mine: boolean; onEdit?: (role: string) => void }) {
  if (role.origin === 'template') return <small>内置</small>;
  if (!onEdit || mine) return <small>自设</small>;
  return <Button size="small" type="link" aria-label={`修改${role.name}的权限`} onClick={() => onEdit(role.code)}>修改</Button>;
}
