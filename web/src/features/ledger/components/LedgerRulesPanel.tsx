import { InputNumber } from 'antd';
import { SettingForm } from '@/features/settings/components/SettingForm';
import { Field } from '@/ui/Field';
import type { Deadlines } from '../api/ledger';

const stages = [
  ['take_up_days', '受理时限', '收稿后几个工作日内受理'],
  ['decide_days', '办理时限', '收稿后几个工作日内签发、留存、退回或不采用'],
  ['send_days', '报送时限', '签发后几个工作日内报送或采用'],
] as const;

/** After how many days the ledger marks a report as overdue. */
export default function LedgerRulesPanel() {
  return (
    <SettingForm<Deadlines> name="ledger-rules" title="台账办理时限" hint="超过时限的稿件在台账里标为逾期；0 为不设时限。单篇可以另定办理期限。">
      {({ value, change, faults, readOnly }) => stages.map(([name, title, hint]) => (
        <Field key={name} label={title} hint={hint} fault={faults[name]}>
          <InputNumber aria-label={title} min={0} max={365} precision={0} suffix="天" disabled={readOnly} value={value[name]} onChange={(days) => change({ [name]: days ?? 0 })} />
        </Field>
      ))}
    </SettingForm>
  );
}
