import { Button, Segmented } from 'antd';
import { lazy, Suspense } from 'react';
import { kindText, monthOf, periodLabel, periodOf, shiftPeriod, type Period } from './period';
import styles from './board.module.css';

const MonthRange = lazy(() => import('./MonthRange'));

const kinds = (Object.keys(kindText) as Period['kind'][]).map((value) => ({ value, label: kindText[value] }));

/** Year, half, quarter, month or any months; the arrows go one period back and forth. */
export function PeriodPicker({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  const now = monthOf(new Date());
  const choose = (kind: Period['kind']) => {
    if (kind === 'range') return onChange({ ...period, kind });
    onChange(periodOf(kind, period.from <= now && now <= period.to ? now : period.to));
  };
  const next = shiftPeriod(period, 1);
  return (
    <div className={styles.period}>
      <Segmented className={styles.kinds} aria-label="统计周期" value={period.kind} onChange={choose} options={kinds} />
      {period.kind === 'range'
        ? <Suspense><MonthRange period={period} onChange={onChange} /></Suspense>
        : (
          <span className={styles.stepper}>
            <Button type="text" aria-label="前一周期" onClick={() => onChange(shiftPeriod(period, -1))}>‹</Button>
            <span>{periodLabel(period)}</span>
            <Button type="text" aria-label="后一周期" disabled={next.from > now} onClick={() => onChange(next)}>›</Button>
          </span>
        )}
    </div>
  );
}
