import { App, Button, Input, InputNumber, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { faultsOf, Field, FormFault } from '@/ui/Field';
import { useAssign, type Opening } from '../api/assignments';
import type { Instruction } from '../api/instructions';
import { dateText, handModeText, instructedText } from '../api/words';
import styles from './handling.module.css';

const usualDays = 20;

/** Gives the matter to one or several departments. */
export default function AssignDialog({ report, instructions, onClose }: { report: string; instructions: Instruction[]; onClose: () => void }) {
  const { message } = App.useApp();
  const [mode, setMode] = useState<Opening['mode']>('single');
  const [request, setRequest] = useState('');
  const [days, setDays] = useState<number | null>(usualDays);
  const [names, setNames] = useState(['']);
  const [instruction, setInstruction] = useState<string | undefined>(instructions.at(-1)?.id);
  const assign = useAssign();
  const faults = faultsOf(assign.error);
  const choose = (next: Opening['mode']) => {
    setMode(next);
    setNames((now) => (next === 'single' ? now.slice(0, 1) : now.length < 2 ? [...now, ''] : now));
  };
  const filled = names.map((name) => name.trim()).filter(Boolean);
  const submit = () =>
    assign.mutate({ report, mode, request: request.trim(), days: days ?? 0, departments: filled, instruction_id: instruction }, {
      onSuccess: () => {
        void message.success('已交办');
        onClose();
      },
    });
  return (
    <Modal open width={640} title="交办" okText="交办" okButtonProps={{ loading: assign.isPending, disabled: !request.trim() || !filled.length || !days }} onOk={submit} onCancel={onClose}>
      <div className={styles.form}>
        {instructions.length > 0 && (
          <Field label="依据的批示" fault={faults.instruction_id}>
            <Select
              aria-label="依据的批示" allowClear value={instruction} placeholder="本单位自行交办" onChange={setInstruction}
              options={instructions.map((one) => ({ value: one.id, label: `${instructedText[one.level]}（${dateText(one.given_on)}）` }))}
            />
          </Field>
        )}
        <fieldset className={styles.group}>
          <legend>办理方式</legend>
          <Radio.Group aria-label="办理方式" value={mode} onChange={(event) => choose(event.target.value)} options={(['single', 'several', 'joint'] as const).map((value) => ({ value, label: handModeText[value] }))} />
          {faults.mode && <span className={styles.fault}>{faults.mode}</span>}
        </fieldset>
        <fieldset className={styles.group}>
          <legend>承办单位</legend>
          <div className={styles.departments}>
            {names.map((name, at) => (
              <div key={at} className={styles.department}>
                <span>{mode === 'joint' ? (at === 0 ? '主办' : '会办') : '承办'}</span>
                <Input aria-label={`承办单位${at + 1}`} value={name} maxLength={60} placeholder="如：市交通运输局" onChange={(event) => setNames((now) => now.map((old, i) => (i === at ? event.target.value : old)))} />
                {mode !== 'single' && names.length > 2 ? <Button aria-label={`去掉承办单位${at + 1}`} onClick={() => setNames((now) => now.filter((_, i) => i !== at))}>去掉</Button> : <span />}
              </div>
            ))}
          </div>
          {mode !== 'single' && names.length < 10 && <div><Button size="small" onClick={() => setNames((now) => [...now, ''])}>增加承办单位</Button></div>}
          {faults.departments ? <span className={styles.fault}>{faults.departments}</span> : <span className={styles.hint}>不在平台上的单位，由本单位逐步登记其办理情况。</span>}
        </fieldset>
        <Field label="办理要求" fault={faults.request}><Input.TextArea value={request} rows={3} maxLength={500} showCount onChange={(event) => setRequest(event.target.value)} /></Field>
        <Field label="办理期限（工作日）" fault={faults.days}><InputNumber value={days} min={1} max={250} onChange={setDays} /></Field>
      </div>
      <FormFault error={assign.error} />
    </Modal>
  );
}
