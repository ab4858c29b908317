import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import styles from './sheet.module.css';

const focusable = 'button:not(:disabled), input, textarea, select, a[href]';

/** A dialog that comes up from the bottom. Escape or the veil closes it; the focus stays inside and goes back after. */
export function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.focus();
    return () => before?.focus();
  }, []);
  const keep = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return onClose();
    if (event.key !== 'Tab') return;
    const all = box.current?.querySelectorAll<HTMLElement>(focusable);
    const first = all?.[0];
    const last = all?.[all.length - 1];
    const here = document.activeElement;
    if (event.shiftKey ? here === first || here === box.current : here === last) {
      event.preventDefault();
      (event.shiftKey ? last : first)?.focus();
    }
  };
  return (
    <div className={styles.veil} onClick={(event) => event.target === event.currentTarget && onClose()}>
      <div ref={box} className={styles.sheet} role="dialog" aria-modal="true" aria-labelledby={id} tabIndex={-1} onKeyDown={keep}>
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </div>
  );
}
