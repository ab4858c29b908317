import { App, Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { sentence } from '@/lib/errors';
import { useMay, useMe } from '@/lib/tenant';
import { useReportStep } from '../api/actions';
import styles from './list.module.css';

/** How many reports may be ticked: as many as a combined report takes. */
export const TICKS = 10;

interface Props {
  ids: string[];
  /** Whether the ticked reports wait to be taken up. */
  waiting: boolean;
  onClear: () => void;
}

/** What may be done with the ticked reports together. */
export function TickBar({ ids, waiting, onClear }: Props) {
  const { tenant } = useMe();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const mayCombine = useMay('report:combine');
  const step = useReportStep();
  const [busy, setBusy] = useState(false);
  const takeUp = async () => {
    setBusy(true);
    const refused: string[] = [];
    for (const id of ids) {
      await step.mutateAsync({ id, step: 'take-up' }).catch((error: unknown) => refused.push(sentence(error)));
    }
    setBusy(false);
    onClear();
    if (refused.length) message.warning(`受理 ${ids.length - refused.length} 篇，${refused.length} 篇未受理：${refused[0]}`);
    else message.success(`已受理 ${ids.length} 篇，来稿人已收到通知`);
  };
  if (!ids.length) return null;
  return (
    <div className={styles.ticked} role="status">
      已选 {ids.length} 篇{ids.length === TICKS && '（最多 10 篇）'}
      {waiting && <Button type="primary" loading={busy} onClick={() => void takeUp()}>批量受理</Button>}
      {!waiting && mayCombine && (
        <Button type="primary" disabled={ids.length < 2} onClick={() => navigate(`/t/${tenant.code}/combine?ids=${ids.join(',')}`)}>综合采编</Button>
      )}
      <Button type="text" style={{ color: '#fff' }} onClick={onClear}>取消</Button>
    </div>
  );
}
