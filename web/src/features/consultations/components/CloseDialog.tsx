import { App, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useVersions } from '@/features/reports/api/report';
import { time } from '@/lib/format';
import { label, versionText } from '@/lib/texts';
import { faultsOf, Field, FormFault } from '@/ui/Field';
import { useCancelConsultation, useCloseConsultation, type Sheet } from '../api/consultations';
import { kindText } from '../api/words';
import styles from './consultations.module.css';

/** Ends a sheet: the conclusion, of a workshop the record, and the version that came of it. */
export function CloseDialog({ sheet, onClose }: { sheet: Sheet; onClose: () => void }) {
  const { message } = App.useApp();
  const versions = useVersions(sheet.report_id);
  const [conclusion, setConclusion] = useState('');
  const [minutes, setMinutes] = useState('');
  const [resulting, setResulting] = useState<number>();
  const close = useCloseConsultation();
  const faults = faultsOf(close.error);
  const waiting = sheet.opinions.filter((one) => one.state === 'asked').map((one) => one.name);
  const submit = () =>
    close.mutate({ sheet: sheet.id, version: sheet.version, conclusion: conclusion.trim(), minutes: minutes.trim() || undefined, resulting }, {
      onSuccess: () => {
        void message.success('已办结');
        onClose();
      },
    });
  return (
    <Modal
      open
      width={640}
      title={`${kindText[sheet.kind]}办结`}
      okText="办结"
      okButtonProps={{ loading: close.isPending, disabled: !conclusion.trim() || (sheet.kind === 'workshop' && !minutes.trim()) }}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={styles.form}>
        {waiting.length > 0 && <p className={styles.fault}>{waiting.join('、')}还没有提出意见，办结后不再等候。</p>}
        {sheet.kind === 'workshop' && (
          <Field label="研讨记录" fault={faults.minutes}>
            <Input.TextArea value={minutes} rows={4} maxLength={2000} showCount onChange={(event) => setMinutes(event.target.value)} />
          </Field>
        )}
        <Field label="结论" fault={faults.conclusion}>
          <Input.TextArea value={conclusion} rows={3} maxLength={2000} showCount onChange={(event) => setConclusion(event.target.value)} />
        </Field>
        <Field label="由此形成的版本（可不选）" fault={faults.resulting}>
          <Select
            aria-label="由此形成的版本"
            allowClear
            value={resulting}
            onChange={setResulting}
            options={[...(versions.data ?? [])].reverse().map((one) => ({ value: one.no, label: `第 ${one.no} 版 ${label(versionText, one.kind)} ${one.by ?? ''} ${time(one.at)}` }))}
          />
        </Field>
      </div>
      <FormFault error={close.error} />
    </Modal>
  );
}

/** Takes a sheet back. */
export function CancelSheetDialog({ sheet, onClose }: { sheet: Sheet; onClose: () => void }) {
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const cancel = useCancelConsultation();
  const submit = () =>
    cancel.mutate({ sheet: sheet.id, reason: reason.trim() }, {
      onSuccess: () => {
        void message.success('已撤销');
        onClose();
      },
    });
  return (
    <Modal open title={`撤销${kindText[sheet.kind]}`} okText="撤销会商" okButtonProps={{ loading: cancel.isPending, disabled: !reason.trim() }} onOk={submit} onCancel={onClose}>
      <div className={styles.form}>
        <Field label="理由" fault={faultsOf(cancel.error).reason}>
          <Input.TextArea value={reason} rows={2} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </div>
      <FormFault error={cancel.error} />
    </Modal>
  );
}
