import { Input } from 'antd';
import { useState } from 'react';
import { SettingForm } from '@/features/settings/components/SettingForm';
import type { Schemas } from '@/lib/types';
import { Field } from '@/ui/Field';

type OwnDays = Schemas['ReviewsOwnDays'];

/** The days on which the unit differs from the official calendar; time limits of the approval count by it. */
export default function CalendarPanel() {
  return (
    <SettingForm<OwnDays> name="work-calendar" title="工作日历" hint="审签时限按国务院公布的节假日和调休计算；本单位另有的放假日、上班日在这里补充，每行一个日期，如 2026-11-20。">
      {({ value, change, faults, readOnly }) => (
        <>
          <Field label="另外放假的日子" fault={faults.off}><Days value={value.off} disabled={readOnly} onChange={(off) => change({ off })} /></Field>
          <Field label="另外上班的日子" fault={faults.work}><Days value={value.work} disabled={readOnly} onChange={(work) => change({ work })} /></Field>
        </>
      )}
    </SettingForm>
  );
}

function Days({ value, disabled, onChange }: { value: string[]; disabled: boolean; onChange: (days: string[]) => void }) {
  const [text, setText] = useState(value.join('\n'));
  const change = (next: string) => {
    setText(next);
    onChange(next.split(/\s+/).filter(Boolean));
  };
  return <Input.TextArea rows={4} disabled={disabled} value={text} onChange={(event) => change(event.target.value)} style={{ maxWidth: 320 }} />;
}
