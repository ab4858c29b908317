import { Checkbox, InputNumber, Select } from 'antd';
import { useCategories } from '@/features/reports/api/catalogues';
import { SettingForm } from '@/features/settings/components/SettingForm';
import type { Schemas } from '@/lib/types';
import { Field } from '@/ui/Field';
import styles from './checks.module.css';

const before = [
  { value: 'off', label: '不作要求' }, { value: 'editing', label: '编辑前' }, { value: 'approval', label: '送审前' }, { value: 'sending', label: '报送、采用或编发前' },
];
const beforeProof = [
  { value: 'off', label: '不作要求' }, { value: 'approval', label: '送审前' }, { value: 'signing', label: '签发前' }, { value: 'sending', label: '报送、采用或编发前' },
];
const width = { width: 220, maxWidth: '100%' };

/** What must come before a report goes on. */
export default function CheckRulesPanel() {
  const categories = useCategories();
  return (
    <SettingForm<Schemas['ChecksRules']> name="check-rules" title="核实与校对要求" hint="到了所选环节，没有完成的会被挡下，并告知缺什么、由谁来做；之后各环节同样要求。">
      {({ value, change, faults, readOnly }) => (
        <div className={styles.form}>
          <Field label="情况核实" fault={faults.facts}>
            <Select aria-label="情况核实" disabled={readOnly} style={width} value={value.facts} options={before} onChange={(facts) => change({ facts })} />
          </Field>
          <Field label="数据和来源由第二人核实（正文有数据时）" fault={faults.figures}>
            <Select aria-label="数据和来源由第二人核实" disabled={readOnly} style={width} value={value.figures} options={before} onChange={(figures) => change({ figures })} />
          </Field>
          <Field label="校对" fault={faults.proof}>
            <Select aria-label="校对要求" disabled={readOnly} style={width} value={value.proof} options={beforeProof} onChange={(proof) => change({ proof })} />
          </Field>
          <Checkbox disabled={readOnly} checked={value.again} onChange={(event) => change({ again: event.target.checked })}>核实后又修改的，送审和报送前须再次核实</Checkbox>
          <Checkbox disabled={readOnly} checked={value.important} onChange={(event) => change({ important: event.target.checked })}>只要求重要和紧急的信息</Checkbox>
          <Field label="只要求这些分类" hint="不选为全部分类" fault={faults.categories}>
            <Select
              mode="multiple"
              aria-label="只要求这些分类"
              disabled={readOnly}
              value={value.categories}
              onChange={(list) => change({ categories: list })}
              options={categories.data?.map((one) => ({ value: one.name, label: one.name }))}
            />
          </Field>
          <Field label="请人核实的答复期限（工作日）" fault={faults.days}>
            <InputNumber disabled={readOnly} min={1} max={60} value={value.days} onChange={(days) => change({ days: days ?? 3 })} />
          </Field>
        </div>
      )}
    </SettingForm>
  );
}
