import { App, Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { dateText } from '@/lib/format';
import { visitKindText } from '@/lib/texts';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useSavePlan, type NewPlan, type Plan, type Target } from '../api/visits';
import styles from './visits.module.css';

const kinds = Object.entries(visitKindText).map(([value, label]) => ({ value: value as Target['kind'], label }));

/** A plan of visits: its months and its targets. */
export default function PlanDialog({ plan, onClose }: { plan?: Plan; onClose: (id?: string) => void }) {
  const { message } = App.useApp();
  const month = dateText(new Date()).slice(0, 7);
  const [form, setForm] = useState<NewPlan>({
    title: plan?.title ?? '“三进一走访”计划', note: plan?.note ?? '', first_month: plan?.first_month ?? month, last_month: plan?.last_month ?? `${month.slice(0, 4)}-12`,
    targets: plan?.targets ?? [{ kind: 'university', name: '' }], state: plan?.state ?? 'open',
  });
  const save = useSavePlan();
  const faults = faultsOf(save.error);
  const set = (part: Partial<NewPlan>) => setForm({ ...form, ...part });
  const target = (index: number, part: Partial<Target>) => set({ targets: form.targets.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  const submit = () =>
    save.mutate({ plan, body: { ...form, targets: form.targets.filter((one) => one.name.trim()) } }, {
      onSuccess: (saved) => {
        void message.success('已保存');
        onClose(saved.id);
      },
    });
  return (
    <Modal open width={680} title={plan ? '修改走访计划' : '新建走访计划'} okText="保存" okButtonProps={{ disabled: !form.title.trim() || !form.targets.some((one) => one.name.trim()), loading: save.isPending }} onOk={submit} onCancel={() => onClose()}>
      <Fields>
        <Field wide label="计划名称" fault={faults.title}><Input value={form.title} maxLength={60} onChange={(event) => set({ title: event.target.value })} /></Field>
        <Field label="开始月份" fault={faults.first_month}><Input type="month" value={form.first_month} onChange={(event) => set({ first_month: event.target.value })} /></Field>
        <Field label="结束月份" fault={faults.last_month}><Input type="month" value={form.last_month} onChange={(event) => set({ last_month: event.target.value })} /></Field>
        <Field wide label="说明" fault={faults.note}><Input.TextArea rows={2} value={form.note} maxLength={500} onChange={(event) => set({ note: event.target.value })} /></Field>
        {plan && <Field label="状态"><Select value={form.state} onChange={(state) => set({ state })} options={[{ value: 'open' as const, label: '进行中' }, { value: 'closed' as const, label: '已结束' }]} /></Field>}
      </Fields>
      <div className={styles.targets} role="group" aria-label="走访目标">
        <b>走访目标</b>
        {form.targets.map((one, index) => (
          <div key={one.id ?? `new-${index}`}>
            <Select aria-label={`第 ${index + 1} 个目标的类别`} value={one.kind} onChange={(kind) => target(index, { kind })} options={kinds} />
            <Input aria-label={`第 ${index + 1} 个目标`} value={one.name} maxLength={60} placeholder="单位名称" onChange={(event) => target(index, { name: event.target.value })} />
            <Button aria-label={`去掉第 ${index + 1} 个目标`} disabled={form.targets.length === 1} onClick={() => set({ targets: form.targets.filter((_, at) => at !== index) })}>去掉</Button>
          </div>
        ))}
        <Button onClick={() => set({ targets: [...form.targets, { kind: form.targets.at(-1)?.kind ?? 'firm', name: '' }] })}>再加一个目标</Button>
        {faults.targets && <span role="alert" className={styles.meta}>{faults.targets}</span>}
      </div>
      <FormFault error={save.error} />
    </Modal>
  );
}
