import { Alert, App, Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useCategories } from '@/features/reports/api/catalogues';
import { sentence } from '@/lib/errors';
import { time } from '@/lib/format';
import { useMay } from '@/lib/tenant';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { useCheckMailbox, useMailbox, useSaveMailbox, type Mailbox } from '../api/mailbox';

/** Where mails to the unit are read from. */
export default function MailboxPanel() {
  const may = useMay('setting:write');
  const mailbox = useMailbox(Boolean(may));
  if (!may) return <Panel title="来信邮箱"><EmptyState title="由系统管理员或研究室主任设置" /></Panel>;
  return <Panel title="来信邮箱"><Loaded query={mailbox}>{({ box, version }) => <Form key={version} box={box} version={version} />}</Loaded></Panel>;
}

function Form({ box, version }: { box: Mailbox; version: number }) {
  const { message } = App.useApp();
  const { has_password, checked_at, last_error, ...config } = box;
  const [form, setForm] = useState({ ...config, password: '' });
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const save = useSaveMailbox();
  const check = useCheckMailbox();
  const categories = useCategories();
  const faults = faultsOf(save.error);
  const imap = form.kind === 'imap';
  const submit = () =>
    save.mutate({ version, body: { ...form, password: form.password || undefined } }, { onSuccess: () => void message.success('已保存') });
  return (
    <>
      {last_error && <Alert type="warning" showIcon title={`上次收信没有成功：${last_error}`} />}
      {!last_error && checked_at && <p>上次收到来信：{time(checked_at)}</p>}
      <Fields>
        <Field label="种类" fault={faults.kind}>
          <Select value={form.kind} onChange={(kind) => set({ kind })} options={[{ value: 'imap', label: '邮件服务器（IMAP）' }, { value: 'maildir', label: '本系统服务器上的邮件文件夹' }]} />
        </Field>
        <Field label="文件夹" fault={faults.folder} hint={imap ? '一般为 INBOX' : '本单位邮件文件夹的名称'}><Input value={form.folder} maxLength={200} onChange={(event) => set({ folder: event.target.value })} /></Field>
        {imap && (
          <>
            <Field label="服务器" fault={faults.host} hint="如 imap.example.com"><Input value={form.host} maxLength={200} onChange={(event) => set({ host: event.target.value })} /></Field>
            <Field label="端口" fault={faults.port}><InputNumber min={1} max={65535} precision={0} value={form.port} onChange={(port) => set({ port: port ?? 993 })} /></Field>
            <Field label="加密" fault={faults.security}>
              <Select value={form.security} onChange={(security) => set({ security })} options={[{ value: 'tls', label: 'SSL/TLS（993）' }, { value: 'starttls', label: 'STARTTLS（143）' }]} />
            </Field>
            <Field label="用户名" fault={faults.username}><Input autoComplete="off" value={form.username} maxLength={200} onChange={(event) => set({ username: event.target.value })} /></Field>
            <Field label="密码或授权码" fault={faults.password} hint={has_password ? '已保存，不再显示；不改则不填' : '加密保存，保存后不再显示'}>
              <Input.Password autoComplete="new-password" value={form.password} maxLength={200} onChange={(event) => set({ password: event.target.value })} />
            </Field>
          </>
        )}
      </Fields>
      <p><Checkbox checked={form.active} onChange={(event) => set({ active: event.target.checked })}>启用：每 5 分钟收取一次，每封只收一次，不改动邮箱里的邮件</Checkbox></p>
      <p><Checkbox checked={form.submit} onChange={(event) => set({ submit: event.target.checked })}>从成员登记的邮箱来的信直接提交（发件人可以冒用；不选则只存为其草稿并通知本人）</Checkbox></p>
      {form.submit && (
        <Field label="直接提交时的分类" fault={faults.category}>
          <Select showSearch value={form.category || undefined} placeholder="请选择分类" onChange={(category) => set({ category })} options={categories.data?.map((one) => ({ value: one.name, label: one.name }))} />
        </Field>
      )}
      <FormFault error={save.error} />
      <p>
        <Button type="primary" loading={save.isPending} onClick={submit}>保存</Button>{' '}
        <Button
          disabled={!box.active} loading={check.isPending}
          onClick={() => check.mutate({}, { onSuccess: () => void message.success('已安排收信，稍后在“导入—来信”里查看'), onError: (error) => void message.error(sentence(error)) })}
        >
          立即收信
        </Button>
      </p>
    </>
  );
}
