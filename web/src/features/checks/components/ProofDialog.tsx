import { App, Checkbox, Input, InputNumber, Modal, Radio } from 'antd';
import { useState } from 'react';
import { faultsOf, Field, FormFault } from '@/ui/Field';
import { Loaded } from '@/ui/plain/states';
import { useProof, useProofread, type ProofFinding, type ProofSheet } from '../api/checks';
import styles from './checks.module.css';
import { groups, groupText, partText } from '../api/words';

/** The proof check of the text as it stands: what the machine saw, and what the person goes through. */
export function ProofDialog({ report, onClose }: { report: string; onClose: () => void }) {
  const proof = useProof(report);
  if (!proof.data || !proof.isFetchedAfterMount) return <Modal open width={760} title="校对" footer={null} onCancel={onClose}><Loaded query={proof}>{() => null}</Loaded></Modal>;
  return <Proofreading key={proof.data.version} report={report} sheet={proof.data} onClose={onClose} />;
}

function Proofreading({ report, sheet, onClose }: { report: string; sheet: ProofSheet; onClose: () => void }) {
  const { message } = App.useApp();
  const [decisions, setDecisions] = useState<Record<string, string>>(() =>
    Object.fromEntries(sheet.findings.filter((one) => one.decision).map((one) => [one.key, one.decision!])));
  const [ticks, setTicks] = useState<ProofFinding['group'][]>([]);
  const [faults, setFaults] = useState(0);
  const [note, setNote] = useState('');
  const proofread = useProofread();
  const wrong = faultsOf(proofread.error);
  const open = sheet.findings.filter((one) => !decisions[one.key]).length;
  const errors = faults + sheet.findings.filter((one) => decisions[one.key] === 'accepted').length;
  const submit = () =>
    proofread.mutate({ report, version: sheet.version, decisions, ticks, faults, note: note.trim() }, {
      onSuccess: () => {
        if (errors > 0) void message.warning(`已登记 ${errors} 处错误，改正后请重新校对`);
        else void message.success('校对通过');
        onClose();
      },
    });
  return (
    <Modal
      open
      width={760}
      title="校对"
      okText={errors > 0 ? '登记错误' : '校对通过'}
      okButtonProps={{ loading: proofread.isPending, disabled: open > 0 || ticks.length < groups.length }}
      onOk={submit}
      onCancel={onClose}
    >
      <p className={styles.hint}>
        {sheet.findings.length === 0 ? '系统没有发现可疑之处，请仍逐项通读。' : `系统提示 ${sheet.findings.length} 处可疑，请逐一判断${open > 0 ? `，还有 ${open} 处` : ''}。`}
      </p>
      <Findings findings={sheet.findings} decisions={decisions} onDecide={(key, decision) => setDecisions({ ...decisions, [key]: decision })} />
      <div className={styles.form}>
        <fieldset className={styles.group}>
          <legend>已逐项通读</legend>
          <Checkbox.Group className={styles.ticks} value={ticks} onChange={setTicks} options={groups.map((group) => ({ value: group, label: groupText[group] }))} />
          {wrong.ticks && <span className={styles.fault}>{wrong.ticks}</span>}
        </fieldset>
        <Field label="另外发现的错误（处）" fault={wrong.faults}>
          <InputNumber min={0} max={200} value={faults} onChange={(value) => setFaults(value ?? 0)} />
        </Field>
        <Field label="说明" fault={wrong.note} hint={faults > 0 ? '请写明另外发现的错误' : undefined}>
          <Input.TextArea value={note} rows={2} maxLength={500} onChange={(event) => setNote(event.target.value)} />
        </Field>
      </div>
      {wrong.decisions && <p className={styles.fault}>{wrong.decisions}</p>}
      <FormFault error={proofread.error} />
    </Modal>
  );
}

interface FindingsProps {
  findings: ProofFinding[];
  decisions: Record<string, string>;
  onDecide: (key: string, decision: string) => void;
}

function Findings({ findings, decisions, onDecide }: FindingsProps) {
  if (!findings.length) return null;
  return (
    <ol className={styles.findings} tabIndex={0} aria-label="系统提示">
      {findings.map((one) => (
        <li key={one.key} className={styles.finding}>
          <span className={styles.quiet}>{partText[one.part]}</span>
          <p><q>{one.quote}</q>　{one.message}{one.suggestion && one.suggestion !== one.quote && `，建议改为“${one.suggestion}”`}</p>
          <Radio.Group
            size="small"
            optionType="button"
            aria-label={`${one.quote}：${one.message}`}
            value={decisions[one.key]}
            onChange={(event) => onDecide(one.key, event.target.value)}
            options={[{ value: 'accepted', label: '是错误' }, { value: 'dismissed', label: '没有错' }]}
          />
        </li>
      ))}
    </ol>
  );
}
