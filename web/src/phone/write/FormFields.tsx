import { useCategories } from '@/features/reports/api/catalogues';
import { classText, urgencyText } from '@/lib/texts';
import { Choice, SelectField, TextField } from './fields';
import { length, textLength, TITLE_GOOD, TITLE_LIMIT, type Faults, type FormValue } from '@/features/reports/api/form';

interface Props {
  form: FormValue;
  faults: Faults;
  limit: number;
  onChange: (part: Partial<FormValue>) => void;
}

const texts = [
  { name: 'problem', label: '问题', required: true, hint: '反映一件事：什么地方、什么情况、有什么数据' },
  { name: 'cause', label: '原因', required: false, hint: '为什么会这样' },
  { name: 'advice', label: '建议', required: false, hint: '请谁做什么，怎样做得到' },
] as const;

/** The parts of a report. */
export function FormFields({ form, faults, limit, onChange }: Props) {
  const categories = useCategories().data ?? [];
  const topics = categories.find((one) => one.name === form.category)?.topics ?? [];
  const total = textLength(form);
  return (
    <>
      <TextField
        name="title" label="标题" required rows={1} value={form.title} fault={faults.title} hint="关于……的建议"
        aside={`${length(form.title)}/${length(form.title) > TITLE_GOOD ? TITLE_LIMIT : TITLE_GOOD}`}
        onChange={(title) => onChange({ title: title.replace(/\n/g, '') })}
      />
      {texts.map(({ name, label, required, hint }) => (
        <TextField
          key={name} name={name} label={label} required={required} hint={hint} rows={name === 'problem' ? 4 : 3} value={form[name]} fault={faults[name]}
          aside={`${length(form[name])} 字`} onChange={(text) => onChange({ [name]: text })}
        />
      ))}
      <p aria-live="off">三部分合计 {total}/{limit} 字</p>
      <SelectField
        name="category" label="分类" required value={form.category} fault={faults.category} none="请选择分类" options={categories.map((one) => one.name)}
        onChange={(category) => onChange({ category, topic: '' })}
      />
      {topics.length > 0 && (
        <SelectField name="topic" label="主题" value={form.topic ?? ''} fault={faults.topic} none="不选" options={topics} onChange={(topic) => onChange({ topic })} />
      )}
      <Choice label="紧急程度" value={form.urgency} texts={urgencyText} onChange={(urgency) => onChange({ urgency })} />
      <Choice label="类别" value={form.class} texts={classText} onChange={(chosen) => onChange({ class: chosen })} />
    </>
  );
}
