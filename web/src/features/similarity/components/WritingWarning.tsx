import { Link } from 'react-router';
import { useTenantCode } from '@/lib/tenant';
import type { ReportText } from '@/lib/types';
import { useResting } from '@/lib/useResting';
import { useCheck } from '../api/similarity';
import { alikeText, warningOf } from './words';
import styles from './similarity.module.css';

/** Warns who writes that the unit has similar reports; names those he may read. */
export function WritingWarning({ id, text }: { id: string; text: ReportText }) {
  const tenant = useTenantCode();
  const check = useCheck(useResting(text), id);
  const warning = check.data && warningOf(check.data);
  if (!check.data || !warning) return null;
  return (
    <div className={styles.warning} role="status">
      <p>{warning}</p>
      <ul>
        {check.data.items.filter((match) => match.verdict !== 'different').slice(0, 3).map((match) => (
          <li key={match.id}><Link to={`/t/${tenant}/reports/${match.id}`} target="_blank" rel="noreferrer">{match.title}</Link><small>{alikeText(match)}</small></li>
        ))}
      </ul>
    </div>
  );
}
