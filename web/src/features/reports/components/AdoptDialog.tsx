import { App, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { isApiError, sentence } from '@/lib/errors';
import { formText } from '@/lib/texts';
import type { Report } from '@/lib/types';
import { useReportStep } from '../api/actions';
import { useChecklists } from '@/features/quality/api/checklists';
import Checklist from '@/features/quality/components/Checklist';
import styles from './dialogs.module.css';


const forms = [
  { form: 'single', can: 'adopt_single', hint: '本篇单独编入本单位刊物或专报' },
  { form: 'relayed', can: 'adopt_relayed', hint: '不编期，原稿转送有关部门办理' },
] as const;

/** Adoption, single or relayed. A combined one is made from the list. */
export default function AdoptDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const { message } = App.useApp();
  const open = forms.filter((one) => report.can?.includes(one.can));
  const [form, setForm] = useState<'single' | 'relayed'>(open[0]?.form ?? 'single');
  const [note, setNote] = useState('');
  const [to, setTo] = useState('');
  const step = useReportStep();
  const lists = useChecklists(); // until they are there, the button would move under the finger
  const faults = isApiError(step.error) ? step.error.byField : {};
  const submit = () =>
    step.mutate({ id: report.id, step: 'adopt', form, note: note.trim(), relayed_to: form === 'relayed' ? to.trim() : undefined }, {
      onSuccess: () => {
        message.success('已采用，沿途各单位和作者都会收到反馈');
        onClose();
      },
    });
  return (
    <Modal
      open
      title="采用"
      okText="确认采用"
      okButtonProps={{ loading: step.isPending || lists.isPending, disabled: form === 'relayed' && !to.trim() }}
      onOk={submit}
      onCancel={onClose}
    >
      <p className={styles.hint}>采用结果会沿来路逐级反馈到作者，请确认无误。</p>
      <Radio.Group style={{ width: '100%' }} value={form} onChange={(event) => setForm(event.target.value)} aria-label="采用形式">
        <div className={styles.forms}>
          {open.map((one) => (
            <label key={one.form} className={styles.choice}>
              <Radio value={one.form}>{formText[one.form]}</Radio>
              <small>{one.hint}</small>
            </label>
          ))}
        </div>
      </Radio.Group>
      {form === 'relayed' && (
        <label className={styles.field}>
          转送部门
          <Input value={to} onChange={(event) => setTo(event.target.value)} maxLength={100} status={faults.relayed_to ? 'error' : ''} placeholder="如：市住房和城乡建设局" />
          {faults.relayed_to && <span className={styles.fault}>{faults.relayed_to}</span>}
        </label>
      )}
      <label className={styles.field}>
        备注（可不填）
        <Input value={note} onChange={(event) => setNote(event.target.value)} maxLength={200} placeholder="如：《社情民意信息》第 12 期" />
      </label>
      <Checklist report={report.id} moments={['release']} />
      {step.error && <p className={styles.fault} role="alert">{sentence(step.error)}</p>}
    </Modal>
  );
}
