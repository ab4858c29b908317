import { App, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { MemberSelect } from '@/features/members/components/MemberSelect';
import { askText, pointKindText } from '@/lib/texts';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useSavePoint, type NewPoint, type Point } from '../api/points';

type Ask = NewPoint['fields']['name'];
const ways = Object.entries(askText).map(([value, label]) => ({ value: value as Ask, label }));
const asked: [keyof NewPoint['fields'], string][] = [['name', '姓名'], ['phone', '联系电话'], ['place', '地点']];

/** Sets a point up, or changes it: who is in charge, what its form says and asks. */
export default function PointDialog({ point, onClose }: { point?: Point; onClose: (id?: string) => void }) {
  const { message } = App.useApp();
  const [form, setForm] = useState<NewPoint>({
    kind: point?.kind ?? 'studio', name: point?.name ?? '', place: point?.place ?? '', intro: point?.intro ?? '', keeper_id: point?.keeper_id ?? '',
    fields: point?.fields ?? { name: 'optional', phone: 'optional', place: 'optional' }, state: point?.state ?? 'open',
  });
  const save = useSavePoint();
  const faults = faultsOf(save.error);
  const set = (part: Partial<NewPoint>) => setForm({ ...form, ...part });
  const submit = () =>
    save.mutate({ point, body: form }, {
      onSuccess: (saved) => {
        void message.success(point ? '已保存' : '收集点已设立，二维码可以下载张贴');
        onClose(saved.id);
      },
    });
  return (
    <Modal open width={640} title={point ? '修改收集点' : '设立收集点'} okText="保存" okButtonProps={{ disabled: !form.name.trim() || !form.keeper_id, loading: save.isPending }} onOk={submit} onCancel={() => onClose()}>
      <Fields>
        <Field label="种类" fault={faults.kind}><Select value={form.kind} onChange={(kind) => set({ kind })} options={Object.entries(pointKindText).map(([value, label]) => ({ value: value as NewPoint['kind'], label }))} /></Field>
        <Field label="名称" fault={faults.name}><Input value={form.name} maxLength={60} onChange={(event) => set({ name: event.target.value })} /></Field>
        <Field label="负责人" fault={faults.keeper_id} hint="能看到这里收到的线索"><MemberSelect value={form.keeper_id || undefined} known={point && [{ id: point.keeper_id, name: point.keeper_name }]} onChange={(id) => set({ keeper_id: id ?? '' })} /></Field>
        <Field label="地址" fault={faults.place}><Input value={form.place} maxLength={50} onChange={(event) => set({ place: event.target.value })} /></Field>
        <Field wide label="表单上的说明" fault={faults.intro}><Input.TextArea rows={3} value={form.intro} maxLength={500} placeholder="如：您反映的情况由驻点委员整理后按程序报送" onChange={(event) => set({ intro: event.target.value })} /></Field>
        {asked.map(([name, text]) => (
          <Field key={name} label={`表单中的${text}`} fault={faults[`fields.${name}`]}><Select value={form.fields[name]} onChange={(how) => set({ fields: { ...form.fields, [name]: how } })} options={ways} /></Field>
        ))}
        {point && <Field label="状态" hint="停用后扫码不能再提交"><Select value={form.state} onChange={(state) => set({ state })} options={[{ value: 'open' as const, label: '开放' }, { value: 'closed' as const, label: '停用' }]} /></Field>}
      </Fields>
      <FormFault error={save.error} />
    </Modal>
  );
}
