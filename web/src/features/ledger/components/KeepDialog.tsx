import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useReasons } from '@/features/reports/api/catalogues';
import { Field } from '@/ui/Field';

interface Props {
  count: number;
  onClose: (why?: { reason_code: string; reason: string }) => void;
}

/** Why the ticked reports are kept for later. */
export default function KeepDialog({ count, onClose }: Props) {
  const reasons = useReasons('keep');
  const [code, setCode] = useState<string>();
  const [words, setWords] = useState('');
  return (
    <Modal
      open title={`留存 ${count} 篇`} okText="确认留存" okButtonProps={{ disabled: !code || (code === 'other' && !words.trim()) }}
      onOk={() => code && onClose({ reason_code: code, reason: words.trim() })} onCancel={() => onClose()}
    >
      <Field label="理由">
        <Select aria-label="理由" placeholder="请选择理由" value={code} onChange={setCode} options={reasons.data?.map((one) => ({ value: one.code, label: one.text }))} />
      </Field>
      <Field label="补充说明" hint="可不填">
        <Input value={words} maxLength={500} onChange={(event) => setWords(event.target.value)} />
      </Field>
    </Modal>
  );
}
