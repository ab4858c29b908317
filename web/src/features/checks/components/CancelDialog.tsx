import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { faultsOf, Field, FormFault } from '@/ui/Field';
import { useCancelCheck, type Check } from '../api/checks';
import styles from './checks.module.css';

/** Takes a request back. */
export function CancelDialog({ check, onClose }: { check: Check; onClose: () => void }) {
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const cancel = useCancelCheck();
  const submit = () =>
    cancel.mutate({ check: check.id, reason: reason.trim() }, {
      onSuccess: () => {
        void message.success('已撤销');
        onClose();
      },
    });
  return (
    <Modal open title={`撤销请${check.to}核实的事项`} okText="撤销" okButtonProps={{ loading: cancel.isPending, disabled: !reason.trim() }} onOk={submit} onCancel={onClose}>
      <div className={styles.form}>
        <Field label="理由" fault={faultsOf(cancel.error).reason}>
          <Input.TextArea autoFocus value={reason} rows={2} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </div>
      <FormFault error={cancel.error} />
    </Modal>
  );
}
