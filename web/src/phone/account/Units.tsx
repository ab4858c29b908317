import { kindText, label, levelText } from '@/lib/texts';
import type { TenantRef } from '@/lib/types';
import { NextIcon } from '../frame/icons';
import { Link } from '../frame/router';
import styles from './account.module.css';

/** Units to enter, with what the person is there. */
export function Units({ units }: { units: TenantRef[] }) {
  return (
    <ul className={styles.units}>
      {units.map((unit) => (
        <li key={unit.code}>
          <Link to={`/t/${unit.code}`} className={styles.unit}>
            <span>
              <strong>{unit.name}</strong>
              <small>{[label(levelText, unit.level, ''), label(kindText, unit.kind, ''), unit.title].filter(Boolean).join(' · ')}</small>
            </span>
            <NextIcon />
          </Link>
        </li>
      ))}
    </ul>
  );
}
