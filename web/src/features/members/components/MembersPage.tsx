import { App, Button, Input } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTemplates } from '@/features/chains/api/chains';
import { useOrganisation } from '@/features/organisation/api/organisation';
import { useMatrix } from '@/features/roles/api/roles';
import { sentence } from '@/lib/errors';
import { useMay, useMe } from '@/lib/tenant';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { Table, type Column } from '@/ui/Table';
import { useMembers, useMemberStep, type Member } from '../api/members';
import styles from './members.module.css';

const MemberDialog = lazy(() => import('./MemberDialog'));
const AssignDialog = lazy(() => import('./AssignDialog'));

const stateText: Record<Member['state'], string> = { active: '在用', suspended: '已停用', ended: '已离任' };

/** What codes are called in this unit: posts, roles, inner units. */
function useNames() {
  const posts = useTemplates().data?.posts ?? [];
  const roles = useMatrix().data?.roles ?? [];
  const units = useOrganisation().data?.units ?? [];
  return {
    posts,
    roles,
    units,
    post: (code: string) => posts.find((one) => one.code === code)?.name ?? '',
    role: (code: string) => roles.find((one) => one.code === code)?.name ?? '其他角色',
    unit: (id?: string) => units.find((one) => one.id === id)?.name ?? '',
  };
}

/** Who belongs to the unit, and what each may do. */
export default function MembersPage() {
  const [q, setQ] = useState<string>();
  const [form, setForm] = useState<Member | 'new'>();
  const [assigning, setAssigning] = useState<Member>();
  const mayWrite = useMay('member:write');
  const names = useNames();
  const members = useMembers(q);
  const items = members.data?.pages.flatMap((page) => page.items) ?? [];
  const columns: Column<Member>[] = [
    { key: 'name', title: '姓名', pinned: true, width: '7em', render: (member) => <span className={styles.name}>{member.name}{member.state !== 'active' && <StatusTag tone="warn">{stateText[member.state]}</StatusTag>}</span> },
    { key: 'title', title: '职务', width: '11em', render: (member) => member.title },
    { key: 'unit', title: '所在机构', render: (member) => <span className={styles.nowrap}>{names.unit(member.unit_id)}</span> },
    { key: 'post', title: '岗位', render: (member) => <span className={styles.nowrap}>{names.post(member.post)}</span> },
    { key: 'party', title: '党派界别', render: (member) => <span className={styles.nowrap}>{[member.party, member.sector].filter(Boolean).join(' · ')}</span> },
    { key: 'login', title: '登录名', render: (member) => member.login },
    { key: 'roles', title: '角色', width: '10em', render: (member) => <Roles member={member} name={names.role} /> },
    { key: 'actions', title: <span className="sd-visually-hidden">操作</span>, figure: true, render: (member) => <Actions member={member} onEdit={setForm} onAssign={setAssigning} /> },
  ];
  return (
    <>
      <PageHead title="成员" hint="本单位的委员、工作人员和管理员">
        {mayWrite && <Button type="primary" onClick={() => setForm('new')}>登记成员</Button>}
      </PageHead>
      <Panel flush>
        <div className={styles.bar} role="search">
          <Input.Search data-search allowClear placeholder="姓名、职务或登录名" style={{ width: 260, maxWidth: '100%' }} onSearch={(text) => setQ(text.trim() || undefined)} />
        </div>
        <Loaded query={members}>
          {() => (items.length === 0
            ? <EmptyState title={q ? '没有符合条件的成员' : '还没有成员'} />
            : <Table name="成员名册" columns={columns} rows={items} rowKey={(member) => member.id} />)}
        </Loaded>
        {members.hasNextPage && (
          <div className={styles.more}><Button loading={members.isFetchingNextPage} onClick={() => void members.fetchNextPage()}>加载更多</Button></div>
        )}
      </Panel>
      <Suspense>
        {form && <MemberDialog key={form === 'new' ? 'new' : form.id} member={form === 'new' ? undefined : form} posts={names.posts} units={names.units} onClose={() => setForm(undefined)} />}
        {assigning && <AssignDialog key={assigning.id} member={assigning} roles={names.roles} onClose={() => setAssigning(undefined)} />}
      </Suspense>
    </>
  );
}

function Roles({ member, name }: { member: Member; name: (code: string) => string }) {
  if (!member.roles.length) return <span className={styles.none}>尚未授予</span>;
  return (
    <span className={styles.roles}>
      {member.roles.map((code) => <StatusTag key={code} bare tone={member.class === 'business' ? 'quiet' : 'run'}>{name(code)}</StatusTag>)}
    </span>
  );
}

interface ActionsProps {
  member: Member;
  onEdit: (member: Member) => void;
  onAssign: (member: Member) => void;
}

function Actions({ member, onEdit, onAssign }: ActionsProps) {
  const { modal, message } = App.useApp();
  const me = useMe();
  const mayWrite = useMay('member:write');
  const mayAssign = useMay('role:assign');
  const step = useMemberStep();
  const self = member.id === me.membership.id;
  const suspended = member.state === 'suspended';
  const go = () =>
    step.mutateAsync({ id: member.id, step: suspended ? 'resume' : 'suspend' }).then(
      () => void message.success(suspended ? `已恢复${member.name}的使用` : `已停用${member.name}，其登录立即失效`),
      (error) => void message.error(sentence(error)),
    );
  const ask = () =>
    modal.confirm({
      title: `停用${member.name}？`,
      content: '停用后立即不能登录本单位，正在进行的操作随即中止；撰写的稿件不受影响。可以随时恢复。',
      okText: '停用',
      cancelText: '取消',
      onOk: go,
    });
  return (
    <span className={styles.actions}>
      {mayAssign && !self && member.state === 'active' && <Button size="small" type="link" onClick={() => onAssign(member)}>授予角色</Button>}
      {mayWrite && <Button size="small" type="link" onClick={() => onEdit(member)}>修改</Button>}
      {mayWrite && !self && member.state !== 'ended' && (
        <Button size="small" type="link" loading={step.isPending} onClick={() => (suspended ? void go() : void ask())}>{suspended ? '恢复' : '停用'}</Button>
      )}
    </span>
  );
}
