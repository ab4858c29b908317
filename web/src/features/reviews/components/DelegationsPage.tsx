import { App, Button, DatePicker, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { usePeople } from '@/features/chains/api/chains';
import { time } from '@/lib/format';
import { useMe } from '@/lib/tenant';
import { delegationText } from '@/lib/texts';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useDelegate, useDelegations, useEndDelegation, type Delegation } from '../api/reviews';
import styles from './reviews.module.css';

const tones = { planned: 'run', active: 'ok', ended: 'quiet' } as const;

/** Who stands in for the person while away, and for whom the person stands in. */
export default function DelegationsPage() {
  const all = useDelegations();
  return (
    <>
      <PageHead title="审签委托" hint="外出期间请他人代为审签：对已经在等您的和期间新来的都有效，双方都能看到，签署时注明“代”" />
      <div className={styles.page}>
        <Panel title="新建委托"><Form /></Panel>
        <Panel title="委托记录" flush>
          <Loaded query={all}>
            {(items) => (items.length
              ? items.map((one) => <Row key={one.id} delegation={one} />)
              : <EmptyState title="没有委托" hint="委托他人和受托代办的记录都在这里。" />)}
          </Loaded>
        </Panel>
      </div>
    </>
  );
}

function Form() {
  const { message } = App.useApp();
  const me = useMe();
  const people = usePeople();
  const [deputy, setDeputy] = useState<string>();
  const [reason, setReason] = useState('');
  const [span, setSpan] = useState<[Dayjs | null, Dayjs | null]>([dayjs(), null]);
  const save = useDelegate();
  const faults = faultsOf(save.error);
  const [from, until] = span;
  const submit = () => {
    if (!deputy || !from || !until) return;
    save.mutate({ deputy, reason: reason.trim(), starts_at: from.toISOString(), ends_at: until.toISOString() }, {
      onSuccess: () => {
        void message.success('已委托，受托人已收到消息');
        setDeputy(undefined);
        setReason('');
      },
    });
  };
  return (
    <>
      <Fields>
        <Field label="委托给" fault={faults.deputy}>
          <Select showSearch={{ optionFilterProp: 'label' }} placeholder="请选择可以审签的人员" value={deputy} onChange={setDeputy} options={(people.data ?? []).filter((one) => one.signs && one.id !== me.membership.id).map((one) => ({ value: one.id, label: one.name }))} />
        </Field>
        <Field label="起止时间" fault={faults.ends_at ?? faults.starts_at}>
          <DatePicker.RangePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} value={span} onChange={(value) => setSpan(value ?? [null, null])} />
        </Field>
        <Field label="事由" wide fault={faults.reason}>
          <Input maxLength={200} placeholder="如：赴省里参加会议" value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </Fields>
      <Button type="primary" loading={save.isPending} disabled={!deputy || !from || !until || !reason.trim()} onClick={submit}>委托</Button>
      <FormFault error={save.error} />
    </>
  );
}

function Row({ delegation }: { delegation: Delegation }) {
  const { message } = App.useApp();
  const end = useEndDelegation();
  return (
    <div className={styles.delegation}>
      <span>{delegation.mine ? <>委托 <b>{delegation.deputy}</b> 代我审签</> : <>代 <b>{delegation.principal}</b> 审签</>}</span>
      <span className={styles.quiet}>{time(delegation.starts_at)} 至 {time(delegation.ends_at)}，{delegation.reason}</span>
      <StatusTag tone={tones[delegation.state]}>{delegationText[delegation.state]}</StatusTag>
      {delegation.state !== 'ended' && <Button size="small" loading={end.isPending} onClick={() => end.mutate({ id: delegation.id }, { onSuccess: () => void message.success('委托已结束') })}>结束</Button>}
      <FormFault error={end.error} />
    </div>
  );
}
