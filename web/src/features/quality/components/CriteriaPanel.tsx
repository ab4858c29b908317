import { Button, Input, InputNumber } from 'antd';
import { SettingForm } from '@/features/settings/components/SettingForm';
import { newId } from '@/lib/actionKey';
import type { Schemas } from '@/lib/types';
import styles from './quality.module.css';

type Criteria = Schemas['ScreeningsCriteria'];
const MOST = 10;

/** What a first screening looks at, and how much each counts. */
export default function CriteriaPanel() {
  return (
    <SettingForm<Criteria> name="screening-criteria" title="初筛标准" hint="每项评 0 到 5 分，按权重合成 0 到 100 分，排定办理先后。已有的评分不变。">
      {({ value, change, faults, readOnly }) => {
        const set = (at: number, part: Partial<Criteria['items'][number]>) => change({ items: value.items.map((one, index) => (index === at ? { ...one, ...part } : one)) });
        return (
          <div className={styles.items}>
            {value.items.map((one, index) => (
              <div key={one.code} className={styles.item}>
                <InputNumber aria-label={`第 ${index + 1} 项的权重`} min={0} max={100} addonBefore="权重" disabled={readOnly} value={one.weight} onChange={(weight) => set(index, { weight: weight ?? 0 })} />
                <div>
                  <Input aria-label={`第 ${index + 1} 项的名称`} maxLength={20} disabled={readOnly} value={one.name} onChange={(event) => set(index, { name: event.target.value })} />
                  <Input aria-label={`第 ${index + 1} 项的说明`} maxLength={100} placeholder="看什么" disabled={readOnly} value={one.hint} onChange={(event) => set(index, { hint: event.target.value })} />
                </div>
                {!readOnly && value.items.length > 1 && (
                  <Button aria-label={`删除第 ${index + 1} 项`} onClick={() => change({ items: value.items.filter((_, at) => at !== index) })}>删除</Button>
                )}
              </div>
            ))}
            {faults.items && <span className={styles.fault} role="alert">{faults.items}</span>}
            {!readOnly && (
              <Button disabled={value.items.length >= MOST} onClick={() => change({ items: [...value.items, { code: `c${newId().replace(/-/g, '').slice(0, 12)}`, name: '', weight: 10 }] })}>增加一项</Button>
            )}
          </div>
        );
      }}
    </SettingForm>
  );
}
