import { App, Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useMay } from '@/lib/tenant';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { useChannels, useSetChannel, type ChannelView } from '../api/ways';
import { SendsPanel } from './SendsPanel';
import styles from './notices.module.css';

/** By what notices may leave the program, besides in the page. */
export default function ChannelsPanel() {
  const may = useMay('setting:write');
  const channels = useChannels(may);
  if (!may) return <Panel title="通知渠道"><EmptyState title="由系统管理员或研究室主任设置" /></Panel>;
  return (
    <>
      <Panel title="通知渠道"><Loaded query={channels}>{(all) => all.map((one) => <Form key={`${one.channel}-${one.version}`} channel={one} />)}</Loaded></Panel>
      <SendsPanel all />
    </>
  );
}

const secretLabel: Record<ChannelView['channel'], [string, string]> = {
  email: ['密码或授权码', '加密保存，保存后不再显示'],
  webhook: ['签名密钥', 'whsec_ 加 base64；请求头 webhook-id、webhook-timestamp、webhook-signature，签名为 HMAC-SHA256（编号.时间.正文）'],
  wecom: ['机器人地址', '群机器人的 Webhook 地址'],
  dingtalk: ['机器人地址和加签密钥', '先填地址，空一格，再填 SEC 开头的密钥'],
};

/** A key that the receiver is to be given: 32 random bytes. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}

function Form({ channel }: { channel: ChannelView }) {
  const { message } = App.useApp();
  const [active, setActive] = useState(channel.active);
  const [full, setFull] = useState(channel.full_text);
  const [config, setConfig] = useState(channel.config);
  const [secret, setSecret] = useState('');
  const save = useSetChannel();
  const faults = faultsOf(save.error);
  const [label, hint] = secretLabel[channel.channel];
  const own = channel.channel !== 'email' || Boolean(config.host) || !channel.shared;
  const set = (part: Partial<typeof config>) => setConfig({ ...config, ...part });
  const submit = () =>
    void save.mutateAsync({ channel: channel.channel, active, full_text: full, config, secret: secret.trim() || undefined, version: channel.version })
      .then(() => message.success(`${channel.name}已保存`), () => undefined);
  return (
    <section className={styles.channel} aria-label={channel.name}>
      <h3>{channel.name}</h3>
      <Checkbox checked={active} onChange={(event) => setActive(event.target.checked)}>启用</Checkbox>
      <Checkbox checked={full} onChange={(event) => setFull(event.target.checked)}>带上消息内容（含信息标题）；不选则只说有新消息</Checkbox>
      <Fields>
        {channel.channel === 'email' && (
          <>
            <Field label="服务器" fault={faults.host} hint={channel.shared ? '不填则用运营方的邮件服务器' : '如 smtp.example.com'}><Input value={config.host} maxLength={200} onChange={(event) => set({ host: event.target.value })} /></Field>
            <Field label="端口" fault={faults.port}><InputNumber min={1} max={65535} precision={0} value={config.port} onChange={(port) => set({ port: port ?? undefined })} /></Field>
            <Field label="加密" fault={faults.security}>
              <Select value={config.security} onChange={(security) => set({ security })} options={[{ value: 'tls', label: 'SSL/TLS（465）' }, { value: 'starttls', label: 'STARTTLS（587）' }]} />
            </Field>
            <Field label="用户名" fault={faults.username}><Input autoComplete="off" value={config.username} maxLength={200} onChange={(event) => set({ username: event.target.value })} /></Field>
            <Field label="发件人邮箱" fault={faults.sender}><Input value={config.sender} maxLength={200} onChange={(event) => set({ sender: event.target.value })} /></Field>
          </>
        )}
        {channel.channel === 'webhook' && <Field label="回调地址" wide fault={faults.url} hint="以 https:// 开头"><Input value={config.url} maxLength={500} onChange={(event) => set({ url: event.target.value })} /></Field>}
        {own && (
          <Field label={label} wide={channel.channel !== 'email'} fault={faults.secret} hint={channel.has_secret ? `已保存，不再显示；不改则不填。${hint}` : hint}>
            <Input autoComplete="off" type={channel.channel === 'email' ? 'password' : 'text'} value={secret} maxLength={500} onChange={(event) => setSecret(event.target.value)} />
          </Field>
        )}
      </Fields>
      <FormFault error={save.error} />
      <div>
        <Button type="primary" loading={save.isPending} onClick={submit} aria-label={`保存${channel.name}`}>保存</Button>{' '}
        {channel.channel === 'webhook' && <Button onClick={() => setSecret(newKey())}>生成密钥</Button>}
      </div>
    </section>
  );
}
