import { App, Modal, Select } from 'antd';
import { useState } from 'react';
import type { Line } from '@/features/organisation/api/organisation';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useCloseLine } from '../api/platform';
import { monthChoices } from './months';
import styles from './operator.module.css';

/** Ends a reporting line with a month. */
export default function CloseLineDialog({ line, onClose }: { line: Line; onClose: () => void }) {
  const { message } = App.useApp();
  const choices = monthChoices(12, 12).filter((one) => one.value >= line.from);
  const [to, setTo] = useState(monthChoices(0, 1)[1]!.value);
  const close = useCloseLine();
  const faults = faultsOf(close.error);
  const submit = () =>
    close.mutate({ id: line.id, to }, {
      onSuccess: () => {
        void message.success('已终止');
        onClose();
      },
    });
  return (
    <Modal open title="终止报送渠道" okText="终止" okButtonProps={{ loading: close.isPending }} onOk={submit} onCancel={onClose}>
      <p>{line.lower.name} → {line.upper.name}</p>
      <Fields>
        <Field wide label="自哪个月起不再报送" fault={faults.to}><Select value={to} onChange={setTo} options={choices} /></Field>
      </Fields>
      <p className={styles.hint}>此前的统计留在{line.upper.name}，此后的统计归新的上级单位。终止后不能恢复，可以另建渠道。</p>
      <FormFault error={close.error} />
    </Modal>
  );
}
