import styles from './consult.module.css';

interface Props<T extends string> {
  name: string;
  legend: string;
  texts: Record<T, string>;
  value?: T;
  fault?: string;
  onChange: (value: T) => void;
}

/** One of a few, each large enough for a thumb. */
export function Choice<T extends string>({ name, legend, texts, value, fault, onChange }: Props<T>) {
  return (
    <fieldset className={styles.choice}>
      <legend>{legend}</legend>
      {(Object.keys(texts) as T[]).map((one) => (
        <label key={one}><input type="radio" name={name} checked={one === value} onChange={() => onChange(one)} />{texts[one]}</label>
      ))}
      {fault && <p className={styles.fault} role="alert">{fault}</p>}
    </fieldset>
  );
}
