import { useEffect, useState, type ReactNode } from 'react';
import { isApiError, sentence } from '@/lib/errors';
import styles from './plain.module.css';

interface EmptyProps {
  title: string;
  hint?: ReactNode;
  children?: ReactNode;
}

/** Nothing is here: says so, and what to do next. */
export function EmptyState({ title, hint, children }: EmptyProps) {
  return (
    <div className={styles.state}>
      <svg width="72" height="56" viewBox="0 0 72 56" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
        <path d="M10 30 20 10h32l10 20v16a4 4 0 0 1-4 4H14a4 4 0 0 1-4-4V30Z" strokeLinejoin="round" />
        <path d="M10 30h15c2 0 3 2 4 4s3 4 7 4 6-2 7-4 2-4 4-4h15" strokeLinejoin="round" />
        <path d="M27 19h18M24 25h24" strokeLinecap="round" opacity="0.6" />
      </svg>
      <div className={styles.stateTitle}>{title}</div>
      {hint && <div className={styles.stateHint}>{hint}</div>}
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  );
}

/** Something failed: what happened, the request number, and another try. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const requestId = isApiError(error) ? error.requestId : undefined;
  return (
    <div className={styles.state} role="alert">
      <svg width="56" height="56" viewBox="0 0 56 56" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
        <circle cx="28" cy="28" r="20" />
        <path d="M28 18v13M28 37v1" strokeLinecap="round" strokeWidth="3" />
      </svg>
      <div className={styles.stateTitle}>{sentence(error)}</div>
      {requestId && <div>请求编号 <span className={styles.requestId}>{requestId}</span></div>}
      {onRetry && (
        <div className={styles.actions}>
          <button type="button" className={styles.button} onClick={onRetry}>再试一次</button>
        </div>
      )}
    </div>
  );
}

/** Grey bars where content will come, shown only when it takes longer than 300 ms. */
export function PageSkeleton({ rows = 6 }: { rows?: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={styles.skeleton} role="status" aria-label="正在加载" aria-busy="true">
      {late && Array.from({ length: rows }, (_, row) => <div key={row} className={styles.bar} style={{ width: `${96 - (row % 3) * 17}%` }} />)}
    </div>
  );
}

interface LoadedProps<T> {
  query: { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}

/** Shows data once there; old data stays while it is fetched anew. */
export function Loaded<T>({ query, skeleton, children }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return <>{skeleton ?? <PageSkeleton />}</>;
}
