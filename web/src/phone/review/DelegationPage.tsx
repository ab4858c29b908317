import { useState } from 'react';
import { usePeople } from '@/features/chains/api/chains';
import { useDelegate, useDelegations, useEndDelegation, type Delegation } from '@/features/reviews/api/reviews';
import { isApiError, sentence } from '@/lib/errors';
import { time } from '@/lib/format';
import { useMe } from '@/lib/tenant';
import { delegationText } from '@/lib/texts';
import { Button } from '@/ui/plain/Button';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { Card, Page } from '../frame/Page';
import styles from './review.module.css';

const DAY = 24 * 60 * 60_000;

/** The moment as a field of date and time wants it, on the clock of this device. */
const field = (at: Date): string => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** Who stands in for the leader while away, and for whom he stands in. */
export function DelegationPage() {
  const all = useDelegations();
  return (
    <Page title="审签委托">
      <Card title="请他人代为审签"><Form /></Card>
      <Card title="委托记录">
        <Loaded query={all}>
          {(items) => (items.length ? <ul className={styles.steps}>{items.map((one) => <Row key={one.id} delegation={one} />)}</ul> : <EmptyState title="没有委托" hint="委托他人和受托代办的记录都在这里。" />)}
        </Loaded>
      </Card>
    </Page>
  );
}

function Form() {
  const me = useMe();
  const people = usePeople();
  const [deputy, setDeputy] = useState('');
  const [reason, setReason] = useState('');
  const [from, setFrom] = useState(() => field(new Date()));
  const [until, setUntil] = useState(() => field(new Date(Date.now() + DAY)));
  const save = useDelegate();
  const fault = save.error && ((isApiError(save.error) && Object.values(save.error.byField)[0]) || sentence(save.error));
  const submit = () => save.mutate({ deputy, reason: reason.trim(), starts_at: new Date(from).toISOString(), ends_at: new Date(until).toISOString() }, {
    onSuccess: () => {
      setDeputy('');
      setReason('');
    },
  });
  return (
    <>
      <label className={styles.opinion}>
        委托给
        <select value={deputy} onChange={(event) => setDeputy(event.target.value)}>
          <option value="">请选择</option>
          {(people.data ?? []).filter((one) => one.signs && one.id !== me.membership.id).map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
        </select>
      </label>
      <label className={styles.opinion}>从<input type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} /></label>
      <label className={styles.opinion}>到<input type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} /></label>
      <label className={styles.opinion}>事由<input maxLength={200} placeholder="如：赴省里参加会议" value={reason} onChange={(event) => setReason(event.target.value)} /></label>
      {fault && <p className={styles.fault} role="alert">{fault}</p>}
      {save.isSuccess && <p role="status">已委托，受托人已收到消息。</p>}
      <div className={styles.buttons}><Button main disabled={!deputy || !reason.trim() || !from || !until || save.isPending} onClick={submit}>委托</Button></div>
    </>
  );
}

function Row({ delegation }: { delegation: Delegation }) {
  const end = useEndDelegation();
  return (
    <li className={delegation.state === 'active' ? styles.current : ''}>
      <div><b>{delegation.mine ? `委托${delegation.deputy}代我审签` : `代${delegation.principal}审签`}</b><span>{delegationText[delegation.state]}</span></div>
      <small>{time(delegation.starts_at)} 至 {time(delegation.ends_at)}，{delegation.reason}</small>
      {delegation.state !== 'ended' && <button type="button" className={styles.pen} disabled={end.isPending} onClick={() => end.mutate({ id: delegation.id })}>结束委托</button>}
      {end.error && <p className={styles.fault} role="alert">{sentence(end.error)}</p>}
    </li>
  );
}
