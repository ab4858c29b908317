import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { day } from '@/lib/format';
import { FormFault } from '@/ui/Field';
import { Panel } from '@/ui/Page';
import { useStuck, useUnstick, type Member, type Stuck } from '../api/chains';
import styles from './chains.module.css';

/** Steps on which nobody can act any more, for who keeps the flows: nothing of the report itself is shown. */
export function StuckPanel({ people }: { people: Member[] }) {
  const found = useStuck(true);
  if (!found.data?.length) return null;
  return (
    <Panel title={`无人可办的审签（${found.data.length}）`}>
      {found.data.map((one) => <Row key={one.target} stuck={one} people={people} />)}
    </Panel>
  );
}

function Row({ stuck, people }: { stuck: Stuck; people: Member[] }) {
  const { message } = App.useApp();
  const [to, setTo] = useState<string>();
  const give = useUnstick();
  const submit = () => to && give.mutate({ review: stuck.review, target: stuck.target, to }, { onSuccess: () => void message.success('已改派') });
  return (
    <div className={styles.stuck}>
      <span>{stuck.chain_name} · {stuck.step}<small>{stuck.name ? `原审签人 ${stuck.name} 已不能办理` : '没有审签人'}，{day(stuck.started_at)} 送审</small></span>
      <Select aria-label={`把“${stuck.step}”改派给`} showSearch={{ optionFilterProp: 'label' }} placeholder="改派给" value={to} onChange={setTo} options={people.filter((one) => one.signs).map((one) => ({ value: one.id, label: one.name }))} />
      <Button disabled={!to} loading={give.isPending} onClick={submit}>改派</Button>
      <FormFault error={give.error} />
    </div>
  );
}
