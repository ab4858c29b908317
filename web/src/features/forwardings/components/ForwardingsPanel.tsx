import { App, Button } from 'antd';
import { sentence } from '@/lib/errors';
import { time } from '@/lib/format';
import { formText, forwardingText, label, levelText, outcomeText } from '@/lib/texts';
import type { Forwarding, Outcome } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { StatusTag, type Tone } from '@/ui/plain/StatusTag';
import { useRecall } from '../api/forwardings';
import styles from './forwardings.module.css';

const tones: Record<Forwarding['state'], Tone> = { queued: 'run', delivered: 'ok', failed: 'risk', recalled: 'quiet', returned: 'warn' };

/** What the unit a report was sent to answered. */
const answers = (one: Forwarding, outcomes: Outcome[]) => outcomes.filter((outcome) => outcome.tenant === one.to.code);

interface Props {
  forwardings: Forwarding[];
  /** What every unit on the way decided. */
  outcomes: Outcome[];
  mayRecall: boolean;
}

/** Where a report was sent, whether it arrived, and what came of it. */
export function ForwardingsPanel({ forwardings, outcomes, mayRecall }: Props) {
  const { message } = App.useApp();
  const recall = useRecall();
  if (!forwardings.length) return null;
  const takeBack = (id: string) =>
    recall.mutate({ id }, {
      onSuccess: () => message.success('已撤回'),
      onError: (error) => message.error(sentence(error)),
    });
  return (
    <Panel flush title="报送与反馈">
      {forwardings.map((one) => (
        <div key={one.id} className={styles.row}>
          <div>
            {one.to.name} <small>{label(levelText, one.to.level, '')}</small>
            <br />
            <small>{time(one.sent_at)} 报送{one.delivered_at && `，${time(one.delivered_at)} 送达`}</small>
          </div>
          <div className={styles.receipts}>
            {answers(one, outcomes).map((outcome, index) => (
              <StatusTag key={index} bare tone={outcome.kind === 'adopted' ? 'ok' : 'quiet'}>
                {outcome.form ? label(formText, outcome.form) : label(outcomeText, outcome.kind, '已反馈')}
              </StatusTag>
            ))}
            <StatusTag tone={tones[one.state] ?? 'quiet'}>{label(forwardingText, one.state, '办理中')}</StatusTag>
            {mayRecall && (one.state === 'queued' || one.state === 'delivered') && !answers(one, outcomes).length && (
              <Button size="small" onClick={() => takeBack(one.id)} loading={recall.isPending}>撤回</Button>
            )}
          </div>
        </div>
      ))}
    </Panel>
  );
}
