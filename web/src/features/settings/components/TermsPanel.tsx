import { Input } from 'antd';
import type { Schemas } from '@/lib/types';
import { Field } from '@/ui/Field';
import { SettingForm } from './SettingForm';

/** What the unit calls those who write. */
export default function TermsPanel() {
  return (
    <SettingForm<Schemas['SettingsTerms']> name="terms" title="称谓" hint="页面和通知里怎样称呼撰写信息的人。">
      {({ value, change, faults, readOnly }) => (
        <Field label="对撰写人的称谓" fault={faults.member} hint="如：委员、会员、盟员、社员">
          <Input value={value.member} maxLength={10} disabled={readOnly} style={{ maxWidth: 240 }} onChange={(event) => change({ member: event.target.value })} />
        </Field>
      )}
    </SettingForm>
  );
}
