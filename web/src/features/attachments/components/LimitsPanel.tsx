import { InputNumber } from 'antd';
import { SettingForm } from '@/features/settings/components/SettingForm';
import { Field, Fields } from '@/ui/Field';
import type { Limits } from '../api/attachments';

const fields: { name: keyof Limits; label: string; most: number }[] = [
  { name: 'count', label: '一篇最多几个附件', most: 20 },
  { name: 'picture_mb', label: '图片大小上限（MB）', most: 50 },
  { name: 'video_mb', label: '视频大小上限（MB）', most: 200 },
  { name: 'document_mb', label: '文档大小上限（MB）', most: 100 },
];

/** How many files, and how large, the unit takes. */
export default function LimitsPanel() {
  return (
    <SettingForm<Limits> name="attachment-limits" title="附件限制" hint="适用于信息、线索和素材的附件；以文件内容判定种类，超出的不能上传。">
      {({ value, change, faults, readOnly }) => (
        <Fields>
          {fields.map(({ name, label, most }) => (
            <Field key={name} label={label} fault={faults[name]} hint={`1 至 ${most}`}>
              <InputNumber min={1} max={most} precision={0} value={value[name]} disabled={readOnly} onChange={(given) => change({ [name]: given ?? 1 })} />
            </Field>
          ))}
        </Fields>
      )}
    </SettingForm>
  );
}
