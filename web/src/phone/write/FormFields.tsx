import { lazy, Suspense } from 'react';
import { useCategories } from '@/features/reports/api/catalogues';
import { classText, flagText, urgencyText } from '@/lib/texts';
import type { TextRules } from '@/lib/types';
import { Choice, Several, SelectField, TextField } from './fields';
import { length, textLength, type Faults, type FormValue } from '@/features/reports/api/form';

const Hints = lazy(() => import('./Hints'));

interface Props {
  form: FormValue;
  faults: Faults;
  rules: TextRules;
  onChange: (part: Partial<FormValue>) => void;
}

const texts = [
  { name: 'problem', label: '问题', required: true, hint: '反映一件事：什么地方、什么情况、有什么数据' },
  { name: 'cause', label: '原因', required: false, hint: '为什么会这样' },
  { name: 'advice', label: '建议', required: false, hint: '请谁做什么，怎样做得到' },
] as const;

/** The parts of a report. */
export function FormFields({ form, faults, rules, onChange }: Props) {
  const categories = useCategories().data ?? [];
  const topics = categories.find((one) => one.name === form.category)?.topics ?? [];
  const total = textLength(form);
  return (
    <>
      <TextField
        name="title" label="标题" required rows={1} value={form.title} fault={faults.title} hint="关于……的建议"
        aside={`${length(form.title)}/${length(form.title) > rules.title_good ? rules.title_limit : rules.title_good}`}
        onChange={(title) => onChange({ title: title.replace(/\n/g, '') })}
      />
      {texts.map(({ name, label, required, hint }) => (
        <TextField
          key={name} name={name} label={label} required={required || rules.required.some((one) => one === name)} hint={hint} rows={name === 'problem' ? 4 : 3} value={form[name]} fault={faults[name]}
          aside={`${length(form[name])} 字`} onChange={(text) => onChange({ [name]: text })}
        />
      ))}
      <p aria-live="off">三部分合计 {total}/{rules.draft_limit} 字</p>
      <TextField
        name="evidence" label="数据与来源" required={rules.required.includes('evidence')} rows={2} hint="数据从哪里来、走访了谁；只供本单位核对" value={form.evidence}
        fault={faults.evidence} aside={`${length(form.evidence)} 字`} onChange={(evidence) => onChange({ evidence })}
      />
      <Suspense><Hints form={form} onChange={onChange} /></Suspense>
      <SelectField
        name="category" label="分类" required value={form.category} fault={faults.category} none="请选择分类" options={categories.map((one) => one.name)}
        onChange={(category) => onChange({ category, topic: '' })}
      />
      {topics.length > 0 && (
        <SelectField name="topic" label="主题" value={form.topic ?? ''} fault={faults.topic} none="不选" options={topics} onChange={(topic) => onChange({ topic })} />
      )}
      <Choice label="紧急程度" value={form.urgency} texts={urgencyText} onChange={(urgency) => onChange({ urgency })} />
      <Several label="标记（确有需要时选）" values={form.flags} texts={flagText} onChange={(flags) => onChange({ flags })} />
      <Choice label="类别" value={form.class} texts={classText} onChange={(chosen) => onChange({ class: chosen })} />
    </>
  );
}
