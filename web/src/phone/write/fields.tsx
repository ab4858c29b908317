import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import styles from './write.module.css';

interface FieldProps {
  name: string;
  label: string;
  required?: boolean;
  fault?: string;
  /** Beside the label: a counter. */
  aside?: ReactNode;
}

interface TextProps extends FieldProps {
  value: string;
  hint: string;
  rows: number;
  onChange: (value: string) => void;
}

/** A text that grows with what is written. */
export function TextField({ name, label, required, fault, aside, value, hint, rows, onChange }: TextProps) {
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const area = box.current!;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
  }, [value]);
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id}>{label}{required && <Required />}</label>
        <span>{aside}</span>
      </div>
      <textarea
        ref={box} id={id} name={name} rows={rows} value={value} placeholder={hint} required={required} aria-invalid={Boolean(fault)}
        aria-describedby={fault ? `${id}-fault` : undefined} onChange={(event) => onChange(event.target.value)}
      />
      {fault && <p id={`${id}-fault`} className={styles.fault} role="alert">{fault}</p>}
    </div>
  );
}

interface SelectProps extends FieldProps {
  value: string;
  none: string;
  options: string[];
  onChange: (value: string) => void;
}

export function SelectField({ name, label, required, fault, value, none, options, onChange }: SelectProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <div className={styles.head}><label htmlFor={id}>{label}{required && <Required />}</label></div>
      <select
        id={id} name={name} value={value} required={required} aria-invalid={Boolean(fault)} aria-describedby={fault ? `${id}-fault` : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{none}</option>
        {options.map((option) => <option key={option}>{option}</option>)}
      </select>
      {fault && <p id={`${id}-fault`} className={styles.fault} role="alert">{fault}</p>}
    </div>
  );
}

interface CodeProps {
  label: string;
  value: string;
  none?: string;
  texts: Record<string, string>;
  order: string[];
  onChange: (value: string) => void;
}

/** One of several codes, shown by their words. */
export function CodeField({ label, value, none, texts, order, onChange }: CodeProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <div className={styles.head}><label htmlFor={id}>{label}</label></div>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {none && <option value="">{none}</option>}
        {order.map((code) => <option key={code} value={code}>{texts[code] ?? '其他'}</option>)}
      </select>
    </div>
  );
}

interface LineProps {
  label: string;
  value: string;
  hint?: string;
  kind?: 'text' | 'url' | 'date';
  fault?: string;
  onChange: (value: string) => void;
}

/** One line of text, an address or a day. */
export function LineField({ label, value, hint, kind = 'text', fault, onChange }: LineProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <div className={styles.head}><label htmlFor={id}>{label}</label></div>
      <input id={id} type={kind} value={value} placeholder={hint} maxLength={300} aria-invalid={Boolean(fault)} onChange={(event) => onChange(event.target.value)} />
      {fault && <p className={styles.fault} role="alert">{fault}</p>}
    </div>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  texts: Record<T, string>;
  onChange: (value: T) => void;
}

/** A few words, one of them chosen. */
export function Choice<T extends string>({ label, value, texts, onChange }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend>{label}</legend>
      <div>
        {(Object.keys(texts) as T[]).map((code) => (
          <label key={code} className={code === value ? styles.chosen : ''}>
            <input type="radio" name={name} checked={code === value} onChange={() => onChange(code)} />
            {texts[code]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface SeveralProps<T extends string> {
  label: string;
  values: T[];
  texts: Record<T, string>;
  onChange: (values: T[]) => void;
}

/** A few words, any of them chosen. */
export function Several<T extends string>({ label, values, texts, onChange }: SeveralProps<T>) {
  return (
    <fieldset className={styles.choice}>
      <legend>{label}</legend>
      <div>
        {(Object.keys(texts) as T[]).map((code) => (
          <label key={code} className={values.includes(code) ? styles.chosen : ''}>
            <input type="checkbox" checked={values.includes(code)} onChange={(event) => onChange(event.target.checked ? [...values, code] : values.filter((one) => one !== code))} />
            {texts[code]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const Required = () => <span className={styles.required}>（必填）</span>;
