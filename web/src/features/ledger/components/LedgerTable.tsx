import { Checkbox } from 'antd';
import type { LedgerRow } from '../api/ledger';
import { columnsOf } from './columns';
import styles from './ledger.module.css';

interface Props {
  rows: LedgerRow[];
  columns: string[];
  root: string;
  current?: string;
  onPick: (id: string) => void;
  ticked: string[];
  onTick: (id: string) => void;
  onTickAll: (on: boolean) => void;
}

/** The rows of the ledger with the chosen columns; it scrolls inside itself. */
export function LedgerTable({ rows, columns, root, current, onPick, ticked, onTick, onTickAll }: Props) {
  const shown = columnsOf(columns);
  return (
    <div className={styles.scroll} role="region" aria-label="台账表" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col"><Checkbox aria-label="全选本页" checked={rows.every((row) => ticked.includes(row.id))} indeterminate={ticked.length > 0 && !rows.every((row) => ticked.includes(row.id))} onChange={(event) => onTickAll(event.target.checked)} /></th>
            {shown.map((column) => <th key={column.key} scope="col" style={{ minWidth: column.width }}>{column.title}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-row={row.id} className={row.id === current ? styles.current : ''} aria-current={row.id === current || undefined} onClick={() => onPick(row.id)}>
              <td onClick={(event) => event.stopPropagation()}><Checkbox aria-label={`选择：${row.title}`} checked={ticked.includes(row.id)} onChange={() => onTick(row.id)} /></td>
              {shown.map((column) => <td key={column.key}>{column.render(row, root)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
