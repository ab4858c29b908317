import { App, Button, Checkbox, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { Role } from '@/features/roles/api/roles';
import { chainClassText, followText } from '@/lib/texts';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useSaveChain, type Member, type NewChain, type Post, type Step } from '../api/chains';
import type { Draft } from './ChainsPage';
import styles from './chains.module.css';
import { ConditionFields } from './ConditionFields';
import { FlowDrawing } from './FlowDrawing';
import { StepForm } from './StepForm';
import { moveStep, newStep, sentChain, stepFault, type Names } from './steps';
import { TryPane } from './TryPane';

const MOST = 10;

interface Props {
  draft: Draft;
  posts: Post[];
  roles: Role[];
  names: Names;
  people: Member[];
  onClose: () => void;
}

/** The editor of a flow: drawn on top, the chosen box below, and beside it how a sample report would pass. */
export default function ChainDialog({ draft, posts, roles, names, people, onClose }: Props) {
  const { message } = App.useApp();
  const { id, ...flow } = draft;
  const [chain, setChain] = useState<NewChain>(flow);
  const [chosen, setChosen] = useState(0);
  const [tried, setTried] = useState(false);
  const save = useSaveChain();
  const faults = faultsOf(save.error);
  const set = (part: Partial<NewChain>) => setChain({ ...chain, ...part });
  const complete = Boolean(chain.name.trim() && chain.applies_to.length > 0 && chain.steps.length > 0 && !chain.steps.some(stepFault));
  const step = chain.steps[chosen];
  const submit = () => {
    setTried(true);
    if (!complete) return;
    save.mutate({ id, ...sentChain(chain) }, {
      onSuccess: () => {
        void message.success('已保存，新送审的稿件按此流程办理');
        onClose();
      },
    });
  };
  const change = (part: Partial<Step>) => set({ steps: chain.steps.map((one, index) => (index === chosen ? { ...one, ...part } : one)) });
  const move = (by: -1 | 1) => {
    set({ steps: moveStep(chain.steps, chosen, by) });
    setChosen(Math.min(Math.max(chosen + by, 0), chain.steps.length - 1));
  };
  const add = () => {
    set({ steps: [...chain.steps.slice(0, chosen + 1), newStep(), ...chain.steps.slice(chosen + 1)] });
    setChosen(chain.steps.length ? chosen + 1 : 0);
  };
  const remove = () => {
    set({ steps: chain.steps.filter((_, index) => index !== chosen) });
    setChosen(Math.max(chosen - 1, 0));
  };
  return (
    <Modal open width={1120} title={id ? '修改审签流程' : '新建审签流程'} okText="保存" okButtonProps={{ loading: save.isPending }} onOk={submit} onCancel={onClose}>
      <Fields>
        <Field label="流程名称" fault={faults.name ?? (tried && !chain.name.trim() ? '请填写流程名称' : undefined)}>
          <Input value={chain.name} maxLength={50} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <div className={styles.group} role="group" aria-label="适用范围">
          <span>适用范围</span>
          <Checkbox.Group value={chain.applies_to} onChange={(applies) => set({ applies_to: applies })} options={Object.entries(chainClassText).map(([value, text]) => ({ value, label: `${text}稿件` }))} />
          {(faults.applies_to || (tried && !chain.applies_to.length)) && <span className={styles.fault}>{faults.applies_to ?? '请选择适用范围'}</span>}
        </div>
        <ConditionFields when={chain.when ?? {}} onChange={(when) => set({ when })} of="流程" routes />
        {chain.applies_to.includes('urgent') && (
          <Field label="绿色通道：可以先签发的岗位" hint="不选即没有绿色通道" fault={faults.green}>
            <Select mode="multiple" allowClear placeholder="没有绿色通道" value={chain.green ?? []} onChange={(green: string[]) => set({ green })} options={posts.map((one) => ({ value: one.code, label: one.name }))} />
          </Field>
        )}
        <Field label="签发后办理">
          <Select mode="multiple" allowClear placeholder="报送" value={chain.then ?? []} onChange={(then: string[]) => set({ then })} options={Object.entries(followText).map(([value, text]) => ({ value, label: text }))} />
        </Field>
      </Fields>
      <div className={styles.canvas}><FlowDrawing chain={chain} names={names} chosen={chosen} onChoose={setChosen} faults={tried} /></div>
      <div className={styles.tools}>
        <Button disabled={chain.steps.length >= MOST} onClick={add}>在后面增加环节</Button>
        <Button disabled={chosen === 0} onClick={() => move(-1)}>前移</Button>
        <Button disabled={chosen >= chain.steps.length - 1} onClick={() => move(1)}>后移</Button>
        <Button disabled={chain.steps.length < 2} onClick={remove}>删除这个环节</Button>
      </div>
      <div className={styles.editor}>
        {step && <StepForm key={chosen} no={chosen + 1} step={step} posts={posts} roles={roles} people={people} tried={tried} onChange={change} />}
        <TryPane chain={sentChain({ ...chain, name: chain.name || '未命名' })} ready={chain.applies_to.length > 0 && chain.steps.length > 0 && !chain.steps.some(stepFault)} />
      </div>
      <p className={styles.hint}>已在审签中的稿件仍按原流程走完。</p>
      <FormFault error={save.error} />
    </Modal>
  );
}
