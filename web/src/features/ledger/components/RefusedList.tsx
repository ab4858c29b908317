import styles from './ledger.module.css';

export interface Refused {
  title: string;
  reason: string;
}

/** The rows that were left as they were, each with its reason. */
export function RefusedList({ refused }: { refused: Refused[] }) {
  return (
    <ul className={styles.refused}>
      {refused.map((one, index) => <li key={index}>《{one.title}》：{one.reason}</li>)}
    </ul>
  );
}
