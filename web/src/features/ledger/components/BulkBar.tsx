import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useReportStep } from '@/features/reports/api/actions';
import { sentence } from '@/lib/errors';
import { useMay } from '@/lib/tenant';
import type { LedgerRow } from '../api/ledger';
import { RefusedList, type Refused } from './RefusedList';
import styles from './ledger.module.css';

const KeepDialog = lazy(() => import('./KeepDialog'));

interface Props {
  rows: LedgerRow[];
  mayAssign: boolean;
  onAssign: () => void;
  onClear: () => void;
}

/** What may be done with the ticked rows together: each row wholly or not at all, the refused ones with their reasons. */
export function BulkBar({ rows, mayAssign, onAssign, onClear }: Props) {
  const { modal, message } = App.useApp();
  const mayScreen = useMay('report:screen');
  const step = useReportStep();
  const [busy, setBusy] = useState(false);
  const [keeping, setKeeping] = useState(false);
  const each = async (done: string, act: (id: string) => Promise<unknown>) => {
    setBusy(true);
    const refused: Refused[] = [];
    for (const row of rows) await act(row.id).catch((error: unknown) => refused.push({ title: row.title, reason: sentence(error) }));
    setBusy(false);
    onClear();
    if (refused.length) void modal.warning({ title: `${done} ${rows.length - refused.length} 篇，${refused.length} 篇没有办理`, content: <RefusedList refused={refused} />, width: 560 });
    else void message.success(`${done} ${rows.length} 篇`);
  };
  if (!rows.length) return null;
  return (
    <div className={styles.ticked} role="status">
      已选 {rows.length} 篇
      {mayAssign && <Button type="primary" disabled={busy} onClick={onAssign}>指定责任人</Button>}
      {mayScreen && <Button loading={busy} onClick={() => void each('已受理', (id) => step.mutateAsync({ id, step: 'take-up' }))}>批量受理</Button>}
      {mayScreen && <Button disabled={busy} onClick={() => setKeeping(true)}>批量留存</Button>}
      <Button type="text" style={{ color: '#fff' }} onClick={onClear}>取消</Button>
      {keeping && (
        <Suspense>
          <KeepDialog
            count={rows.length}
            onClose={(why) => {
              setKeeping(false);
              if (why) void each('已留存', (id) => step.mutateAsync({ id, step: 'keep', ...why }));
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
