import { App, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { faultsOf, Field, FormFault } from '@/ui/Field';
import { useAskCheck, type Matter } from '../api/checks';
import styles from './checks.module.css';
import { PersonPicker, UnitPicker } from './Pickers';
import { matterText } from '../api/words';

type Kind = 'unit' | 'person' | 'department';

/** Asks a unit, a person or a department outside to check. */
export function AskDialog({ report, onClose }: { report: string; onClose: () => void }) {
  const { message } = App.useApp();
  const [matter, setMatter] = useState<Matter>('facts');
  const [kind, setKind] = useState<Kind>('unit');
  const [to, setTo] = useState<string>();
  const [department, setDepartment] = useState('');
  const [question, setQuestion] = useState('');
  const [due, setDue] = useState('');
  const ask = useAskCheck();
  const faults = faultsOf(ask.error);
  const submit = () =>
    ask.mutate({
      report, matter, question: question.trim(), due_on: due || undefined,
      unit_id: kind === 'unit' ? to : undefined, membership_id: kind === 'person' ? to : undefined, department: kind === 'department' ? department.trim() : undefined,
    }, {
      onSuccess: () => {
        void message.success(kind === 'department' ? '已登记，收到答复后请在此录入' : '已请其核实，对方已收到通知');
        onClose();
      },
    });
  const chosen = kind === 'department' ? department.trim() : to;
  return (
    <Modal open width={600} title="请人核实" okText="发出" okButtonProps={{ loading: ask.isPending, disabled: !chosen || !question.trim() }} onOk={submit} onCancel={onClose}>
      <div className={styles.form}>
        <fieldset className={styles.group}>
          <legend>核实事项</legend>
          <Radio.Group aria-label="核实事项" value={matter} onChange={(event) => setMatter(event.target.value)} options={[{ value: 'facts', label: matterText.facts }, { value: 'figures', label: matterText.figures }]} />
        </fieldset>
        <fieldset className={styles.group}>
          <legend>请谁核实</legend>
          <Radio.Group
            aria-label="请谁核实"
            value={kind}
            onChange={(event) => { setKind(event.target.value); setTo(undefined); }}
            options={[{ value: 'unit', label: '内设机构' }, { value: 'person', label: '本单位人员' }, { value: 'department', label: '职能部门（线下）' }]}
          />
          {kind === 'unit' && <UnitPicker value={to} onChange={setTo} />}
          {kind === 'person' && <PersonPicker value={to} onChange={(id) => setTo(id)} />}
          {kind === 'department' && <Input aria-label="职能部门" value={department} maxLength={60} placeholder="如：市交通运输局；收到答复后由编辑录入" onChange={(event) => setDepartment(event.target.value)} />}
          {(faults.to || faults.department) && <span className={styles.fault}>{faults.to ?? faults.department}</span>}
        </fieldset>
        <Field label="需要核实什么" fault={faults.question}>
          <Input.TextArea value={question} rows={3} maxLength={500} showCount onChange={(event) => setQuestion(event.target.value)} />
        </Field>
        <Field label="答复期限" fault={faults.due_on} hint="不填按本单位设置的工作日数">
          <Input type="date" value={due} style={{ maxWidth: 200 }} onChange={(event) => setDue(event.target.value)} />
        </Field>
      </div>
      <FormFault error={ask.error} />
    </Modal>
  );
}
