import { Checkbox, Input } from 'antd';
import { checkText } from '@/lib/texts';
import type { Tick } from '../api/reviews';
import styles from './reviews.module.css';

/** The dimensions a step asks to be ticked, each with a remark. */
export function SheetField({ sheet, ticks, onChange, fault }: { sheet: Tick['item'][]; ticks: Tick[]; onChange: (ticks: Tick[]) => void; fault?: string }) {
  const of = (item: Tick['item']) => ticks.find((tick) => tick.item === item) ?? { item, ok: false, remark: '' };
  const put = (tick: Tick) => onChange([...ticks.filter((one) => one.item !== tick.item), tick]);
  return (
    <fieldset className={styles.sheet}>
      <legend>审核要点</legend>
      {sheet.map((item) => (
        <div key={item} className={styles.tick}>
          <Checkbox checked={of(item).ok} onChange={(event) => put({ ...of(item), ok: event.target.checked })}>{checkText[item]}通过</Checkbox>
          <Input aria-label={`${checkText[item]}的说明`} placeholder="说明（可不填）" maxLength={200} value={of(item).remark} onChange={(event) => put({ ...of(item), remark: event.target.value })} />
        </div>
      ))}
      {fault && <span className={styles.fault}>{fault}</span>}
    </fieldset>
  );
}
