import type { ReactNode } from 'react';
import styles from './table.module.css';

export interface Column<T> {
  key: string;
  title: ReactNode;
  render: (row: T) => ReactNode;
  /** Figures stand right-aligned in one column. */
  figure?: boolean;
  /** Stays in sight while the rest scrolls sideways. */
  pinned?: boolean;
  /** What the column may not be narrower than, such as `8em`. */
  width?: string;
}

interface Props<T> {
  /** What the table is about; read aloud, not shown. */
  name: string;
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string;
  /** A row that is set apart, such as a total. */
  strong?: (row: T) => boolean;
}

/** A plain table that scrolls inside itself when it is wider than its place. */
export function Table<T>({ name, columns, rows, rowKey, strong }: Props<T>) {
  const look = (column: Column<T>) => [column.figure && styles.figure, column.pinned && styles.pinned].filter(Boolean).join(' ');
  return (
    <div className={styles.scroll} role="region" aria-label={name} tabIndex={0}>
      <table className={styles.table}>
        <caption className="sd-visually-hidden">{name}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={look(column)} style={{ minWidth: column.width }}>{column.title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={strong?.(row) ? styles.strong : undefined}>
              {columns.map((column) => <td key={column.key} className={look(column)}>{column.render(row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
