import { useMay, useTenantCode } from '@/lib/tenant';
import { Link } from '../frame/router';
import styles from './intake.module.css';

/** The ways to the calendar and to one's clues. */
export function IntakeLinks() {
  const tenant = useTenantCode();
  const calendar = useMay('activity:read');
  const clues = useMay('clue:write');
  if (!calendar && !clues) return null;
  return (
    <nav className={styles.links} aria-label="活动与线索">
      {calendar && <Link to={`/t/${tenant}/calendar`}>履职活动</Link>}
      {clues && <Link to={`/t/${tenant}/clues`}>我的线索</Link>}
    </nav>
  );
}
