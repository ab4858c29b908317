import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { sentence } from '@/lib/errors';
import { useReportStep } from '../api/actions';
import styles from './dialogs.module.css';

/** Takes an adoption back by a correcting entry; the first entry stays. */
export default function CorrectionDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const step = useReportStep();
  const submit = () =>
    step.mutate({ id, step: 'adoption-correction', reason: reason.trim() }, {
      onSuccess: () => {
        message.success('已更正，沿途各单位和作者都会收到');
        onClose();
      },
    });
  return (
    <Modal open title="更正采用" okText="确认更正" okButtonProps={{ disabled: !reason.trim(), loading: step.isPending }} onOk={submit} onCancel={onClose}>
      <p className={styles.hint}>采用记录不会删除，而是追加一条更正；有关数字随之冲减。</p>
      <label className={styles.field}>
        更正理由
        <Input.TextArea value={reason} onChange={(event) => setReason(event.target.value)} rows={3} maxLength={500} showCount />
      </label>
      {step.error && <p className={styles.fault} role="alert">{sentence(step.error)}</p>}
    </Modal>
  );
}
