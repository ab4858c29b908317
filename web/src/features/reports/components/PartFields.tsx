import { Button, Input, Select } from 'antd';
import { useCategories } from '../api/catalogues';
import type { Part } from '../api/links';
import { Field } from '@/ui/Field';
import { sections } from '@/ui/plain/ReportText';
import { Panel } from '@/ui/Page';
import styles from './writing.module.css';

interface Props {
  no: number;
  part: Required<Part>;
  faults: Record<string, string>;
  onRemove?: () => void;
  onChange: (change: Partial<Required<Part>>) => void;
}

/** One of the matters a report is split into. */
export function PartFields({ no, part, faults, onRemove, onChange }: Props) {
  const categories = useCategories();
  return (
    <Panel flush title={`第 ${no} 篇`} extra={onRemove && <Button size="small" type="text" onClick={onRemove}>去掉这一篇</Button>}>
      <div className={styles.part}>
        <Field label="标题" fault={faults.title}>
          <Input aria-label={`第 ${no} 篇标题`} value={part.title} status={faults.title ? 'error' : ''} onChange={(event) => onChange({ title: event.target.value })} />
        </Field>
        {sections.map(({ name, title }) => (
          <Field key={name} label={title} fault={faults[name]}>
            <Input.TextArea aria-label={`第 ${no} 篇${title}`} value={part[name]} status={faults[name] ? 'error' : ''} autoSize={{ minRows: 2, maxRows: 12 }} onChange={(event) => onChange({ [name]: event.target.value })} />
          </Field>
        ))}
        <Field label="分类" fault={faults.category}>
          <Select
            aria-label={`第 ${no} 篇分类`} showSearch value={part.category || undefined} loading={categories.isPending} style={{ maxWidth: 260 }}
            onChange={(category) => onChange({ category })} options={categories.data?.map((item) => ({ value: item.name, label: item.name }))}
          />
        </Field>
      </div>
    </Panel>
  );
}
