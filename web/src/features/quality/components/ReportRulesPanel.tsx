import { Checkbox, InputNumber } from 'antd';
import { SettingForm } from '@/features/settings/components/SettingForm';
import type { Schemas } from '@/lib/types';
import { Field, Fields } from '@/ui/Field';

type Rules = Schemas['ReportsRules'];

const sections = [{ value: 'cause', label: '原因分析' }, { value: 'advice', label: '对策建议' }, { value: 'evidence', label: '数据与来源' }];
const limits = [
  { name: 'title_limit', label: '标题上限（字）', hint: '10 到 100' }, { name: 'title_good', label: '标题以多少字以内为宜', hint: '超过时提示' },
  { name: 'draft_limit', label: '来稿上限（字）', hint: '问题、原因和建议合计，300 到 5000' }, { name: 'issued_limit', label: '编发以多少字以内为宜', hint: '超过时提示' },
] as const;

/** What the unit asks of the texts its people hand in. */
export default function ReportRulesPanel() {
  return (
    <SettingForm<Rules> name="report-rules" title="稿件要求" hint="提交时由系统把关；编辑受理后的修改不受这些要求限制。">
      {({ value, change, faults, readOnly }) => (
        <>
          <Field label="除标题和问题外，必须写明" fault={faults.required} hint="都不勾选时，允许只报问题、不写建议">
            <Checkbox.Group disabled={readOnly} value={value.required} options={sections} onChange={(required) => change({ required: required as Rules['required'] })} />
          </Field>
          <Fields>
            {limits.map(({ name, label, hint }) => (
              <Field key={name} label={label} fault={faults[name]} hint={hint}>
                <InputNumber value={value[name]} min={1} disabled={readOnly} onChange={(n) => change({ [name]: n ?? 0 })} />
              </Field>
            ))}
          </Fields>
          <Field label="保密自查" hint="提交人须勾选“不涉及国家秘密、工作秘密”，系统记下何人何时确认">
            <Checkbox checked={value.secrecy_check} disabled={readOnly} onChange={(event) => change({ secrecy_check: event.target.checked })}>提交前必须确认</Checkbox>
          </Field>
        </>
      )}
    </SettingForm>
  );
}
