import { App, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { faultsOf, Field, FormFault } from '@/ui/Field';
import { ReportText } from '@/ui/plain/ReportText';
import { Loaded } from '@/ui/plain/states';
import { isStale, useAnswerCheck, useReadVersion, useRecordCheck, type Check, type Matter } from '../api/checks';
import styles from './checks.module.css';
import { emptyFinding, FindingFields, findingOf, type FindingForm } from './FindingFields';
import { matterText } from '../api/words';

/** A check that was made: by the person, or by a department outside whose answer is written down. */
export function RecordDialog({ report, version, onClose }: { report: string; version: number; onClose: () => void }) {
  const { message } = App.useApp();
  const [matter, setMatter] = useState<Matter>('facts');
  const [department, setDepartment] = useState('');
  const [form, setForm] = useState<FindingForm>(emptyFinding);
  const [busy, setBusy] = useState(false);
  // What is behind the dialog was read; what was changed meanwhile is read first, then written down at the next try.
  const [read, setRead] = useState<number | undefined>(version);
  const record = useRecordCheck();
  const faults = faultsOf(record.error);
  const submit = () =>
    record.mutate({ report, version: read ?? version, matter, department: department.trim() || undefined, ...findingOf(form) }, {
      onError: (error) => isStale(error) && setRead(undefined),
      onSuccess: () => {
        void message.success('已登记核实');
        onClose();
      },
    });
  return (
    <Modal open width={640} title="登记核实" okText="登记" okButtonProps={{ loading: record.isPending, disabled: busy || !form.method || !form.result }} onOk={submit} onCancel={onClose}>
      <div className={styles.form}>
        <fieldset className={styles.group}>
          <legend>核实事项</legend>
          <Radio.Group aria-label="核实事项" value={matter} onChange={(event) => setMatter(event.target.value)} options={[{ value: 'facts', label: matterText.facts }, { value: 'figures', label: matterText.figures }]} />
          {faults.matter ? <span className={styles.fault}>{faults.matter}</span> : matter === 'figures' && <span className={styles.hint}>须由作者和情况核实人以外的人核实。</span>}
        </fieldset>
        <Field label="由职能部门核实的，填部门名称（本人核实不填）" fault={faults.department}>
          <Input value={department} maxLength={60} placeholder="如：市交通运输局" onChange={(event) => setDepartment(event.target.value)} />
        </Field>
        <FindingFields form={form} faults={faults} onChange={setForm} onBusy={setBusy} />
      </div>
      <FormFault error={record.error} />
    </Modal>
  );
}

/** The answer to a request. */
export function AnswerDialog({ check, onClose }: { check: Check; onClose: () => void }) {
  const { message } = App.useApp();
  const [form, setForm] = useState<FindingForm>(emptyFinding);
  const [busy, setBusy] = useState(false);
  const { text, version, stale } = useReadVersion(check.report_id);
  const answer = useAnswerCheck();
  const submit = () =>
    version !== undefined && answer.mutate({ check: check.id, version, ...findingOf(form) }, {
      onError: stale,
      onSuccess: () => {
        void message.success('已答复');
        onClose();
      },
    });
  return (
    <Modal
      open
      width={640}
      title={check.department ? `登记${check.to}的答复` : `答复：${matterText[check.matter]}`}
      okText="答复"
      okButtonProps={{ loading: answer.isPending, disabled: busy || version === undefined || !form.method || !form.result }}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={styles.form}>
        <p className={styles.said}>{check.question}</p>
        <details className={styles.reading}>
          <summary>信息正文</summary>
          <Loaded query={text}>{(data) => <ReportText text={data} />}</Loaded>
        </details>
        <FindingFields form={form} faults={faultsOf(answer.error)} onChange={setForm} onBusy={setBusy} />
      </div>
      <FormFault error={answer.error} />
    </Modal>
  );
}
