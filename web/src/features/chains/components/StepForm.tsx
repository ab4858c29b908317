import { Checkbox, Input, InputNumber, Radio, Select } from 'antd';
import type { Role } from '@/features/roles/api/roles';
import { checkText, partText, signModeText } from '@/lib/texts';
import { Field, Fields } from '@/ui/Field';
import type { Member, Post, Step } from '../api/chains';
import styles from './chains.module.css';
import { ConditionFields } from './ConditionFields';
import { stepFault } from './steps';

interface Props {
  no: number;
  step: Step;
  posts: Post[];
  roles: Role[];
  people: Member[];
  tried: boolean;
  onChange: (part: Partial<Step>) => void;
}

const parts = Object.entries(partText).map(([value, label]) => ({ value, label }));
const checks = Object.entries(checkText).map(([value, label]) => ({ value, label }));
const modes = [
  { value: 'any', label: `${signModeText.any}：一人签即可` }, { value: 'all', label: `${signModeText.all}：都要签` },
  { value: 'turn', label: `${signModeText.turn}：一个接一个` }, { value: 'vote', label: `${signModeText.vote}：按比例表决` },
];

/** One step of a flow: its people, how they sign, by when, under what condition, what they may change. */
export function StepForm({ no, step, posts, roles, people, tried, onChange }: Props) {
  const named = Boolean(step.people);
  const fault = tried ? stepFault(step) : undefined;
  return (
    <fieldset className={styles.stepForm}>
      <legend>第 {no} 个环节</legend>
      <Fields>
        <Field label="环节名称" fault={fault}>
          <Input placeholder="如：秘书长初审" maxLength={30} value={step.title} onChange={(event) => onChange({ title: event.target.value })} />
        </Field>
        <Field label="由谁审签">
          <Radio.Group
            value={named}
            onChange={(event) => onChange(event.target.value ? { people: [], post: undefined, role: undefined, charge: undefined } : { people: undefined })}
            options={[{ value: false, label: '岗位或角色' }, { value: true, label: '指定人员' }]}
          />
        </Field>
        {named ? (
          <Field label="人员" wide>
            <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} placeholder="请选择，可输入姓名" value={step.people ?? []} onChange={(ids: string[]) => onChange({ people: ids })} options={people.filter((one) => one.signs).map((one) => ({ value: one.id, label: one.name }))} />
          </Field>
        ) : (
          <>
            <Field label="岗位">
              <Select allowClear placeholder="不限" value={step.post || undefined} onChange={(post) => onChange({ post })} options={posts.map((one) => ({ value: one.code, label: one.name }))} />
            </Field>
            <Field label="角色" hint="岗位和角色都选时，须同时具备">
              <Select allowClear placeholder="不限" value={step.role || undefined} onChange={(role) => onChange({ role })} options={roles.filter((one) => one.class === 'business').map((one) => ({ value: one.code, label: one.name }))} />
            </Field>
            <div><Checkbox disabled={!step.post} checked={Boolean(step.charge && step.post)} onChange={(event) => onChange({ charge: event.target.checked })}>只送分管本领域的领导</Checkbox></div>
          </>
        )}
        <Field label="签署方式">
          <Select value={step.mode} onChange={(mode) => onChange({ mode, ratio: mode === 'vote' ? step.ratio || 50 : undefined })} options={modes} />
        </Field>
        {step.mode === 'vote' && (
          <Field label="同意比例"><InputNumber min={1} max={100} suffix="%" style={{ width: '100%' }} value={step.ratio} onChange={(ratio) => onChange({ ratio: ratio ?? undefined })} /></Field>
        )}
        <Field label="时限（工作日）" hint="节假日和调休按国务院安排计算"><InputNumber min={0} max={60} style={{ width: '100%' }} value={step.days ?? 0} onChange={(days) => onChange({ days: days ?? 0 })} /></Field>
        <Field label="另加小时"><InputNumber min={0} max={23} style={{ width: '100%' }} value={step.hours ?? 0} onChange={(hours) => onChange({ hours: hours ?? 0 })} /></Field>
        <div className={styles.group} role="group" aria-label="不能修改的部分"><span>不能修改的部分</span><Checkbox.Group value={step.locked ?? []} onChange={(locked) => onChange({ locked })} options={parts} /></div>
        <div className={styles.group} role="group" aria-label="必须核对"><span>必须核对（三审）</span><Checkbox.Group value={step.sheet ?? []} onChange={(sheet) => onChange({ sheet })} options={checks} /></div>
      </Fields>
      <p className={styles.hint}>只用于下列信息（都不选即全部适用）</p>
      <Fields><ConditionFields when={step.when ?? {}} onChange={(when) => onChange({ when })} of={`第 ${no} 个环节`} /></Fields>
    </fieldset>
  );
}
