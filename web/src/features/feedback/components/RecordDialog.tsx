import { App, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { time } from '@/lib/format';
import type { Report } from '@/lib/types';
import { faultsOf, Field, FormFault } from '@/ui/Field';
import { useRecordFeedback } from '../api/feedback';
import styles from './feedback.module.css';

const ways = [{ value: 'phone', label: '电话' }, { value: 'person', label: '当面' }, { value: 'letter', label: '书面' }] as const;

/** What a clerk told an author outside the program. */
export default function RecordDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const { message } = App.useApp();
  const [way, setWay] = useState<'phone' | 'person' | 'letter'>('phone');
  const [reached, setReached] = useState('');
  const [words, setWords] = useState('');
  const [on, setOn] = useState(time(new Date().toISOString()).slice(0, 10));
  const record = useRecordFeedback();
  const faults = faultsOf(record.error);
  const submit = () =>
    record.mutate({ report: report.id, way, reached: reached.trim() || undefined, words: words.trim(), on }, {
      onSuccess: () => {
        void message.success('已登记反馈');
        onClose();
      },
    });
  return (
    <Modal open title="登记反馈" okText="登记" okButtonProps={{ loading: record.isPending, disabled: !words.trim() }} onOk={submit} onCancel={onClose}>
      <div className={styles.form}>
        <Radio.Group aria-label="反馈方式" value={way} onChange={(event) => setWay(event.target.value)} options={[...ways]} />
        <Field label="告知对象" fault={faults.reached} hint="不填为作者本人"><Input value={reached} maxLength={60} placeholder={report.author?.name} onChange={(event) => setReached(event.target.value)} /></Field>
        <Field label="反馈日期" fault={faults.on}><Input type="date" value={on} onChange={(event) => setOn(event.target.value)} /></Field>
        <Field label="反馈内容" fault={faults.words} hint="告知了什么，对方有什么意见"><Input.TextArea value={words} rows={4} maxLength={1000} onChange={(event) => setWords(event.target.value)} /></Field>
      </div>
      <FormFault error={record.error} />
    </Modal>
  );
}
