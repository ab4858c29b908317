import { Radio, Switch } from 'antd';
import { SettingForm } from '@/features/settings/components/SettingForm';
import type { Schemas } from '@/lib/types';
import { Field } from '@/ui/Field';

const choices = [
  { value: 'warn', label: '提醒撰写人，由他决定' },
  { value: 'block', label: '与已有信息近乎相同的，不准提交' },
  { value: 'link', label: '可以提交，近乎相同的自动关联为重复' },
];

/** What the unit does about duplicates. */
export default function DuplicateRulesPanel() {
  return (
    <SettingForm<Schemas['SimilarityRules']> name="duplicate-rules" title="重复信息" hint="提交时与本单位已有的和收到的信息比较；收件箱和稿件页会标出相似的信息。">
      {({ value, change, faults, readOnly }) => (
        <>
          <Field label="提交时" fault={faults.on_submit}>
            <Radio.Group
              aria-label="提交时"
              disabled={readOnly}
              value={value.on_submit}
              onChange={(event) => change({ on_submit: event.target.value as Schemas['SimilarityRules']['on_submit'] })}
              options={choices}
              style={{ display: 'grid', gap: 8 }}
            />
          </Field>
          <Field label="参加平台比对" hint="只回答平台上有没有大体相同的内容，不透露单位、标题、作者、数量和时间。关闭后，本单位不再询问，已有内容立即退出比对。">
            <Switch aria-label="参加平台比对" disabled={readOnly} checked={value.platform} onChange={(platform) => change({ platform })} />
          </Field>
        </>
      )}
    </SettingForm>
  );
}
