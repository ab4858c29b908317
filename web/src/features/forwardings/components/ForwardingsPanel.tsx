import { App, Button } from 'antd';
import { sentence } from '@/lib/errors';
import { time } from '@/lib/format';
import { formText, forwardingText, label, levelText, outcomeText } from '@/lib/texts';
import type { Forwarding } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { StatusTag, type Tone } from '@/ui/plain/StatusTag';
import { useRecall } from '../api/forwardings';
import styles from './forwardings.module.css';

const tones: Record<Forwarding['state'], Tone> = { queued: 'run', delivered: 'ok', failed: 'risk', recalled: 'quiet', returned: 'warn' };

interface Props {
  forwardings: Forwarding[];
  mayRecall: boolean;
}

/** Where a report was sent, whether it arrived, and what came of it. */
export function ForwardingsPanel({ forwardings, mayRecall }: Props) {
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
            {one.receipts?.map((receipt, index) => (
              <StatusTag key={index} bare tone={receipt.kind === 'adopted' ? 'ok' : 'quiet'}>
                {receipt.form ? label(formText, receipt.form) : label(outcomeText, receipt.kind, '已反馈')}
              </StatusTag>
            ))}
            <StatusTag tone={tones[one.state] ?? 'quiet'}>{label(forwardingText, one.state, '办理中')}</StatusTag>
            {mayRecall && (one.state === 'queued' || one.state === 'delivered') && !one.receipts?.length && (
              <Button size="small" onClick={() => takeBack(one.id)} loading={recall.isPending}>撤回</Button>
            )}
          </div>
        </div>
      ))}
    </Panel>
  );
}
