import { Link } from 'react-router';
import { useTenantCode } from '@/lib/tenant';
import { useSimilarDraft } from '../api/similarity';
import { alikeText, warningOf } from '../api/words';
import styles from './similarity.module.css';

/** Warns who writes that the unit has similar reports; names those he may read. */
export function WritingWarning({ id, saved }: { id: string; saved: number | undefined }) {
  const tenant = useTenantCode();
  const similar = useSimilarDraft(id, saved).data;
  const warning = similar && warningOf(similar);
  if (!similar || !warning) return null;
  return (
    <div className={styles.warning} role="status">
      <p>{warning}</p>
      <ul>
        {similar.items.filter((match) => match.verdict !== 'different').slice(0, 3).map((match) => (
          <li key={match.id}><Link to={`/t/${tenant}/reports/${match.id}`} target="_blank" rel="noreferrer">{match.title}</Link><small>{alikeText(match)}</small></li>
        ))}
      </ul>
    </div>
  );
}
