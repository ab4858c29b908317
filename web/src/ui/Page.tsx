import type { ReactNode } from 'react';
import styles from './page.module.css';

/** The title of a page, with what belongs beside it. */
export function PageHead({ title, hint, children }: { title: ReactNode; hint?: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.head}>
      <div>
        <h1>{title}</h1>
        {hint && <p>{hint}</p>}
      </div>
      {children && <div className={styles.extra}>{children}</div>}
    </div>
  );
}

interface PanelProps {
  title?: ReactNode;
  extra?: ReactNode;
  /** Without inner spacing: the content brings its own. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}

/** A white card with a title. */
export function Panel({ title, extra, flush, className = '', children }: PanelProps) {
  return (
    <section className={`${styles.card} ${className}`}>
      {(title || extra) && <div className={styles.cardHead}>{title && <h2>{title}</h2>}{extra && <div>{extra}</div>}</div>}
      <div className={flush ? undefined : styles.cardBody}>{children}</div>
    </section>
  );
}
