import { Input } from 'antd';
import { count } from '@/lib/format';
import { useMe } from '@/lib/tenant';
import type { ReportText } from '@/lib/types';
import { length, textLength } from '../api/form';
import styles from './edit.module.css';

const parts = [
  { name: 'problem', title: '情况反映', hint: '写清真实情况：何时、何地、何事，有数据更好', rows: 7 },
  { name: 'cause', title: '原因分析', hint: '为什么会这样', rows: 5 },
  { name: 'advice', title: '对策建议', hint: '具体、可行、有对象', rows: 6 },
] as const;

interface Props {
  text: ReportText;
  limit: number;
  faults: Record<string, string>;
  onChange: (change: Partial<ReportText>) => void;
  onBlur?: () => void;
}

/** The four parts of a report's text, each with its fault in place and the counter of the whole. */
export function TextFields({ text, limit, faults, onChange, onBlur }: Props) {
  const { settings: rules } = useMe().tenant;
  const size = textLength(text);
  const titleSize = length(text.title);
  return (
    <>
      <div className={styles.field}>
        <div className={styles.fieldHead}>
          <label htmlFor="report-title">标题</label>
          <small>一事一报，如「关于……的建议」，{rules.title_good} 字以内为宜</small>
          <span className={`${styles.counter} ${titleSize > rules.title_limit ? styles.over : ''}`}>{titleSize} / {rules.title_limit}</span>
        </div>
        <Input
          id="report-title"
          style={{ fontWeight: 500 }}
          size="large"
          value={text.title}
          status={faults.title ? 'error' : ''}
          aria-invalid={Boolean(faults.title)}
          onChange={(event) => onChange({ title: event.target.value })}
          onBlur={onBlur}
        />
        {faults.title && <span className={styles.fault} role="alert">{faults.title}</span>}
      </div>
      {parts.map(({ name, title, hint, rows }, index) => (
        <div key={name} className={styles.field}>
          <div className={styles.fieldHead}>
            <label htmlFor={`report-${name}`}>{title}</label>
            <small>{name !== 'problem' && (rules.required.includes(name) ? '必写。' : '可不写。')}{hint}</small>
            {index === 0 && <span className={`${styles.counter} ${size > limit ? styles.over : ''}`}>全文 {count(size)} / {count(limit)} 字</span>}
          </div>
          <Input.TextArea
            id={`report-${name}`}
            value={text[name]}
            style={{ fontSize: 'var(--sd-read)', lineHeight: 1.85 }}
            autoSize={{ minRows: rows, maxRows: 30 }}
            status={faults[name] ? 'error' : ''}
            aria-invalid={Boolean(faults[name])}
            onChange={(event) => onChange({ [name]: event.target.value })}
            onBlur={onBlur}
          />
          {faults[name] && <span className={styles.fault} role="alert">{faults[name]}</span>}
        </div>
      ))}
    </>
  );
}
