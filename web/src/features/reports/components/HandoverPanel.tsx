import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { time } from '@/lib/format';
import { useMe } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { StatusTag } from '@/ui/plain/StatusTag';
import { handoverText, useHandovers, type Answer, type Handover } from '../api/handovers';
import styles from './writing.module.css';

const AnswerDialog = lazy(() => import('./AnswerDialog'));

const tones = { offered: 'run', accepted: 'ok', refused: 'warn', withdrawn: 'quiet' } as const;

/** From hand to hand: what waits for an answer, with its buttons, and what was. Nothing is shown where there was nothing. */
export default function HandoverPanel({ report }: { report: Report }) {
  const { membership } = useMe();
  const list = useHandovers(report.id).data ?? [];
  const [asked, setAsked] = useState<{ handover: Handover; answer: Answer }>();
  if (!list.length) return null;
  const ask = (handover: Handover, answer: Answer) => setAsked({ handover, answer });
  const owner = [report.author?.membership_id, report.author?.recorder_id].includes(membership.id);
  return (
    <Panel title="移交记录">
      <ol className={styles.list}>
        {[...list].reverse().map((one) => (
          <li key={one.id}>
            <div className={styles.row}><b>{one.from} → {one.to}</b><StatusTag tone={tones[one.state]}>{handoverText[one.state]}</StatusTag></div>
            {one.note && <p>{one.note}</p>}
            {one.answer && <p>答复：{one.answer}</p>}
            <small>{time(one.decided_at ?? one.offered_at)}{one.keep_name && '，移交人保留署名'}</small>
            {one.state === 'offered' && one.to_id === membership.id && (
              <div className={styles.buttons}>
                <Button size="small" type="primary" onClick={() => ask(one, 'accepted')}>接手</Button>
                <Button size="small" onClick={() => ask(one, 'refused')}>不接手</Button>
              </div>
            )}
            {one.state === 'offered' && owner && <div className={styles.buttons}><Button size="small" onClick={() => ask(one, 'withdrawn')}>撤回移交</Button></div>}
          </li>
        ))}
      </ol>
      {asked && <Suspense><AnswerDialog {...asked} onClose={() => setAsked(undefined)} /></Suspense>}
    </Panel>
  );
}
