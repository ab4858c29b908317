import { Select } from 'antd';
import { useCategories } from '@/features/reports/api/catalogues';
import { addresseeText, classText, urgencyText } from '@/lib/texts';
import { Field } from '@/ui/Field';
import type { Condition } from '../api/chains';
import { sourceNames } from './steps';

const options = (names: Record<string, string>) => Object.entries(names).map(([value, label]) => ({ value, label }));

interface Props {
  when: Condition;
  onChange: (when: Condition) => void;
  /** What the condition is of, for the labels. */
  of: string;
  /** A flow has its class and urgency as its routes. */
  routes?: boolean;
}

/** For which reports something applies: what is left empty does not matter. */
export function ConditionFields({ when, onChange, of, routes }: Props) {
  const categories = useCategories();
  const fields: { key: keyof Condition; text: string; options: { value: string; label: string }[] }[] = [
    ...(routes ? [] : [
      { key: 'classes' as const, text: '类别', options: options(classText) },
      { key: 'urgencies' as const, text: '紧急程度', options: options(urgencyText) },
    ]),
    { key: 'categories', text: '分类', options: (categories.data ?? []).map(({ name }) => ({ value: name, label: name })) },
    { key: 'sources', text: '来源', options: options(sourceNames) },
    { key: 'addressees', text: '拟报去向', options: options(addresseeText) },
  ];
  return fields.map(({ key, text, options: choices }) => (
    <Field key={key} label={text}>
      <Select mode="multiple" allowClear aria-label={`${of}的${text}条件`} placeholder="不限" value={when[key] ?? []} onChange={(values: string[]) => onChange({ ...when, [key]: values })} options={choices} />
    </Field>
  ));
}
