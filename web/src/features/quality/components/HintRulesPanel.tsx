import { useQuery } from '@tanstack/react-query';
import { Checkbox, Input } from 'antd';
import { SettingForm } from '@/features/settings/components/SettingForm';
import { get, inTenant } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { Field } from '@/ui/Field';
import { Loaded } from '@/ui/plain/states';

type Choices = Schemas['HintsChoices'];

/** Which hints are told, and the unit's own empty phrases. */
export default function HintRulesPanel() {
  const tenant = useTenantCode();
  const codes = useQuery({
    queryKey: qk(tenant, 'hints', 'codes'),
    queryFn: () => get<Schemas['HintsCodeListBody']>(inTenant(tenant, '/hint-codes')),
    staleTime: Infinity,
  });
  return (
    <SettingForm<Choices> name="hint-rules" title="写作提示" hint="提示只供撰写和编辑时参考，不阻止提交；带密级标志的稿件一律拒绝，不受此处影响。">
      {({ value, change, faults, readOnly }) => (
        <Loaded query={codes}>
          {(known) => (
            <>
              <Field label="提示哪些问题" fault={faults.off}>
                <Checkbox.Group
                  disabled={readOnly}
                  style={{ display: 'grid', gap: 6 }}
                  value={known.items.map((one) => one.code).filter((code) => !value.off.includes(code))}
                  options={known.items.map((one) => ({ value: one.code, label: one.text }))}
                  onChange={(on) => change({ off: known.items.map((one) => one.code).filter((code) => !on.includes(code)) })}
                />
              </Field>
              <Field label="本单位的套话（一行一条）" fault={faults.phrases} hint={`系统自带 ${known.phrases.length} 条：${known.phrases.slice(0, 6).join('、')}……`}>
                <Input.TextArea rows={6} disabled={readOnly} value={value.phrases.join('\n')} onChange={(event) => change({ phrases: event.target.value.split('\n') })} />
              </Field>
            </>
          )}
        </Loaded>
      )}
    </SettingForm>
  );
}
