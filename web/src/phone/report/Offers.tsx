import { useState } from 'react';
import { useAnswerHandover, useOffers, type Answer, type Handover } from '@/features/reports/api/handovers';
import { isApiError, sentence } from '@/lib/errors';
import { useTenantCode } from '@/lib/tenant';
import { Button } from '@/ui/plain/Button';
import { Card } from '../frame/Page';
import { go, Link } from '../frame/router';
import { Sheet } from '../frame/Sheet';
import styles from './talk.module.css';

const words: Record<Exclude<Answer, 'withdrawn'>, { name: string; hint: string; done: string }> = {
  accepted: { name: '接手', hint: '接手后您是第一反映人，可以继续撰写并提交。', done: '已接手，请继续撰写。' },
  refused: { name: '不接手', hint: '稿件仍由对方撰写，您不再看到它。', done: '已答复不接手。' },
};

/** The drafts that others ask this person to go on writing: of one report, or all of them. */
export default function Offers({ report }: { report?: string }) {
  const offers = (useOffers().data ?? []).filter((one) => !report || one.report_id === report);
  return <>{offers.map((one) => <Offer key={one.id} offer={one} linked={!report} />)}</>;
}

function Offer({ offer, linked }: { offer: Handover; linked: boolean }) {
  const tenant = useTenantCode();
  const [asked, setAsked] = useState<Exclude<Answer, 'withdrawn'>>();
  const name = offer.title || '未填标题';
  return (
    <Card title={`${offer.from}请您接着写`}>
      {linked && <p className={styles.name}><Link to={`/t/${tenant}/reports/${offer.report_id}`}>《{name}》</Link></p>}
      {offer.note && <p className={styles.note}>{offer.note}</p>}
      <div className={styles.buttons}>
        <Button onClick={() => setAsked('refused')}>不接手</Button>
        <Button main onClick={() => setAsked('accepted')}>接手</Button>
      </div>
      {asked && <AnswerSheet offer={offer} answer={asked} onClose={() => setAsked(undefined)} />}
    </Card>
  );
}

function AnswerSheet({ offer, answer, onClose }: { offer: Handover; answer: Exclude<Answer, 'withdrawn'>; onClose: () => void }) {
  const tenant = useTenantCode();
  const [text, setText] = useState('');
  const { name, hint, done } = words[answer];
  const send = useAnswerHandover(() => {
    const root = `/t/${tenant}`;
    // Who does not take it over sees it no longer.
    go(answer === 'accepted' ? `${root}/reports/${offer.report_id}` : root, { replace: true, flash: done });
  });
  return (
    <Sheet title={`${name}《${offer.title || '未填标题'}》`} onClose={onClose}>
      <p>{hint}</p>
      <label className={styles.answer}>附言（可不填）<textarea rows={2} maxLength={500} value={text} onChange={(event) => setText(event.target.value)} /></label>
      {send.error && <p className={styles.fault} role="alert">{(isApiError(send.error) && send.error.byField.answer) || sentence(send.error)}</p>}
      <div className={styles.buttons}>
        <Button onClick={onClose}>取消</Button>
        <Button main disabled={send.isPending} onClick={() => send.mutate({ id: offer.id, answer, words: text.trim() })}>{send.isPending ? '正在办理…' : name}</Button>
      </div>
    </Sheet>
  );
}
