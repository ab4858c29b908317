import { App, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { Post } from '@/features/chains/api/chains';
import type { Unit } from '@/features/organisation/api/organisation';
import { memberClassText } from '@/features/roles/components/grants';
import { partyOrder } from '@/lib/texts';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useAddMember, useEditMember, type Member, type NewMember } from '../api/members';

const options = (values: string[]) => values.map((value) => ({ value, label: value }));
const parties = options(['中共', ...partyOrder.filter((one) => one !== '工商联'), '无党派']);
const classes = Object.entries(memberClassText).map(([value, label]) => ({ value, label }));

interface Props {
  /** Without one a new member is registered. */
  member?: Member;
  posts: Post[];
  units: Unit[];
  onClose: () => void;
}

/** Registers a member, or changes what is known of one. */
export default function MemberDialog({ member, posts, units, onClose }: Props) {
  const { message } = App.useApp();
  const [form, setForm] = useState<NewMember>({
    name: member?.name ?? '', title: member?.title ?? '', post: member?.post ?? '', sector: member?.sector ?? '', party: member?.party ?? '',
    unit_id: member?.unit_id, email: member?.email ?? '', login: '', password: '', class: member?.class ?? 'business',
  });
  const add = useAddMember();
  const edit = useEditMember();
  const { error, isPending } = member ? edit : add;
  const faults = faultsOf(error);
  const set = (part: Partial<NewMember>) => setForm({ ...form, ...part });
  const done = {
    onSuccess: () => {
      void message.success(member ? '已保存' : '成员已登记，由安全管理员授予角色后即可使用');
      onClose();
    },
  };
  const submit = () => {
    const { login, password, class: kind, ...common } = form;
    const trimmed = { ...common, name: common.name.trim(), title: common.title.trim(), sector: common.sector.trim(), email: common.email.trim() };
    if (member) edit.mutate({ id: member.id, ...trimmed }, done);
    else add.mutate({ ...trimmed, login: login.trim().toLowerCase(), password: password || undefined, class: kind }, done);
  };
  return (
    <Modal
      open
      width={620}
      title={member ? `修改${member.name}` : '登记成员'}
      okText={member ? '保存' : '登记'}
      okButtonProps={{ disabled: !form.name.trim() || (!member && !form.login.trim()), loading: isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      <Fields>
        <Field label="姓名" fault={faults.name}><Input value={form.name} maxLength={30} onChange={(event) => set({ name: event.target.value })} /></Field>
        <Field label="职务" fault={faults.title}><Input value={form.title} maxLength={60} placeholder="如：研究室副主任" onChange={(event) => set({ title: event.target.value })} /></Field>
        {!member && (
          <>
            <Field label="登录名" fault={faults.login} hint="小写字母、数字或 . _ @ -"><Input autoComplete="off" value={form.login} maxLength={64} onChange={(event) => set({ login: event.target.value })} /></Field>
            <Field label="初始密码" fault={faults.password} hint="至少 8 个字符；已有此登录名的人沿用原密码，不必填写"><Input.Password autoComplete="new-password" value={form.password} maxLength={128} onChange={(event) => set({ password: event.target.value })} /></Field>
            <Field wide label="类别" fault={faults.class} hint="业务人员与三类管理员互不兼任，登记后不能改变"><Select value={form.class} onChange={(value) => set({ class: value })} options={classes} /></Field>
          </>
        )}
        <Field label="所在机构" fault={faults.unit_id}>
          <Select allowClear placeholder="不属于内设机构" value={form.unit_id} onChange={(unit_id) => set({ unit_id })} options={units.map((unit) => ({ value: unit.id, label: unit.name }))} />
        </Field>
        <Field label="岗位" fault={faults.post} hint="审签流程按岗位找人">
          <Select allowClear placeholder="没有审签岗位" value={form.post || undefined} onChange={(post) => set({ post: post ?? '' })} options={posts.map((post) => ({ value: post.code, label: post.name }))} />
        </Field>
        <Field label="党派" fault={faults.party}>
          <Select allowClear showSearch placeholder="请选择" value={form.party || undefined} onChange={(party) => set({ party: party ?? '' })} options={parties} />
        </Field>
        <Field label="界别" fault={faults.sector}><Input value={form.sector} maxLength={30} placeholder="如：医药卫生" onChange={(event) => set({ sector: event.target.value })} /></Field>
        <Field wide label="邮箱" fault={faults.email} hint="从这个地址发到本单位来信邮箱的邮件，成为本人的草稿"><Input type="email" value={form.email} maxLength={100} onChange={(event) => set({ email: event.target.value })} /></Field>
      </Fields>
      <FormFault error={error} />
    </Modal>
  );
}
