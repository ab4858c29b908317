import { Radio, Select } from 'antd';
import { classText, urgencyText } from '@/lib/texts';
import type { ReportClass, Urgency } from '@/lib/types';
import { useCategories } from '../api/catalogues';
import styles from './edit.module.css';

export interface Meta {
  category: string;
  topic?: string;
  urgency: Urgency;
  class: ReportClass;
}

const options = (texts: Record<string, string>) => Object.entries(texts).map(([value, label]) => ({ value, label }));

interface Props {
  meta: Meta;
  faults: Record<string, string>;
  /** Class is decided by the office, not by the author. */
  withClass: boolean;
  /** Only the category: urgency and class are decided later. */
  only?: 'category';
  onChange: (change: Partial<Meta>) => void;
}

/** Category, topic, urgency and class. */
export function MetaFields({ meta, faults, withClass, only, onChange }: Props) {
  const categories = useCategories();
  const topics = categories.data?.find((item) => item.name === meta.category)?.topics ?? [];
  return (
    <>
      <div className={styles.row}>
        <div className={styles.field}>
          <div className={styles.fieldHead}><label htmlFor="report-category">分类</label></div>
          <Select
            id="report-category"
            showSearch
            placeholder="请选择分类"
            value={meta.category || undefined}
            status={faults.category ? 'error' : ''}
            loading={categories.isPending}
            onChange={(category) => onChange({ category, topic: undefined })}
            options={categories.data?.map((item) => ({ value: item.name, label: item.name }))}
          />
          {faults.category && <span className={styles.fault} role="alert">{faults.category}</span>}
        </div>
        {!only && topics.length > 0 && <div className={styles.field}>
          <div className={styles.fieldHead}><label htmlFor="report-topic">主题</label><small>可不选</small></div>
          <Select
            id="report-topic"
            showSearch
            allowClear
            placeholder="请选择主题"
            value={meta.topic || undefined}
            onChange={(topic) => onChange({ topic })}
            options={topics.map((topic) => ({ value: topic, label: topic }))}
          />
        </div>}
      </div>
      {!only && <div className={styles.row}>
        <div className={styles.field}>
          <div className={styles.fieldHead}><span>紧急程度</span></div>
          <Radio.Group aria-label="紧急程度" value={meta.urgency} onChange={(event) => onChange({ urgency: event.target.value })} options={options(urgencyText)} />
        </div>
        {withClass && (
          <div className={styles.field}>
            <div className={styles.fieldHead}><span>重要程度</span><small>决定走哪条审签流程</small></div>
            <Radio.Group aria-label="重要程度" value={meta.class} onChange={(event) => onChange({ class: event.target.value })} options={options(classText)} />
          </div>
        )}
      </div>}
    </>
  );
}
