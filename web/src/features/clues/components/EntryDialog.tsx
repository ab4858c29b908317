import { App, Checkbox, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { MemberSelect } from '@/features/members/components/MemberSelect';
import { useCategories } from '@/features/reports/api/catalogues';
import { originText } from '@/lib/texts';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useAddClue, type NewClue } from '../api/clues';
import { allKinds, kindOptions } from './kinds';

interface Props {
  /** What is known beforehand: the kind, or where it was collected. */
  start: Partial<NewClue>;
  kinds?: string[];
  onClose: (id?: string) => void;
}

const words = (material: boolean) => (material ? '素材' : '线索');

/** Enters a clue or a piece of material: one's own, or by hand for somebody else; what was pasted in keeps its origin. */
export default function EntryDialog({ start, kinds = allKinds, onClose }: Props) {
  const { message } = App.useApp();
  const [form, setForm] = useState<NewClue>({ title: '', body: '', source_kind: kinds[0]!, ...start });
  const [forOther, setForOther] = useState(false);
  const [pasted, setPasted] = useState(false);
  const categories = useCategories();
  const add = useAddClue();
  const faults = faultsOf(add.error);
  const material = form.stage === 'material';
  const set = (part: Partial<NewClue>) => setForm({ ...form, ...part });
  const voice = form.on_behalf ?? {};
  const origin = form.origin ?? { kind: 'chat' as const };
  const submit = () =>
    add.mutate({ ...form, on_behalf: forOther ? voice : undefined, origin: pasted ? origin : undefined }, {
      onSuccess: (clue) => {
        void message.success(`${words(material)}已登记`);
        onClose(clue.id);
      },
    });
  return (
    <Modal open width={720} title={`登记${words(material)}`} okText="登记" okButtonProps={{ disabled: !form.title.trim() || !form.body.trim(), loading: add.isPending }} onOk={submit} onCancel={() => onClose()}>
      <Fields>
        <Field label="种类" fault={faults.source_kind}><Select value={form.source_kind} onChange={(source_kind) => set({ source_kind })} options={kindOptions(kinds)} /></Field>
        <Field label="分类" fault={faults.category}>
          <Select allowClear showSearch placeholder="可以不选" value={form.category || undefined} onChange={(category) => set({ category: category ?? '' })} options={categories.data?.map((one) => ({ value: one.name, label: one.name }))} />
        </Field>
        <Field wide label="标题" fault={faults.title}><Input value={form.title} maxLength={100} onChange={(event) => set({ title: event.target.value })} /></Field>
        <Field wide label="内容" fault={faults.body}><Input.TextArea rows={7} value={form.body} maxLength={10_000} onChange={(event) => set({ body: event.target.value })} placeholder="原话原文，后面再整理" /></Field>
        <Field label="场合" fault={faults.occasion}><Input value={form.occasion} maxLength={100} placeholder="如：十五届三次全会小组讨论" onChange={(event) => set({ occasion: event.target.value })} /></Field>
        <Field label="地点" fault={faults.place}><Input value={form.place} maxLength={50} onChange={(event) => set({ place: event.target.value })} /></Field>
      </Fields>
      <Checkbox checked={forOther} onChange={(event) => setForOther(event.target.checked)}>代他人登记</Checkbox>
      <Checkbox checked={pasted} onChange={(event) => setPasted(event.target.checked)}>内容转自聊天、网页、报刊或电话</Checkbox>
      {forOther && (
        <Fields>
          <Field label="本单位成员" fault={faults['on_behalf.member_id']}><MemberSelect value={voice.member_id} onChange={(member_id) => set({ on_behalf: { ...voice, member_id } })} /></Field>
          {!voice.member_id && (
            <>
              <Field label="或填写反映人姓名" fault={faults['on_behalf.name']}><Input value={voice.name} maxLength={60} onChange={(event) => set({ on_behalf: { ...voice, name: event.target.value } })} /></Field>
              <Field label="单位职务" fault={faults['on_behalf.title']}><Input value={voice.title} maxLength={60} onChange={(event) => set({ on_behalf: { ...voice, title: event.target.value } })} /></Field>
              <Field label="联系方式" fault={faults['on_behalf.contact']} hint="列表中只显示首尾几位"><Input value={voice.contact} maxLength={40} onChange={(event) => set({ on_behalf: { ...voice, contact: event.target.value } })} /></Field>
            </>
          )}
        </Fields>
      )}
      {pasted && (
        <Fields>
          <Field label="出处" fault={faults['origin.kind']}>
            <Select value={origin.kind} onChange={(kind) => set({ origin: { ...origin, kind } })} options={Object.entries(originText).map(([value, label]) => ({ value: value as typeof origin.kind, label }))} />
          </Field>
          <Field label="群名、网站或报刊名" fault={faults['origin.name']}><Input value={origin.name} maxLength={100} onChange={(event) => set({ origin: { ...origin, name: event.target.value } })} /></Field>
          <Field label="网址" fault={faults['origin.url']}><Input value={origin.url} maxLength={500} placeholder="https://" onChange={(event) => set({ origin: { ...origin, url: event.target.value.trim() } })} /></Field>
          <Field label="日期" fault={faults['origin.on']}><Input type="date" value={origin.on} onChange={(event) => set({ origin: { ...origin, on: event.target.value } })} /></Field>
        </Fields>
      )}
      <FormFault error={add.error} />
    </Modal>
  );
}
