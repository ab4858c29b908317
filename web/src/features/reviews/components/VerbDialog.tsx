import { App, Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { usePeople } from '@/features/chains/api/chains';
import type { Review } from '@/lib/types';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useDo, type Doing } from '../api/reviews';
import { removable, stuck } from '../api/runs';
import { verbs, type VerbName } from './verbs';

interface Props {
  review: Review;
  verb: VerbName;
  onClose: () => void;
}

interface Form {
  people: string[];
  before: boolean;
  mode: 'all' | 'any' | 'turn';
  opinion: string;
  target?: string;
}

/** What is sent for a verb; undefined while something is missing. */
function doing(verb: VerbName, form: Form): Doing | undefined {
  const { people, before, mode, target } = form;
  const opinion = form.opinion.trim();
  switch (verb) {
    case 'release':
    case 'reopen':
      return opinion ? { act: verb, opinion } : undefined;
    case 'withdraw':
    case 'read':
      return { act: verb, opinion };
    case 'take_back':
      return { act: 'take-back' };
    case 'urge':
      return { act: 'urge' };
    case 'add_signer':
      return people.length ? { act: 'add-signer', people, before, mode, opinion } : undefined;
    case 'copy':
      return people.length ? { act: 'copy', people } : undefined;
    case 'pass_on':
      return people[0] ? { act: 'pass-on', to: people[0], opinion } : undefined;
    case 'remove_signer':
      return target ? { act: 'remove-signer', target } : undefined;
    case 'reassign':
      return target && people[0] ? { act: 'reassign', target, to: people[0] } : undefined;
  }
}

/** One verb of a review beside approve and return. */
export default function VerbDialog({ review, verb, onClose }: Props) {
  const { message } = App.useApp();
  const spec = verbs.find((one) => one.name === verb)!;
  const targets = verb === 'remove_signer' ? removable(review) : verb === 'reassign' ? stuck(review) : [];
  const [form, setForm] = useState<Form>({ people: [], before: false, mode: 'all', opinion: '', target: targets[0]?.target });
  const set = (part: Partial<Form>) => setForm({ ...form, ...part });
  const act = useDo(review.id);
  const faults = faultsOf(act.error);
  const input = doing(verb, form);
  const asksPeople = verb === 'add_signer' || verb === 'copy' || verb === 'pass_on' || verb === 'reassign';
  const people = usePeople(asksPeople);
  const submit = () => {
    if (!input) return;
    act.mutate(input, {
      onSuccess: () => {
        void message.success(spec.done);
        onClose();
      },
    });
  };
  const options = (people.data ?? []).filter((one) => one.signs || verb === 'copy').map((one) => ({ value: one.id, label: one.name }));
  return (
    <Modal open title={spec.text} okText={spec.text} okButtonProps={{ loading: act.isPending, disabled: !input }} onOk={submit} onCancel={onClose}>
      {spec.hint && <p>{spec.hint}</p>}
      <Fields>
        {targets.length > 0 && (
          <Field label={verb === 'reassign' ? '环节' : '减去'} wide>
            <Select value={form.target} onChange={(target) => set({ target })} options={targets.map((one) => ({ value: one.target, label: one.text }))} />
          </Field>
        )}
        {asksPeople && (
          <Field label={verb === 'copy' ? '抄送给' : verb === 'add_signer' ? '加签人' : '交给'} wide fault={faults.people ?? faults.to}>
            <Select
              mode={verb === 'add_signer' || verb === 'copy' ? 'multiple' : undefined}
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="请选择，可输入姓名"
              value={verb === 'add_signer' || verb === 'copy' ? form.people : form.people[0]}
              onChange={(value: string | string[]) => set({ people: Array.isArray(value) ? value : [value] })}
              options={options}
            />
          </Field>
        )}
        {verb === 'add_signer' && (
          <>
            <Field label="位置">
              <Radio.Group value={form.before} onChange={(event) => set({ before: event.target.value })} options={[{ value: true, label: '我之前' }, { value: false, label: '我之后' }]} />
            </Field>
            <Field label="方式">
              <Select value={form.mode} onChange={(mode) => set({ mode })} options={[{ value: 'all', label: '会签：都要签' }, { value: 'any', label: '或签：一人签即可' }, { value: 'turn', label: '依次签' }]} />
            </Field>
          </>
        )}
        {spec.opinion && (
          <Field label={spec.opinion === 'needed' ? '理由' : '说明（可不填）'} wide fault={faults.opinion}>
            <Input.TextArea rows={3} maxLength={500} showCount value={form.opinion} onChange={(event) => set({ opinion: event.target.value })} />
          </Field>
        )}
      </Fields>
      <FormFault error={act.error} />
    </Modal>
  );
}
