import { Input, Radio } from 'antd';
import { AttachmentField } from '@/features/attachments/components/AttachmentField';
import type { Attachment } from '@/lib/types';
import { Field } from '@/ui/Field';
import type { Finding, Method, Result } from '../api/checks';
import styles from './checks.module.css';
import { methodText, resultText } from '../api/words';

/** A check as it is written down. */
export interface FindingForm {
  method?: Method;
  result?: Result;
  note: string;
  attachments: Attachment[];
}

export const emptyFinding: FindingForm = { note: '', attachments: [] };

/** What the server is sent; an empty choice is named by the server. */
export const findingOf = (form: FindingForm): Finding => ({
  method: form.method as Method,
  result: form.result as Result,
  note: form.note.trim(),
  attachments: form.attachments.map((file) => file.id),
});

interface Props {
  form: FindingForm;
  faults: Record<string, string>;
  onChange: (update: (now: FindingForm) => FindingForm) => void;
  /** Files are still on their way. */
  onBusy: (busy: boolean) => void;
}

const options = <T extends string>(texts: Record<T, string>) => (Object.keys(texts) as T[]).map((value) => ({ value, label: texts[value] }));

/** How it was checked, the result, what was found, and what proves it. */
export function FindingFields({ form, faults, onChange, onBusy }: Props) {
  const set = (part: Partial<FindingForm>) => onChange((now) => ({ ...now, ...part }));
  return (
    <>
      <fieldset className={styles.group}>
        <legend>核实方式</legend>
        <Radio.Group aria-label="核实方式" value={form.method} options={options(methodText)} onChange={(event) => set({ method: event.target.value })} />
        {faults.method && <span className={styles.fault}>{faults.method}</span>}
      </fieldset>
      <fieldset className={styles.group}>
        <legend>核实结果</legend>
        <Radio.Group aria-label="核实结果" value={form.result} options={options(resultText)} onChange={(event) => set({ result: event.target.value })} />
        {faults.result && <span className={styles.fault}>{faults.result}</span>}
      </fieldset>
      <Field label="核实到的情况" fault={faults.note} hint="结果不是“属实”时必填，如：向谁了解、哪些数据需要更正">
        <Input.TextArea value={form.note} rows={3} maxLength={500} showCount onChange={(event) => set({ note: event.target.value })} />
      </Field>
      <AttachmentField
        attachments={form.attachments}
        fault={faults.attachments}
        onBusy={onBusy}
        onChange={(update) => onChange((now) => ({ ...now, attachments: update(now.attachments) }))}
      />
    </>
  );
}
