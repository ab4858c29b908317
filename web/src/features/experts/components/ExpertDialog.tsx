import { App, Checkbox, Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { PersonPicker } from '@/features/checks/components/Pickers';
import { useOrganisation } from '@/features/organisation/api/organisation';
import { useCategories } from '@/features/reports/api/catalogues';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useAddExpert, useChangeExpert, type Expert, type ExpertEntry } from '../api/experts';
import styles from './experts.module.css';

const empty: ExpertEntry = { name: '', fields: [], tags: [], active: true };

/** An expert is entered or changed. */
export default function ExpertDialog({ expert, onClose }: { expert?: Expert; onClose: () => void }) {
  const { message } = App.useApp();
  const [entry, setEntry] = useState<ExpertEntry>(() => (expert ? entryOf(expert) : empty));
  const [inside, setInside] = useState(Boolean(expert?.membership_id));
  const put = (part: Partial<ExpertEntry>) => setEntry({ ...entry, ...part });
  const categories = useCategories();
  const units = useOrganisation().data?.units ?? [];
  const add = useAddExpert();
  const change = useChangeExpert();
  const error = add.error ?? change.error;
  const faults = faultsOf(error);
  const done = { onSuccess: () => { void message.success('已保存'); onClose(); } };
  const submit = () => (expert ? change.mutate({ id: expert.id, version: expert.version, entry }, done) : add.mutate(entry, done));
  return (
    <Modal open width={640} title={expert ? `修改${expert.name}` : '登记专家'} okText="保存" okButtonProps={{ loading: add.isPending || change.isPending }} onOk={submit} onCancel={onClose}>
      {!expert && (
        <fieldset className={styles.group}>
          <Radio.Group
            aria-label="专家类别"
            value={inside}
            onChange={(event) => { setInside(event.target.value); put({ membership_id: undefined, name: '' }); }}
            options={[{ value: false, label: '没有账号的专家' }, { value: true, label: '本单位成员' }]}
          />
        </fieldset>
      )}
      <Fields>
        {inside && !expert
          ? <Field label="成员" fault={faults.membership_id}><PersonPicker value={entry.membership_id} onChange={(id, name) => put({ membership_id: id, name })} /></Field>
          : <Field label="姓名" fault={faults.name}><Input value={entry.name} maxLength={60} disabled={inside} onChange={(event) => put({ name: event.target.value })} /></Field>}
        <Field label="单位" fault={faults.organisation}><Input value={entry.organisation} maxLength={60} onChange={(event) => put({ organisation: event.target.value })} /></Field>
        <Field label="职务职称" fault={faults.title}><Input value={entry.title} maxLength={60} onChange={(event) => put({ title: event.target.value })} /></Field>
        <Field label="电话" fault={faults.phone}><Input value={entry.phone} maxLength={30} onChange={(event) => put({ phone: event.target.value })} /></Field>
        <Field wide label="熟悉领域" fault={faults.fields} hint="可选分类，也可直接输入">
          <Select mode="tags" aria-label="熟悉领域" value={entry.fields} onChange={(fields) => put({ fields })} options={categories.data?.map((one) => ({ value: one.name, label: one.name }))} />
        </Field>
        <Field wide label="行业" fault={faults.tags} hint="如：经济、农业、医卫、物流、宣传、应急">
          <Select mode="tags" aria-label="行业" value={entry.tags} onChange={(tags) => put({ tags })} options={['经济', '农业', '医卫', '物流', '宣传', '应急'].map((one) => ({ value: one, label: one }))} />
        </Field>
        <Field label="所属机构" fault={faults.unit_id}>
          <Select allowClear showSearch optionFilterProp="label" aria-label="所属机构" value={entry.unit_id} onChange={(unit_id) => put({ unit_id })} options={units.map((one) => ({ value: one.id, label: one.name }))} />
        </Field>
        <Field wide label="备注" fault={faults.note}><Input.TextArea value={entry.note} rows={2} maxLength={500} onChange={(event) => put({ note: event.target.value })} /></Field>
      </Fields>
      {expert && <Checkbox checked={entry.active} onChange={(event) => put({ active: event.target.checked })}>在用（可以征询）</Checkbox>}
      <FormFault error={error} />
    </Modal>
  );
}

/** What of an expert can be changed. */
function entryOf({ membership_id, unit_id, name, title, organisation, phone, fields, tags, note, active }: Expert): ExpertEntry {
  return { membership_id, unit_id, name, title, organisation, phone, fields, tags: tags ?? [], note, active };
}
