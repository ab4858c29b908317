import { Button, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useCategories } from '@/features/reports/api/catalogues';
import { useOrganisation } from '@/features/organisation/api/organisation';
import { channelText, classText, flagText, formText, levelText, levels, modeText, sourceText, stateText, urgencyText } from '@/lib/texts';
import type { Question } from '../api/search';
import styles from './search.module.css';

const options = (texts: Record<string, string>, order = Object.keys(texts)) => order.map((value) => ({ value, label: texts[value] ?? '' }));

interface Props {
  question: Question;
  onChange: (change: Question) => void;
}

/** Everything a search may be narrowed by. */
export function SearchFilters({ question, onChange }: Props) {
  const categories = useCategories();
  const units = (useOrganisation().data?.down ?? []).map((line) => ({ value: line.lower.code, label: line.lower.name }));
  const choice = (name: keyof Question, text: string, list: { value: string; label: string }[]) => (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={text}
      placeholder={text}
      value={question[name]}
      onChange={(value?: string) => onChange({ [name]: value })}
      options={list}
    />
  );
  const date = (name: 'from' | 'to', text: string) => (
    <DatePicker
      aria-label={text}
      placeholder={text}
      value={question[name] ? dayjs(question[name]) : null}
      onChange={(value) => onChange({ [name]: value ? value.format('YYYY-MM-DD') : undefined })}
    />
  );
  return (
    <div className={styles.filters} role="group" aria-label="筛选条件">
      {choice('state', '状态', options(stateText))}
      {choice('category', '分类', categories.data?.map((one) => ({ value: one.name, label: one.name })) ?? [])}
      {date('from', '起始日期')}
      {date('to', '截止日期')}
      <Input
        key={question.author ?? ''}
        allowClear
        aria-label="作者"
        placeholder="作者姓名"
        defaultValue={question.author}
        onPressEnter={(event) => onChange({ author: event.currentTarget.value.trim() || undefined })}
        onBlur={(event) => onChange({ author: event.currentTarget.value.trim() || undefined })}
      />
      {choice('sender', '来文单位', [{ value: '-', label: '本单位撰写' }, ...units])}
      {choice('urgency', '紧急程度', options(urgencyText))}
      {choice('class', '类别', options(classText))}
      {choice('flag', '标记', options(flagText))}
      {choice('adopted_level', '采用层级', options(levelText, levels))}
      {choice('adopted_form', '采用形式', options(formText))}
      {choice('source_kind', '来源', options(sourceText))}
      {choice('mode', '征集方式', options(modeText))}
      {choice('channel', '渠道', options(channelText))}
      <Button onClick={() => onChange(Object.fromEntries(Object.keys(question).filter((name) => name !== 'q').map((name) => [name, undefined])))}>清除筛选</Button>
    </div>
  );
}
