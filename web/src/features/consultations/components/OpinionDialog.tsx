import { App, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { AttachmentField } from '@/features/attachments/components/AttachmentField';
import type { Attachment } from '@/lib/types';
import { faultsOf, Field, FormFault } from '@/ui/Field';
import { useGiveOpinion, type Dimension, type Opinion, type Sheet, type Verdict } from '../api/consultations';
import { dimensionNames, dimensionText, kindText, verdictText } from '../api/words';
import styles from './consultations.module.css';

type Gates = Partial<Record<Dimension['name'], { passed: boolean; remark: string }>>;

/** The opinion of the person, of the person's unit, or written down for somebody outside. */
export function OpinionDialog({ sheet, opinion, onClose }: { sheet: Sheet; opinion: Opinion; onClose: () => void }) {
  const { message } = App.useApp();
  const [verdict, setVerdict] = useState<Verdict>();
  const [text, setText] = useState('');
  const [giver, setGiver] = useState('');
  const [gates, setGates] = useState<Gates>({});
  const [files, setFiles] = useState<Attachment[]>([]);
  const [busy, setBusy] = useState(false);
  const give = useGiveOpinion();
  const faults = faultsOf(give.error);
  const submit = () =>
    give.mutate({
      opinion: opinion.id, verdict, text: text.trim(), giver: giver.trim() || undefined, attachments: files.map((file) => file.id),
      dimensions: dimensionNames.filter((name) => gates[name]).map((name) => ({ name, passed: gates[name]!.passed, remark: gates[name]!.remark.trim() })),
    }, {
      onSuccess: () => {
        void message.success('意见已提出');
        onClose();
      },
    });
  return (
    <Modal
      open
      width={680}
      title={opinion.outside ? `录入${opinion.name}的意见` : `${kindText[sheet.kind]}：提出意见`}
      okText="提出"
      okButtonProps={{ loading: give.isPending, disabled: busy || !verdict }}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={styles.form}>
        <p className={styles.said}>{sheet.question}</p>
        <fieldset className={styles.group}>
          <legend>总的意见</legend>
          <Radio.Group aria-label="总的意见" value={verdict} onChange={(event) => setVerdict(event.target.value)} options={(Object.keys(verdictText) as Verdict[]).map((value) => ({ value, label: verdictText[value] }))} />
          {faults.verdict && <span className={styles.fault}>{faults.verdict}</span>}
        </fieldset>
        <Field label="具体意见" fault={faults.opinion} hint="建议修改或不同意的必填">
          <Input.TextArea value={text} rows={4} maxLength={2000} showCount onChange={(event) => setText(event.target.value)} />
        </Field>
        <GateFields gates={gates} fault={faults.dimensions} onChange={setGates} />
        {opinion.outside && (
          <Field label="由谁提出" fault={faults.giver} hint="如：王科长电话答复；请附来函或记录">
            <Input value={giver} maxLength={60} onChange={(event) => setGiver(event.target.value)} />
          </Field>
        )}
        <AttachmentField attachments={files} fault={faults.attachments} onChange={setFiles} onBusy={setBusy} />
      </div>
      <FormFault error={give.error} />
    </Modal>
  );
}

/** 政治关, 政策关, 内容关: each passed, or what is wrong; none need be filled in. */
function GateFields({ gates, fault, onChange }: { gates: Gates; fault?: string; onChange: (gates: Gates) => void }) {
  return (
    <fieldset className={styles.group}>
      <legend>把好三关（可不填）</legend>
      {dimensionNames.map((name) => {
        const gate = gates[name];
        return (
          <div key={name} className={styles.dimension}>
            <span>{dimensionText[name]}</span>
            <Radio.Group
              aria-label={dimensionText[name]}
              value={gate ? (gate.passed ? 'passed' : 'wrong') : undefined}
              onChange={(event) => onChange({ ...gates, [name]: { remark: gate?.remark ?? '', passed: event.target.value === 'passed' } })}
              options={[{ value: 'passed', label: '通过' }, { value: 'wrong', label: '有问题' }]}
            />
            <Input
              aria-label={`${dimensionText[name]}说明`}
              placeholder="说明"
              maxLength={200}
              disabled={!gate}
              value={gate?.remark ?? ''}
              onChange={(event) => gate && onChange({ ...gates, [name]: { ...gate, remark: event.target.value } })}
            />
          </div>
        );
      })}
      {fault && <span className={styles.fault}>{fault}</span>}
    </fieldset>
  );
}
