import type { ReactNode } from 'react';
import { isApiError, sentence } from '@/lib/errors';
import styles from './field.module.css';

interface Props {
  label: ReactNode;
  hint?: ReactNode;
  fault?: string;
  /** Takes the whole width of a form of two columns. */
  wide?: boolean;
  children: ReactNode;
}

/** A labelled input with its hint and what is wrong with it. */
export function Field({ label, hint, fault, wide, children }: Props) {
  return (
    <label className={`${styles.field} ${wide ? styles.wide : ''}`}>
      <span>{label}</span>
      {children}
      {fault ? <span className={styles.fault}>{fault}</span> : hint && <span className={styles.hint}>{hint}</span>}
    </label>
  );
}

/** The fields of a dialog, two beside each other where there is room. */
export function Fields({ children }: { children: ReactNode }) {
  return <div className={styles.fields}>{children}</div>;
}

/** What the server said against the whole form. */
export function FormFault({ error }: { error: unknown }) {
  if (!error) return null;
  const request = isApiError(error) && !error.faults.length ? error.requestId : undefined;
  return <p className={styles.fault} role="alert">{sentence(error)}{request && `（请求编号 ${request}）`}</p>;
}

/** What is wrong by field. */
export const faultsOf = (error: unknown): Record<string, string> => (isApiError(error) ? error.byField : {});
