import { App, Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { useSaveWays, useWays, type Choice, type Ways } from '../api/ways';
import { SendsPanel } from './SendsPanel';
import styles from './notices.module.css';

const groups = [
  { key: 'outcome', text: '采用与处理结果' },
  { key: 'task', text: '待办与催办' },
  { key: 'other', text: '其他消息' },
] as const;

/** 接收方式: by what a person hears of things besides in the page. */
export default function WaysPage() {
  const ways = useWays();
  return (
    <>
      <PageHead title="接收方式" hint="页面上的消息总会有；这里选择还要怎样告诉您" />
      <div className={styles.stack}>
        <Loaded query={ways}>{({ ways: read, version }) => <Form key={version} ways={read} version={version} />}</Loaded>
        <SendsPanel all={false} />
      </div>
    </>
  );
}

function Form({ ways, version }: { ways: Ways; version: number }) {
  const { message } = App.useApp();
  const [choice, setChoice] = useState<Choice>(ways.choice);
  const save = useSaveWays();
  const faults = faultsOf(save.error);
  const set = (part: Partial<Choice>) => setChoice({ ...choice, ...part });
  if (!ways.channels.length) {
    return <Panel title="渠道"><EmptyState title="本单位还没有开通外发渠道" hint="由系统管理员在“设置—通知渠道”中开通。" /></Panel>;
  }
  const submit = () => void save.mutateAsync({ choice, version }).then(() => message.success('已保存'), () => undefined);
  return (
    <Panel title="渠道">
      <div className={styles.ways}>
        {groups.map(({ key, text }) => (
          <fieldset key={key} className={styles.group}>
            <legend>{text}</legend>
            <Checkbox.Group
              value={choice[key]}
              options={ways.channels.map((one) => ({ value: one.channel, label: one.name, disabled: one.channel === 'email' && !ways.email }))}
              onChange={(chosen) => set({ [key]: chosen } as Partial<Choice>)}
            />
            {faults[key] && <span className={styles.fault}>{faults[key]}</span>}
          </fieldset>
        ))}
        <p className={styles.hint}>{ways.email ? `邮件发往 ${ways.email}` : '您没有登记邮箱，需要邮件时请联系系统管理员登记'}</p>
        <Checkbox checked={choice.quiet} onChange={(event) => set({ quiet: event.target.checked })}>免打扰：以下时段除催办外不外发</Checkbox>
        {choice.quiet && (
          <Fields>
            <Field label="从" fault={faults.quiet_from}><Input type="time" value={choice.quiet_from} onChange={(event) => set({ quiet_from: event.target.value })} /></Field>
            <Field label="到" fault={faults.quiet_to}><Input type="time" value={choice.quiet_to} onChange={(event) => set({ quiet_to: event.target.value })} /></Field>
          </Fields>
        )}
        <Checkbox checked={choice.digest} onChange={(event) => set({ digest: event.target.checked })}>每天合并成一条（催办除外）</Checkbox>
        {choice.digest && (
          <Field label="合并发送的时间">
            <Select value={choice.digest_at} style={{ width: 140 }} onChange={(at) => set({ digest_at: at })} options={Array.from({ length: 24 }, (_, at) => ({ value: at, label: `${at}:00` }))} />
          </Field>
        )}
        <FormFault error={save.error} />
        <div><Button type="primary" loading={save.isPending} onClick={submit}>保存</Button></div>
      </div>
    </Panel>
  );
}
