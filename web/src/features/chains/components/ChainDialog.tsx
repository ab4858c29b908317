import { App, Button, Checkbox, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { Role } from '@/features/roles/api/roles';
import { chainClassText } from '@/lib/texts';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useSaveChain, type Post, type Step } from '../api/chains';
import type { Draft } from './ChainsPage';
import { moveStep, sentSteps, stepFault } from './steps';
import styles from './chains.module.css';

const MOST = 10;

interface Props {
  draft: Draft;
  posts: Post[];
  roles: Role[];
  onClose: () => void;
}

/** Sets up a chain: what it is for, and its steps with whom each waits for. */
export default function ChainDialog({ draft, posts, roles, onClose }: Props) {
  const { message } = App.useApp();
  const [name, setName] = useState(draft.name);
  const [applies, setApplies] = useState(draft.applies_to);
  const [steps, setSteps] = useState<Step[]>(draft.steps);
  const [tried, setTried] = useState(false);
  const save = useSaveChain();
  const faults = faultsOf(save.error);
  const complete = name.trim() && applies.length > 0 && steps.length > 0 && !steps.some(stepFault);
  const submit = () => {
    setTried(true);
    if (!complete) return;
    save.mutate({ id: draft.id, name: name.trim(), template: draft.template, applies_to: applies, steps: sentSteps(steps) }, {
      onSuccess: () => {
        void message.success('已保存，新送审的稿件按此流程办理');
        onClose();
      },
    });
  };
  const change = (at: number, part: Partial<Step>) => setSteps(steps.map((step, index) => (index === at ? { ...step, ...part } : step)));
  return (
    <Modal open width={760} title={draft.id ? '修改审签流程' : '新建审签流程'} okText="保存" okButtonProps={{ loading: save.isPending }} onOk={submit} onCancel={onClose}>
      <Fields>
        <Field label="流程名称" fault={faults.name ?? (tried && !name.trim() ? '请填写流程名称' : undefined)}>
          <Input value={name} maxLength={50} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="适用范围" fault={faults.applies_to ?? (tried && !applies.length ? '请选择适用范围' : undefined)} hint="同类稿件原有的流程由本流程接替">
          <Checkbox.Group className={styles.applies} value={applies} onChange={setApplies} options={Object.entries(chainClassText).map(([value, text]) => ({ value, label: `${text}稿件` }))} />
        </Field>
      </Fields>
      <h3 className={styles.stepsTitle}>审签环节</h3>
      <ol className={styles.edit}>
        {steps.map((step, index) => (
          <li key={index}>
            <span className={styles.no}>{index + 1}</span>
            <Input aria-label={`第 ${index + 1} 个环节的名称`} placeholder="环节名称，如：秘书长初审" maxLength={30} value={step.title} onChange={(event) => change(index, { title: event.target.value })} />
            <Select allowClear aria-label={`第 ${index + 1} 个环节的岗位`} placeholder="岗位" value={step.post || undefined} onChange={(post) => change(index, { post })} options={posts.map((one) => ({ value: one.code, label: one.name }))} />
            <Select allowClear aria-label={`第 ${index + 1} 个环节的角色`} placeholder="角色（可不选）" value={step.role || undefined} onChange={(role) => change(index, { role })} options={roles.filter((one) => one.class === 'business').map((one) => ({ value: one.code, label: one.name }))} />
            <span className={styles.moves}>
              <Button type="text" size="small" aria-label={`上移第 ${index + 1} 个环节`} disabled={index === 0} onClick={() => setSteps(moveStep(steps, index, -1))}>↑</Button>
              <Button type="text" size="small" aria-label={`下移第 ${index + 1} 个环节`} disabled={index === steps.length - 1} onClick={() => setSteps(moveStep(steps, index, 1))}>↓</Button>
              <Button type="text" size="small" aria-label={`删除第 ${index + 1} 个环节`} disabled={steps.length === 1} onClick={() => setSteps(steps.filter((_, at) => at !== index))}>✕</Button>
            </span>
            {tried && stepFault(step) && <span className={styles.fault}>{stepFault(step)}</span>}
          </li>
        ))}
      </ol>
      <Button disabled={steps.length >= MOST} onClick={() => setSteps([...steps, { title: '' }])}>增加环节</Button>
      <p className={styles.hint}>岗位和角色都选时，须同时具备才能审签。已在审签中的稿件仍按原流程走完。</p>
      <FormFault error={save.error} />
    </Modal>
  );
}
