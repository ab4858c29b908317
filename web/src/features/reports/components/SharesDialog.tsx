import { App, Button, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { isApiError } from '@/lib/errors';
import type { Report } from '@/lib/types';
import { FormFault, faultsOf } from '@/ui/Field';
import { equalShares } from '@/features/combinations/api/combine';
import { useChangeSources } from '../api/links';
import { moved } from '../api/origin';
import styles from './writing.module.css';

type Source = NonNullable<Report['sources']>[number];

/** Order and shares of the sources; based on what was read, another's change is shown and not written over. */
export default function SharesDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const { message } = App.useApp();
  const [list, setList] = useState<Source[]>(report.sources ?? []);
  const [version, setVersion] = useState(report.version);
  const change = useChangeSources(report.id);
  const faults = faultsOf(change.error);
  const sum = Math.round(list.reduce((total, one) => total + one.share * 100, 0)) / 100;
  const stale = isApiError(change.error) && change.error.status === 412;
  const submit = () =>
    change.mutate({ version, reports: list.map((one) => one.report_id), shares: Object.fromEntries(list.map((one) => [one.report_id, one.share])) }, {
      onSuccess: () => {
        message.success('来源的次序和份额已保存');
        onClose();
      },
    });
  const newest = () => {
    setList(report.sources ?? []);
    setVersion(report.version);
    change.reset();
  };
  const evenly = () => {
    const shares = equalShares(list.map((one) => one.report_id));
    setList(list.map((one) => ({ ...one, share: shares[one.report_id]! })));
  };
  return (
    <Modal open width={640} title="来源的次序和份额" okText="保存" okButtonProps={{ disabled: sum !== 100 || stale, loading: change.isPending }} onOk={submit} onCancel={onClose}>
      <ol className={styles.sources} aria-label="来源稿件">
        {list.map((one, index) => (
          <li key={one.report_id}>
            <span>{index + 1}. {one.title}</span>
            <span>
              <Button size="small" type="text" disabled={index === 0} aria-label={`${one.title}上移`} onClick={() => setList(moved(list, index, index - 1))}>↑</Button>
              <Button size="small" type="text" disabled={index === list.length - 1} aria-label={`${one.title}下移`} onClick={() => setList(moved(list, index, index + 1))}>↓</Button>
            </span>
            <InputNumber
              aria-label={`份额：${one.title}`} min={0} max={100} precision={2} suffix="%" value={one.share}
              onChange={(share) => setList(list.map((other) => (other === one ? { ...one, share: share ?? 0 } : other)))}
            />
          </li>
        ))}
      </ol>
      <p className={styles.sum}>
        <span className={sum === 100 ? '' : styles.over}>份额合计 {sum}%{sum !== 100 && '，应为 100%'}</span>
        <Button size="small" onClick={evenly}>平均分配</Button>
      </p>
      {stale ? <p role="alert" className={styles.over}>这篇稿件刚被他人修改，您填的还没有保存。<Button size="small" onClick={newest}>换成最新的再改</Button></p>
        : (faults.shares ?? faults.reports) ? <p className={styles.over} role="alert">{faults.shares ?? faults.reports}</p> : <FormFault error={change.error} />}
    </Modal>
  );
}
